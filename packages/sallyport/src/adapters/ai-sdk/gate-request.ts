import type { ConversationText } from '../../guard/guard.ts'
import type { ToolDefinition } from '../../guard/tool-call.ts'
import type { AdapterOptions } from '../core/adapter-options.ts'
import { GatedCall } from '../core/gated-call.ts'
import { messagesByOrigin } from './messages-by-origin.ts'
import type { CallOptions, GuardableModel, PromptMessage } from './model-shape.ts'
import { OPTIONS, requestPlace } from './places.ts'

/**
 * Puts the options of a call through the gates.
 *
 * @throws GateRefusal
 */
export async function gateRequest(
  options: CallOptions,
  model: GuardableModel,
  settings: AdapterOptions,
): Promise<{ readonly call: GatedCall; readonly options: CallOptions }> {
  const call = new GatedCall(settings, model.modelId)
  const { prompt, tools = [] } = options
  if (settings.allowHosted !== true && tools.some(({ type }) => type !== 'function')) {
    await call.refuse(
      'request',
      'Tools that run at the provider pass no gate and are not allowed (option allowHosted).',
    )
  }
  const newest = prompt.findLastIndex(({ role }) => role === 'user')
  call.definitions = definitionsOf(tools)
  call.seam = 'before-run'
  const { value } = await call.request(options, OPTIONS, requestPlace, {
    conversationOf: ({ prompt: messages }) => messagesByOrigin(messages),
    isOld: (path) => {
      const index = /^\/prompt\/(\d+)\//.exec(path)?.[1]
      return index !== undefined && Number(index) < newest && prompt[Number(index)]?.role !== 'system'
    },
  })
  call.conversation = conversationText(value.prompt)
  // Raw chunks hold the text before it is gated.
  return { call, options: 'includeRawChunks' in value ? { ...value, includeRawChunks: false } : value }
}

function definitionsOf(tools: NonNullable<CallOptions['tools']>): ReadonlyMap<string, ToolDefinition> {
  return new Map(
    tools.flatMap(({ name, description, inputSchema }) =>
      name === undefined
        ? []
        : [[name, { schema: inputSchema, ...(typeof description === 'string' && { description }) }] as const],
    ),
  )
}

/** What the answer is compared with: the texts as the model gets them. */
function conversationText(prompt: readonly PromptMessage[]): ConversationText {
  const of = (role: string): string[] => prompt.filter((message) => message.role === role).flatMap(textsOf)
  return { system: of('system'), written: of('user'), said: of('assistant'), read: prompt.flatMap(resultsOf) }
}

/** Tool results are text or JSON; the comparison looks at letters alone. */
function resultsOf({ role, content }: PromptMessage): string[] {
  if (role !== 'tool' || !Array.isArray(content)) return []
  return content.flatMap((part: unknown) =>
    typeof part === 'object' && part !== null && 'output' in part
      ? [JSON.stringify(part.output).replace(/\\[nrt]/g, ' ')]
      : [],
  )
}

function textsOf({ content }: PromptMessage): string[] {
  if (typeof content === 'string') return [content]
  if (!Array.isArray(content)) return []
  return content.flatMap((part: unknown) =>
    typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string' ? [part.text] : [],
  )
}
