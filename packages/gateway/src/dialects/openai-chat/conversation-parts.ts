import type { ConversationPart, ToolDefinition } from 'sallyport'
import type { JsonObject, JsonValue } from '../../json/parse-json.ts'

/**
 * The messages of a request by who wrote them, with the tool that each result came from: what policies of tools go by.
 * Read before the gates edit the request: placeholders are equal to nothing.
 */
export function conversationParts(request: JsonObject, claimsDeveloper: boolean): ConversationPart[] {
  const messages = objectsOf(request['messages'])
  const tools = new Map(
    messages.flatMap((message) => objectsOf(message['tool_calls']).map((call) => [call['id'], nameOf(call)] as const)),
  )
  return messages.flatMap((message): ConversationPart[] => {
    const text = textOf(message['content'])
    switch (message['role']) {
      case 'system':
      case 'developer':
        return [{ origin: claimsDeveloper ? 'developer' : 'user', text }]
      case 'user':
        return [{ origin: 'user', text }]
      case 'assistant':
        return [{ origin: 'model', text }]
      case 'function':
        return [toolPart(text, message['name'])]
      default:
        return [toolPart(text, tools.get(message['tool_call_id']))]
    }
  })
}

/** The tools a request offers, as the model is told of them. */
export function toolDefinitions(request: JsonObject): ReadonlyMap<string, ToolDefinition> {
  const offered = [
    ...objectsOf(request['tools']).map((tool) => tool['function'] ?? tool['custom']),
    ...objectsOf(request['functions']),
  ]
  return new Map(
    offered.filter(isObject).map(({ name, description, parameters }) => [
      typeof name === 'string' ? name : '',
      {
        ...(typeof description === 'string' ? { description } : {}),
        ...(parameters === undefined ? {} : { schema: parameters }),
      },
    ]),
  )
}

function toolPart(text: string, tool: unknown): ConversationPart {
  return { origin: 'tool', text, ...(typeof tool === 'string' ? { tool } : {}) }
}

function nameOf(call: JsonObject): JsonValue | undefined {
  const inner = call['function'] ?? call['custom']
  return isObject(inner) ? inner['name'] : undefined
}

function textOf(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content
  return objectsOf(content)
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
    .join('\n')
}

function objectsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : []
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
