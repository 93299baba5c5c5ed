import type { Finding, Shield } from 'sallyport'
import type { Outcome, Stage } from '../contract.ts'
import { withTools } from '../dialects/tool-names.ts'
import type { ShapedJson } from '../dialects/read-shape.ts'
import type { EventBus } from '../events/event-bus.ts'
import { passageOf } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { refusalOf } from './refusal.ts'
import type { Refusal } from './refusal.ts'
import { reportVerdict } from './report-verdict.ts'

export interface JudgeOptions {
  readonly shield: Shield
  readonly events: EventBus
  readonly exchange: Exchange
  readonly model?: string
}

export interface Judged {
  readonly refusal?: Refusal
  readonly edited: boolean
  readonly outcome: Outcome
}

/**
 * Judges all texts of a piece of JSON together, writes the edits back into it and records what was found. After this
 * `json.value` is what may be sent on, unless there is a refusal.
 */
export async function judgeParts(json: ShapedJson, { shield, events, exchange, model }: JudgeOptions): Promise<Judged> {
  const parts = withTools(json.parts)
  if (parts.length === 0) return { edited: false, outcome: 'allow' }
  const verdict = await shield.checkParts(parts, passageOf(exchange))
  const refusal = refusalOf(verdict.decision, verdict.findings)
  if (verdict.findings.length > 0 || refusal !== undefined) {
    const stages = new Map(parts.map((part) => [part.path, part.stage]))
    const stageOf = (finding: Finding): Stage => stages.get(finding.path ?? '') ?? parts[0]?.stage ?? 'input'
    reportVerdict(events, exchange, {
      outcome: verdict.outcome,
      findings: verdict.findings,
      stageOf,
      ...(refusal === undefined ? {} : { refusal }),
      ...(model === undefined ? {} : { model }),
    })
  }
  if (refusal !== undefined) return { refusal, edited: false, outcome: verdict.outcome }
  if (verdict.parts.length === 0) return { edited: false, outcome: verdict.outcome }
  const indexes = new Map(parts.map((part, index) => [part.path, index]))
  const edits = new Map<number, string>()
  for (const { path, text } of verdict.parts) {
    const index = indexes.get(path)
    // An edit without a place would be text that should have changed and did not.
    if (index === undefined)
      return { refusal: { reason: 'an edit could not be applied' }, edited: false, outcome: 'block' }
    edits.set(index, text)
  }
  json.apply(edits)
  return { edited: true, outcome: verdict.outcome }
}
