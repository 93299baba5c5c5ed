import type { Outcome } from '../../contract.ts'
import { eventOrigin } from '../../exchange.ts'
import type { JudgeOptions } from '../../gates/judge-parts.ts'
import type { JsonValue } from '../../json/parse-json.ts'

/** Records that the model called tools. Names and arguments are text from outside, so only their number is kept. */
export function recordToolCalls(options: JudgeOptions, calls: JsonValue | undefined, outcome: Outcome): void {
  if (!Array.isArray(calls) || calls.length === 0) return
  const { events, exchange, model } = options
  events.record({
    type: 'tool-call',
    severity: 'info',
    outcome,
    stage: 'tool-call',
    ...eventOrigin(exchange),
    ...(model === undefined ? {} : { model }),
    detail: calls.length === 1 ? '1 tool call' : `${calls.length} tool calls`,
  })
}
