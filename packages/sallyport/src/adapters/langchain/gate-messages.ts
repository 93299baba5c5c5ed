import type { BaseMessage } from '@langchain/core/messages'
import { convertToOpenAITool } from '@langchain/core/utils/function_calling'
import type { GatedCall } from '../core/gated-call.ts'
import { definitionsOf } from '../openai/messages-by-origin.ts'
import { fieldsOf, type MessageFields, withFields } from './message-fields.ts'
import { messagesByOrigin } from './messages-by-origin.ts'
import { ANSWER, messagePlace, MESSAGES } from './places.ts'

/**
 * Puts the messages of a call through the gates.
 *
 * @throws GateRefusal
 */
export async function gateMessages(messages: readonly BaseMessage[], call: GatedCall): Promise<BaseMessage[]> {
  const fields = messages.map(fieldsOf)
  const newest = fields.findLastIndex(({ type }) => type === 'human')
  const { value } = await call.request(fields, MESSAGES, messagePlace, {
    conversationOf: (read) => messagesByOrigin(read, messages),
    isOld: (path) => {
      const index = Number(/^\/(\d+)\//.exec(path)?.[1] ?? Infinity)
      return index < newest && fields[index]?.type !== 'system'
    },
  })
  const of = (type: string): string[] => value.filter((message) => message.type === type).flatMap(textsOf)
  call.conversation = { system: of('system'), written: of('human'), said: of('ai') }
  return messages.map((message, at) => withFields(message, fields[at] as MessageFields, value[at] as MessageFields))
}

/**
 * Reads the definitions of tools. They are judged, not edited: their schemas may be objects of another library.
 *
 * @throws GateRefusal
 */
export async function gateDefinitions(tools: unknown, call: GatedCall): Promise<void> {
  if (!Array.isArray(tools) || tools.length === 0) return
  const definitions = tools.map((tool: unknown) => (isStructured(tool) ? convertToOpenAITool(tool as never) : tool))
  const place = { stage: 'input', origin: 'tool', as: 'free' } as const
  call.definitions = definitionsOf({ tools: definitions })
  await call.request(definitions, place, () => place)
}

/**
 * Puts a whole answer through the gates.
 *
 * @throws GateRefusal
 */
export async function gateAnswer<Message extends BaseMessage>(message: Message, call: GatedCall): Promise<Message> {
  const fields = fieldsOf(message)
  const judged = await call.toolCalls(fields, ANSWER, messagePlace, callsOf)
  const gated = withFields(message, fields, judged.value)
  if (!(await call.isClean(gated.response_metadata))) gated.response_metadata = {}
  return gated
}

/** The calls of an answer, with their arguments. */
function callsOf(fields: MessageFields): { readonly tool: string; readonly input: unknown; readonly callId: string }[] {
  const calls = fields['tool_call_chunks'] ?? fields['tool_calls']
  if (!Array.isArray(calls)) return []
  return (calls as readonly Readonly<Record<string, unknown>>[]).map(({ name, args, id }) => ({
    tool: String(name),
    input: typeof args === 'string' ? parsed(args) : args,
    callId: String(id),
  }))
}

function textsOf({ content }: MessageFields): string[] {
  if (typeof content === 'string') return [content]
  if (!Array.isArray(content)) return []
  return content.flatMap((block: unknown) =>
    typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'
      ? [block.text]
      : [],
  )
}

function isStructured(tool: unknown): boolean {
  return typeof tool === 'object' && tool !== null && 'lc_namespace' in tool
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
