import type { Writable } from 'node:stream'
import { createShield, type PolicyInput, type Shield, type Stage, stageLadder } from 'sallyport'
import { type BadLine, type EvalReport, reportOf, type StageThresholds } from '../eval/eval-report.ts'
import { readEvalRow } from '../eval/eval-row.ts'
import { EvalTally } from '../eval/eval-tally.ts'
import { openDataset } from '../eval/open-dataset.ts'
import { printReport } from '../eval/print-report.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { type PolicyOptions, policyFrom } from '../policy-options.ts'
import { readLines } from '../read-lines.ts'
import type { Terminal } from '../terminal.ts'

export interface EvalOptions extends PolicyOptions {
  readonly dataset: readonly string[]
  readonly json?: boolean
}

const GUARD = 'prompt-injection'
const MAX_LINE_BYTES = 32 * 1024 * 1024
const MAX_REPORTED = 50
const PROGRESS_ROWS = 5_000

/** `sallyport eval`: how well the prompt-injection guard does on labelled texts. */
export async function evaluate(options: EvalOptions, terminal: Terminal): Promise<ExitCode> {
  const policy = await policyFrom(options)
  const shield = createShield(guardAlone(policy))
  // All are opened first, so that a mistyped name does not show after an hour of work.
  const sources: { readonly file: string; readonly bytes: AsyncIterable<Uint8Array> }[] = []
  for (const file of options.dataset) {
    sources.push({ file, bytes: file === '-' ? terminal.in : await openDataset(file) })
  }
  const run = new EvalRun(shield, terminal.err)
  for (const { file, bytes } of sources) await run.read(file, bytes)
  run.finish()
  if (run.tally.rows === 0) {
    const [bad] = run.badLines
    const why = bad ? ` The first bad line is ${bad.file}:${bad.line}: ${bad.message}.` : ''
    throw new UsageError(`The data set has no row labelled "malicious" or "benign".${why}`)
  }
  const report = reportOf(run.tally, thresholds(policy), {
    dataset: options.dataset,
    policy: options.policy ?? options.preset ?? 'recommended',
    tier: options.tier,
    rows: run.counts(),
    badLines: run.badLines,
  })
  terminal.out.write(options.json ? `${JSON.stringify(report satisfies EvalReport, null, 2)}\n` : printReport(report))
  return EXIT.done
}

/** One pass over the data: rows in, counts out. */
class EvalRun {
  readonly tally = new EvalTally()
  readonly badLines: BadLine[] = []
  readonly #shield: Shield
  readonly #progress: Writable & { readonly isTTY?: boolean }
  #attacks = 0
  #read = 0
  #unlabelled = 0
  #bad = 0

  constructor(shield: Shield, progress: Writable) {
    this.#shield = shield
    this.#progress = progress
  }

  async read(file: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    let line = 0
    for await (const input of readLines(bytes, MAX_LINE_BYTES)) {
      line++
      if (input.ok && input.text.trim() === '') continue
      this.#read++
      if (this.#read % PROGRESS_ROWS === 0) this.#tell()
      const found = input.ok ? readEvalRow(input.text) : input
      if (!found.ok) {
        this.#bad++
        if (this.badLines.length < MAX_REPORTED)
          this.badLines.push({ file, line, code: found.code, message: found.message })
        continue
      }
      if (!('row' in found)) continue
      const { row } = found
      if (row.label === 'unlabelled') {
        this.#unlabelled++
        continue
      }
      const { score } = await this.#shield.check({ text: row.text, stage: row.stage, origin: row.origin })
      if (row.label === 'malicious') this.#attacks++
      this.tally.add(row, score[GUARD] ?? 0)
    }
  }

  counts(): EvalReport['rows'] {
    return {
      read: this.#read,
      attacks: this.#attacks,
      benign: this.tally.rows - this.#attacks,
      unlabelled: this.#unlabelled,
      bad: this.#bad,
    }
  }

  finish(): void {
    if (this.#progress.isTTY === true && this.#read >= PROGRESS_ROWS) this.#progress.write('\r\u001b[K')
  }

  #tell(): void {
    const isTerminal = this.#progress.isTTY === true
    this.#progress.write(`${isTerminal ? '\r' : ''}${this.#read} rows${isTerminal ? '' : '\n'}`)
  }
}

/** The guard under test as the policy has it, and no other: they would cost time and change nothing. */
function guardAlone(policy: PolicyInput): PolicyInput {
  const { guards } = createShield(policy)
  const others = guards.filter(({ meta }) => meta.id !== GUARD).map(({ meta }) => [meta.id, { enabled: false }])
  const own = policy.guards?.[GUARD]
  return { ...policy, exceptions: [], guards: { ...Object.fromEntries(others), ...(own && { [GUARD]: own }) } }
}

function thresholds(policy: PolicyInput): (stage: Stage) => StageThresholds {
  return (stage) => {
    const ladder = stageLadder(policy, GUARD, stage)
    const all = Object.values(ladder)
    const acting = ladder.block ?? ladder.redact ?? ladder.review
    return { ...(all.length > 0 && { review: Math.min(...all) }), ...(acting !== undefined && { block: acting }) }
  }
}
