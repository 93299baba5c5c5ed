import type { Shield } from '../../compose/create-shield.ts'
import { canonicalJson, type JsonValue } from '../../guard/canonical-json.ts'
import type { ToolCall } from '../../guard/tool-call.ts'

/** Calls that passed a gate and did not run yet; the oldest are forgotten, and judged anew. */
const MAX_WAITING = 1_000
const waiting = new WeakMap<Shield, Set<string>>()

/** Takes note of a call that the policies and, where they asked, a person let pass. It counts once. */
export async function noteJudged(shield: Shield, call: ToolCall, callId: string): Promise<void> {
  const calls = waiting.get(shield) ?? new Set()
  waiting.set(shield, calls)
  calls.add(await digestOf(call, callId))
  for (const oldest of calls) {
    if (calls.size <= MAX_WAITING) break
    calls.delete(oldest)
  }
}

/** Whether this very call passed: the same id, tool, arguments and caller. */
export async function takeJudged(shield: Shield, call: ToolCall, callId: string): Promise<boolean> {
  const calls = waiting.get(shield)
  return calls !== undefined && calls.size > 0 && calls.delete(await digestOf(call, callId))
}

/** A digest, so that no arguments are kept. */
async function digestOf({ tool, arguments: args, principal }: ToolCall, callId: string): Promise<string> {
  const subject = JSON.parse(JSON.stringify([callId, tool, args, principal])) as JsonValue
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(subject)))
  return String(new Uint8Array(hash))
}
