import { z } from 'zod'
import { canonicalJson, type JsonValue } from '../guard/canonical-json.ts'
import { defineTool, type AgentTool } from './agent-tool.ts'
import { askOnce } from './ask-once.ts'
import { ioSchema } from './io-schema.ts'
import type { LanguageModel } from './language-model.ts'

/** A call the plan allows once. */
export interface PlannedCall {
  readonly tool: string
  /** Arguments that are fixed. */
  readonly arguments: Readonly<Record<string, unknown>>
  /** Arguments that may only be known once earlier calls gave their results. */
  readonly open: readonly string[]
}

export interface PlanOptions {
  /** Sees the request and the tools' descriptions, and nothing that anybody else wrote. */
  readonly model: LanguageModel
  readonly tools: readonly AgentTool[]
  /** What the user asked for. */
  readonly request: string
  /** Default 16. */
  readonly maxCalls?: number
  readonly signal?: AbortSignal
}

/** The calls that a request needs, fixed before untrusted text is read: what is read later adds none. */
export class CallPlan {
  readonly calls: readonly PlannedCall[]
  readonly #used = new Set<PlannedCall>()

  constructor(calls: readonly PlannedCall[]) {
    this.calls = calls
  }

  /**
   * Takes a call off the plan. False when no planned call is left that is this one: the same tool, the fixed arguments
   * equal, and no argument besides them that is not open.
   */
  take(tool: string, args: unknown): boolean {
    const given = isRecord(args) ? args : {}
    const planned = this.calls.find((call) => !this.#used.has(call) && call.tool === tool && isOfPlan(call, given))
    if (planned === undefined) return false
    this.#used.add(planned)
    return true
  }
}

const answer = ioSchema('CallPlan', 'The tool calls a request needs, in order.', {
  calls: z.array(
    z.object({
      tool: z.string().max(64),
      arguments: z.record(z.string(), z.unknown()),
      open: z.array(z.string()).max(64),
    }),
  ),
})

/**
 * Has a model plan the calls of a request before anything untrusted is read. An answer that names tools that do not exist,
 * or too many calls, is no plan.
 *
 * @throws What the model's provider throws.
 * @example
 * ```ts
 * const planned = await planCalls({ model, tools, request: message })
 * if (planned.ok) agent = createSecureAgent({ model, tools: plannedTools(tools, planned.plan) })
 * ```
 */
export async function planCalls({
  model,
  tools,
  request,
  maxCalls = 16,
  signal,
}: PlanOptions): Promise<
  { readonly ok: true; readonly plan: CallPlan } | { readonly ok: false; readonly reason: string }
> {
  const described = tools.map(({ name, description, input }) => ({ name, description, schema: input.jsonSchema }))
  const system = `Plan the tool calls that the user's request needs, each one once for each time it is to be made. Give in "arguments" every value the request says, and name in "open" those that only results of earlier calls can say. Plan nothing the user did not ask for.\n\nTools:\n${JSON.stringify(described)}`
  const asked = await askOnce({ model, system, user: request, schema: answer, signal })
  if (!asked.ok) return asked
  const { calls } = asked.value
  if (calls.length > maxCalls) return { ok: false, reason: `The plan has more than ${maxCalls} calls.` }
  const known = new Set(tools.map(({ name }) => name))
  if (calls.some(({ tool }) => !known.has(tool)))
    return { ok: false, reason: 'The plan names a tool that does not exist.' }
  return { ok: true, plan: new CallPlan(calls) }
}

/** The same tools, running only what is on the plan. Values of open arguments are for the tool policy to judge. */
export function plannedTools(tools: readonly AgentTool[], plan: CallPlan): AgentTool[] {
  return tools.map((tool) =>
    defineTool({
      ...tool,
      run: (input, context) =>
        plan.take(tool.name, input)
          ? tool.run(input, context)
          : { refused: 'This call is not in the plan that was made from the request.' },
    }),
  )
}

function isOfPlan({ arguments: fixed, open }: PlannedCall, given: Readonly<Record<string, unknown>>): boolean {
  const isEqual = (a: unknown, b: unknown): boolean => canonicalJson(a as JsonValue) === canonicalJson(b as JsonValue)
  return (
    Object.keys(fixed).every((name) => Object.hasOwn(given, name) && isEqual(fixed[name], given[name])) &&
    Object.keys(given).every((name) => Object.hasOwn(fixed, name) || open.includes(name))
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
