import type { AdapterOptions } from '../core/adapter-options.ts'
import { GatedCall } from '../core/gated-call.ts'
import type { Place } from '../core/read-texts.ts'
import { messagesByOrigin } from './messages-by-origin.ts'
import type { PromptMessage } from './model-shape.ts'

/** A tool of the AI SDK, as far as it is used. */
interface ExecutableTool {
  // `never`: each tool has its own input type.
  readonly execute?: ((input: never, options: never) => unknown) | undefined
}

const CALL: Place = { stage: 'tool-call', origin: 'model', as: 'free' }
const RESULT: Place = { stage: 'tool-result', origin: 'tool', as: 'free' }

/**
 * The same tools, gated where they run: the arguments again (a repaired or resumed call did not pass the model's gate) and
 * the result before anything else sees it. The model's gate reads results on their way into the prompt; with this the
 * interface gets the clean ones, too.
 *
 * @example
 * ```ts
 * const { text } = await generateText({ model: guardLanguageModel(model), tools: guardTools({ search }), prompt })
 * ```
 */
export function guardTools<Tools extends Readonly<Record<string, ExecutableTool>>>(
  tools: Tools,
  settings: AdapterOptions = {},
): Tools {
  const guarded = Object.entries(tools).map(([name, tool]): [string, ExecutableTool] => {
    const { execute } = tool
    return [name, execute ? { ...tool, execute: guardExecute(name, execute.bind(tool), settings) } : tool]
  })
  return Object.fromEntries(guarded) as Tools
}

function guardExecute(
  name: string,
  execute: (input: never, options: never) => unknown,
  settings: AdapterOptions,
): (input: never, options: never) => Promise<unknown> {
  return async (input, options) => {
    const call = new GatedCall(settings, name)
    call.seam = 'at-run'
    const { toolCallId, messages } = options as { readonly toolCallId?: unknown; readonly messages?: unknown }
    // The model's gate has judged most calls already; for the others, the SDK says what the model had read.
    if (Array.isArray(messages)) call.hasRead(messagesByOrigin(messages as readonly PromptMessage[]))
    const gated = await call.toolCalls(
      input,
      CALL,
      () => CALL,
      (clean) => [{ tool: name, input: clean, callId: String(toolCallId) }],
    )
    const result = execute(gated.value, options)
    // A tool that yields preliminary results: each is shown, the last one counts.
    const last = isIterable(result) ? await lastOf(result) : await result
    const answer = await call.answer(last, RESULT, () => RESULT, 'tool-result')
    await call.end()
    return answer.value
  }
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

async function lastOf(values: AsyncIterable<unknown>): Promise<unknown> {
  let last: unknown
  for await (const value of values) last = value
  return last
}
