import type { ConversationPart, ToolDefinition } from '../../guard/tool-call.ts'
import { isJson, type Json, listOf } from './chat-json.ts'

/** The messages of a request by who wrote them, with the tool that each result came from: what policies of tools go by. */
export function messagesByOrigin(request: Json): ConversationPart[] {
  const messages = listOf(request['messages'])
  const tools = new Map(
    messages.flatMap((message) => listOf(message['tool_calls'])).map((call) => [call['id'], targetOf(call)['name']]),
  )
  return messages.map(({ role, content, name, tool_call_id: callId }): ConversationPart => {
    const text = textOf(content)
    switch (role) {
      case 'system':
      case 'developer':
        return { origin: 'developer', text }
      case 'user':
        return { origin: 'user', text }
      case 'assistant':
        return { origin: 'model', text }
      default: {
        const tool = role === 'function' ? name : tools.get(callId)
        return { origin: 'tool', text, ...(typeof tool === 'string' && { tool }) }
      }
    }
  })
}

/** The tools a request offers, as the model is told of them. */
export function definitionsOf(request: Json): ReadonlyMap<string, ToolDefinition> {
  const offered = [...listOf(request['tools']).map(targetOf), ...listOf(request['functions'])]
  return new Map(
    offered.map(({ name, description, parameters }) => [
      String(name),
      {
        ...(typeof description === 'string' && { description }),
        ...(parameters !== undefined && { schema: parameters }),
      },
    ]),
  )
}

function targetOf(call: Json): Json {
  if (isJson(call['function'])) return call['function']
  return isJson(call['custom']) ? call['custom'] : {}
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return listOf(content)
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
    .join('\n')
}
