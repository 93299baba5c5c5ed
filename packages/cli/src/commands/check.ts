import {
  type Action,
  type CheckFault,
  createShield,
  isAtLeast,
  readCheckRequest,
  type Shield,
  type Stage,
  toCheckAnswer,
} from 'sallyport'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { explain } from '../explain.ts'
import { type PolicyOptions, policyFrom } from '../policy-options.ts'
import { readLines } from '../read-lines.ts'
import type { Terminal } from '../terminal.ts'
import { LineWriter } from '../write-lines.ts'

export interface CheckOptions extends PolicyOptions {
  readonly stage?: Stage
  readonly failOn?: Action
}

/** Longest line read: a text of 32 MiB is beyond every limit anyway. */
const MAX_LINE_BYTES = 32 * 1024 * 1024

/** `sallyport check`: texts as JSON Lines from standard input, or one text for people. */
export async function check(text: string | undefined, options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const shield = createShield(await policyFrom(options))
  return text === undefined ? checkLines(shield, options, terminal) : checkText(shield, text, options, terminal)
}

async function checkText(shield: Shield, text: string, options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const verdict = await shield.check({ text, ...(options.stage && { stage: options.stage }) })
  terminal.out.write(explain(text, verdict, terminal.color))
  return reached(options.failOn, verdict.outcome) ? EXIT.failed : EXIT.done
}

async function checkLines(shield: Shield, options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  if (terminal.isInteractive) {
    terminal.err.write('Reading JSON Lines such as {"text":"…"} from the keyboard; end with Ctrl-D.\n')
  }
  const writer = new LineWriter(terminal.out)
  let failed = false
  for await (const line of readLines(terminal.in, MAX_LINE_BYTES)) {
    if (!line.ok) {
      await writer.write({ error: { code: line.code, message: line.message } } satisfies CheckFault)
      continue
    }
    const value = parseJson(line.text)
    const read = value.ok ? readCheckRequest(value.value, options) : value
    if (!read.ok) {
      await writer.write(read.fault)
      continue
    }
    const verdict = await shield.check(read.request)
    failed ||= reached(options.failOn, verdict.outcome)
    await writer.write(toCheckAnswer(verdict, read.id))
  }
  await writer.flush()
  return failed ? EXIT.failed : EXIT.done
}

function reached(failOn: Action | undefined, outcome: Parameters<typeof isAtLeast>[0]): boolean {
  return failOn !== undefined && isAtLeast(outcome, failOn)
}

/** The engine's own message quotes the text, so it is not passed on. */
function parseJson(text: string): { ok: true; value: unknown } | { ok: false; fault: CheckFault } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    const message =
      text.trim() === ''
        ? 'The line is empty.'
        : 'The line is not valid JSON: write one object such as {"text":"…"} a line.'
    return { ok: false, fault: { error: { code: 'invalid-json', message } } }
  }
}
