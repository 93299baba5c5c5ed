import type { BaseMessage } from '@langchain/core/messages'
import type { ConversationPart } from '../../guard/tool-call.ts'
import type { MessageFields } from './message-fields.ts'

/** Messages by who wrote them, with the tool that each result came from: what policies of tools go by. */
export function messagesByOrigin(
  fields: readonly MessageFields[],
  messages: readonly BaseMessage[],
): ConversationPart[] {
  const tools = new Map(
    fields.flatMap(({ tool_calls: calls }) => (Array.isArray(calls) ? (calls as readonly Call[]) : [])).map(nameById),
  )
  return fields.map(({ type, content, name }, at): ConversationPart => {
    const text = textOf(content)
    switch (type) {
      case 'system':
      case 'developer':
        return { origin: 'developer', text }
      case 'ai':
        return { origin: 'model', text }
      case 'tool':
      case 'function': {
        const { tool_call_id: callId } = messages[at] as { readonly tool_call_id?: unknown }
        const tool = tools.get(callId) ?? name
        return { origin: 'tool', text, ...(typeof tool === 'string' && { tool }) }
      }
      default:
        return { origin: 'user', text }
    }
  })
}

interface Call {
  readonly id?: unknown
  readonly name?: unknown
}

function nameById({ id, name }: Call): readonly [unknown, unknown] {
  return [id, name]
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  // Blocks are read whole: whatever a provider calls its fields, nothing in a result is missed.
  return Array.isArray(content) ? content.map((block) => textOfBlock(block)).join('\n') : ''
}

function textOfBlock(block: unknown): string {
  if (typeof block === 'string') return block
  const text: unknown = typeof block === 'object' && block !== null && 'text' in block ? block.text : undefined
  return typeof text === 'string' ? text : JSON.stringify(block)
}
