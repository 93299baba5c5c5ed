import { ioSchema, type IoSchema } from './io-schema.ts'
import type { StandardSchema } from './standard-schema.ts'

export interface ToolCallContext {
  readonly callId: string
  readonly signal?: AbortSignal
}

/** Something the model may ask to be done. */
export interface AgentTool {
  readonly name: string
  readonly description: string
  readonly input: IoSchema
  run(input: unknown, context: ToolCallContext): unknown
}

/**
 * Declares a tool. Its arguments are validated before it runs; what it returns must be JSON.
 *
 * @throws TypeError when the name is none a provider takes or the description is empty.
 */
export function defineTool<Input>(tool: {
  readonly name: string
  readonly description: string
  readonly input: StandardSchema<unknown, Input>
  readonly run: (input: Input, context: ToolCallContext) => unknown
}): AgentTool {
  const { name, description, input, run } = tool
  if (!/^[\w-]{1,64}$/.test(name)) throw new TypeError('A tool name has 1 to 64 letters, digits, - and _.')
  return {
    name,
    description,
    input: 'jsonSchema' in input ? (input as unknown as IoSchema) : ioSchema(name, description, input),
    // The arguments are the validated output of `input` by the time this is called.
    run: (value, context) => run(value as Input, context),
  }
}

/** A tool call in the shape chat APIs use; equal for equal id and input. */
export function formatToolMessage(
  name: string,
  input: unknown,
  id: string = crypto.randomUUID(),
): {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
} {
  return { id, type: 'function', function: { name, arguments: spacedJson(input) } }
}

/** JSON with `, ` and `: ` between, as Python writes it. */
function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => spacedJson(item ?? null)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${spacedJson(item)}`).join(', ')}}`
}
