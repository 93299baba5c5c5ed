import type { ConversationPart } from '../../guard/tool-call.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * What a browser sends, by who wrote it: UI messages of the AI SDK and messages of the chat API. Whoever sends it writes
 * every role, so nothing in it is the developer's; what is no message is the user's word.
 */
export function bodyByOrigin(body: unknown): ConversationPart[] {
  if (!isJson(body)) return [{ origin: 'user', value: body }]
  const { messages, ...rest } = body
  const list = listOf(messages)
  const tools = new Map(
    list.flatMap((message) => listOf(message['tool_calls'])).map((call) => [call['id'], nameOf(call)]),
  )
  return [{ origin: 'user', value: rest }, ...list.flatMap((message) => messageByOrigin(message, tools))]
}

function messageByOrigin(message: Json, tools: ReadonlyMap<unknown, string | undefined>): ConversationPart[] {
  const { role, content, parts, tool_call_id: callId } = message
  if (role === 'tool' || role === 'function') return [toolPart(tools.get(callId), content)]
  const results = listOf(parts).filter(({ output, errorText }) => output !== undefined || errorText !== undefined)
  const texts = [content, ...listOf(parts).map(({ text }) => text)]
  return [
    { origin: role === 'assistant' ? 'model' : 'user', value: texts },
    ...results.map((part) => toolPart(toolOf(part), part['output'] ?? part['errorText'])),
  ]
}

function toolPart(tool: string | undefined, value: unknown): ConversationPart {
  const said = typeof value === 'string' ? { text: value } : { value }
  return { origin: 'tool', ...said, ...(tool !== undefined && { tool }) }
}

/** `tool-search`, or a dynamic tool that says its name. */
function toolOf({ type, toolName }: Json): string | undefined {
  if (typeof toolName === 'string') return toolName
  return typeof type === 'string' && type.startsWith('tool-') ? type.slice('tool-'.length) : undefined
}

function nameOf(call: Json): string | undefined {
  const target = call['function']
  return isJson(target) && typeof target['name'] === 'string' ? target['name'] : undefined
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
