import type { PendingCall } from '../../contract.ts'
import type { Refusal } from '../../gates/refusal.ts'
import type { ToolGate } from '../../gates/tool-gate.ts'
import type { JsonObject, JsonValue } from '../../json/parse-json.ts'
import type { Outcome } from '../../contract.ts'

export interface HeldCalls {
  readonly refusal?: Refusal
  readonly pending: readonly PendingCall[]
  readonly outcome: Outcome
}

/**
 * Judges the tool calls of a message and takes out those that wait for a person: the caller gets a signed pending result
 * instead, and the call itself once somebody agreed. Whoever runs the tools is not us, so this is advice that is hard to
 * overlook, not a lock.
 */
export async function holdCalls(message: JsonObject, gate: ToolGate | undefined): Promise<HeldCalls> {
  const list = message['tool_calls']
  const legacy = message['function_call']
  const calls = Array.isArray(list) ? (list as JsonObject[]) : []
  const all = isObject(legacy) ? [...calls, legacy] : calls
  if (gate === undefined || all.length === 0) return { pending: [], outcome: 'allow' }
  const { held, refusal, outcome } = await gate.judge(all)
  if (refusal !== undefined) return { refusal, pending: [], outcome }
  if (held.size > 0) {
    const left = calls.filter((_, at) => !held.has(at))
    if (left.length > 0) message['tool_calls'] = left
    else delete message['tool_calls']
    if (held.has(calls.length)) delete message['function_call']
  }
  return { pending: [...held.values()], outcome }
}

/** Why a choice ended whose calls wait: with calls left the caller goes on with these. */
export function heldFinish(message: JsonObject, finish: JsonValue | undefined): JsonValue | undefined {
  const isEmpty = message['tool_calls'] === undefined && message['function_call'] === undefined
  return isEmpty && (finish === 'tool_calls' || finish === 'function_call' || finish === 'stop')
    ? 'content_filter'
    : finish
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
