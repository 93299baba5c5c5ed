import type { ApprovalDesk, CallVerdict, ConversationPart, Shield, ToolCall, ToolDefinition } from 'sallyport'
import { strongerOutcome } from 'sallyport'
import type { Outcome, PendingCall } from '../contract.ts'
import type { EventBus } from '../events/event-bus.ts'
import { eventOrigin, passageOf } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { parseJson } from '../json/parse-json.ts'
import type { JsonObject, JsonValue } from '../json/parse-json.ts'
import { refusalOf } from './refusal.ts'
import type { Refusal } from './refusal.ts'

export interface ToolGateOptions {
  readonly shield: Shield
  readonly approvals: ApprovalDesk
  readonly events: EventBus
  readonly exchange: Exchange
  readonly model: string
  /** Stands for the caller's key, also after it was rotated. */
  readonly owner: string
  readonly conversation: readonly ConversationPart[]
  readonly definitions: ReadonlyMap<string, ToolDefinition>
  readonly maxDepth: number
}

export interface GatedCalls {
  /** Set when a call is refused: the answer is. */
  readonly refusal?: Refusal
  /** Calls that wait for a person, by their place among the calls: they are taken out of the answer. */
  readonly held: ReadonlyMap<number, PendingCall>
  readonly outcome: Outcome
}

/** Judges the tool calls of an answer by the policies of their tools. Made only where the policy has some. */
export class ToolGate {
  readonly #options: ToolGateOptions

  constructor(options: ToolGateOptions) {
    this.#options = options
  }

  /** @param calls As they leave the text gates, in the form of `tool_calls`. */
  async judge(calls: readonly JsonObject[]): Promise<GatedCalls> {
    const held = new Map<number, PendingCall>()
    let outcome: Outcome = 'allow'
    for (const [at, call] of calls.entries()) {
      const { tool, input, callId } = readCall(call)
      const toolCall = this.#toolCall(tool, input)
      if (toolCall === undefined) {
        return { refusal: { reason: 'the arguments of a tool call are no JSON' }, held, outcome: 'block' }
      }
      const verdict = await this.#options.shield.judgeCall(toolCall, passageOf(this.#options.exchange))
      outcome = strongerOutcome(outcome, verdict.outcome)
      this.#record(verdict)
      if (verdict.decision.kind === 'require-approval') {
        const asked = await this.#options.approvals.ask(toolCall, verdict)
        if (!asked.ok) {
          const reason = 'too many tool calls wait for a person'
          return { refusal: { reason, rule: 'gateway/approvals-full' }, held, outcome: 'block' }
        }
        const { id, token, expiresAt } = asked.pending
        const expires = new Date(expiresAt).toISOString()
        held.set(at, { id, token, call_id: callId, tool, expires_at: expires, reason: verdict.explanation })
      } else {
        const refusal = refusalOf(verdict.decision, verdict.findings)
        if (refusal !== undefined) return { refusal, held, outcome: 'block' }
      }
    }
    return { held, outcome }
  }

  #toolCall(tool: string, input: string | undefined): ToolCall | undefined {
    const { exchange, owner, conversation, definitions, maxDepth } = this.#options
    let args: JsonValue
    try {
      args = input === undefined || input.trim() === '' ? {} : parseJson(input, { maxDepth })
    } catch {
      return undefined
    }
    const definition = definitions.get(tool)
    const { principal, user } = exchange
    return {
      tool,
      arguments: args,
      conversation,
      principal: {
        key: owner,
        ...(principal === undefined ? {} : { role: principal.role }),
        ...(user === undefined ? {} : { user }),
      },
      ...(definition === undefined ? {} : { definition }),
    }
  }

  /** What is against a call, without anything of the call. */
  #record({ outcome, findings, explanation }: CallVerdict): void {
    const deciding = findings.find(({ action }) => action === outcome)
    if (deciding === undefined) return
    const { events, exchange, model } = this.#options
    events.record({
      type: 'tool-call',
      severity: deciding.severity,
      outcome,
      stage: 'tool-call',
      ...eventOrigin(exchange),
      model,
      rule: `${deciding.guard}/${deciding.code}`,
      guard: deciding.guard,
      codes: [...new Set(findings.map(({ code }) => code))],
      detail: explanation,
    })
  }
}

function readCall(call: JsonObject): {
  readonly tool: string
  readonly input: string | undefined
  readonly callId: string
} {
  const id = typeof call['id'] === 'string' ? call['id'] : ''
  if (call['type'] === 'custom') {
    const { name, input } = call['custom'] as JsonObject
    // A custom tool takes free text.
    return { tool: String(name), input: JSON.stringify({ input: input ?? '' }), callId: id }
  }
  const { name, arguments: args } = (call['function'] ?? call) as JsonObject
  return { tool: String(name), input: typeof args === 'string' ? args : undefined, callId: id }
}
