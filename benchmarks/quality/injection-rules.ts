/**
 * Recall and false alarms of the prompt-injection rules, per source, on data that is not part of the repository.
 *
 *     npx tsx --conditions=sallyport-source benchmarks/quality/injection-rules.ts [data directory] [--step N] [--json]
 *
 * `--step N` takes every Nth row. The rules were tuned while looking at these rows: the figures say how far rules go and
 * how quiet they are, not how they do on attacks nobody has seen. Labels are the sources' own: promptfuzz and riddhi
 * label many plain override phrases benign.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { allGuards, createShield } from '../../packages/sallyport/src/index.ts'
import type { Stage } from '../../packages/sallyport/src/guard/stage.ts'

interface Row {
  readonly text: string
  readonly label: 'malicious' | 'benign' | 'unlabelled'
  readonly kind: string
  readonly lang: string
  readonly stage?: Stage
}

interface Tally {
  rows: number
  acted: number
  monitored: number
}

const MONITOR = 0.5
/** `recommended` blocks at 0.8 at input and redacts at 0.6 in documents. */
const ACT: Partial<Record<Stage, number>> = { input: 0.8, retrieval: 0.6, 'tool-result': 0.6 }
/** Kinds that people paste into a prompt and that also come back from retrieval: measured a second time there. */
const DOCUMENT_LIKE =
  /^(?:agent_instructions_benign|security_or_prompting_doc|benign_structured|benign_code|benign_commit_message|benign_message)$/

const shield = createShield({
  preset: 'monitor',
  guards: Object.fromEntries(
    allGuards.map(({ meta: { id } }) => [
      id,
      id === 'prompt-injection' ? { options: { tier: 'rules' } } : { enabled: false },
    ]),
  ),
})

const args = process.argv.slice(2)
const step = Number(args[args.indexOf('--step') + 1] ?? 1) || 1
const asJson = args.includes('--json')
const directory = join(
  args.find((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--step') ?? '../shared/data',
  'injection',
)

const bySource = new Map<string, Tally>()
const byLanguage = new Map<string, Tally>()
const started = performance.now()
let characters = 0

for (const folder of ['train', 'train-unclear-licence', 'dev']) {
  for (const file of readdirSync(join(directory, folder))
    .filter((name) => name.endsWith('.jsonl.gz'))
    .toSorted()) {
    const lines = gunzipSync(readFileSync(join(directory, folder, file)))
      .toString('utf8')
      .trim()
      .split('\n')
    for (let index = 0; index < lines.length; index += step) {
      const row = JSON.parse(lines[index] ?? '') as Row
      if (row.label === 'unlabelled') continue
      const source = file.replace('.jsonl.gz', '')
      await measure(row, source, row.stage ?? stageOf(row.kind))
      if (row.label === 'benign' && DOCUMENT_LIKE.test(row.kind)) await measure(row, `${source}@retrieval`, 'retrieval')
    }
  }
}
report()

async function measure(row: Row, source: string, stage: Stage): Promise<void> {
  const verdict = await shield.check({ text: row.text, stage })
  const score = verdict.score['prompt-injection'] ?? 0
  characters += row.text.length
  for (const [map, key] of [
    [bySource, `${row.label}\t${source}`],
    [byLanguage, `${row.label}\t${row.lang}`],
  ] as const) {
    const tally = map.get(key) ?? { rows: 0, acted: 0, monitored: 0 }
    tally.rows += 1
    if (score >= (ACT[stage] ?? 1)) tally.acted += 1
    if (score >= MONITOR) tally.monitored += 1
    map.set(key, tally)
  }
}

/** As in `sallyport eval`. */
function stageOf(kind: string): Stage {
  return kind === 'indirect_injection' || kind === 'benign_document' ? 'retrieval' : 'input'
}

function report(): void {
  const rows = [...bySource].map(([key, tally]) => asRow(key, tally))
  const languages = [...byLanguage].map(([key, tally]) => asRow(key, tally)).filter((row) => row.rows >= 20)
  const overall = (['malicious', 'benign'] as const).map((label) => {
    const of = rows.filter((row) => row.label === label)
    const total = of.reduce((sum, row) => sum + row.rows, 0)
    return {
      label,
      rows: total,
      actedPercent: percent(sum(of, 'acted'), total),
      monitoredPercent: percent(sum(of, 'monitored'), total),
      meanOfSourcesActedPercent: mean(of.map((row) => row.actedPercent)),
      meanOfSourcesMonitoredPercent: mean(of.map((row) => row.monitoredPercent)),
    }
  })
  const seconds = (performance.now() - started) / 1000
  if (asJson) {
    console.log(JSON.stringify({ step, seconds, characters, overall, sources: rows, languages }, null, 2))
    return
  }
  console.log('label      source                                              rows   block/redact %   monitor %')
  for (const row of [...rows, ...languages].toSorted(
    (a, b) => a.label.localeCompare(b.label) || a.name.localeCompare(b.name),
  )) {
    console.log(
      `${row.label.padEnd(10)} ${row.name.padEnd(48)} ${String(row.rows).padStart(7)} ${row.actedPercent.toFixed(2).padStart(16)} ${row.monitoredPercent.toFixed(2).padStart(11)}`,
    )
  }
  for (const row of overall) console.log(JSON.stringify(row))
  console.log(`${(characters / 1e6).toFixed(1)} M characters in ${seconds.toFixed(0)} s`)
}

function asRow(key: string, tally: Tally) {
  const [label = '', name = ''] = key.split('\t')
  return {
    label,
    name,
    ...tally,
    actedPercent: percent(tally.acted, tally.rows),
    monitoredPercent: percent(tally.monitored, tally.rows),
  }
}

function sum(rows: readonly Tally[], field: 'acted' | 'monitored'): number {
  return rows.reduce((total, row) => total + row[field], 0)
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / Math.max(1, values.length)
}
