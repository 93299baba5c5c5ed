import type { ConversationPart } from '../guard/tool-call.ts'
import type { ChatMessage } from './chat-message.ts'
import { toPlain } from './media.ts'

/**
 * The conversation by who wrote it. A message of the user's role is the user's only if it has the agent's input schema:
 * results of tools may enter the history under that role, and nobody vouches for them.
 */
export function conversationOf(prompt: {
  readonly system: string
  readonly retrieved: readonly string[]
  readonly messages: readonly ChatMessage[]
  readonly assistantRole: string
  readonly inputSchema: unknown
}): ConversationPart[] {
  return [
    { origin: 'developer', text: prompt.system },
    ...prompt.retrieved.filter((text) => text !== '').map((text) => ({ origin: 'retrieved', text }) as const),
    ...prompt.messages.map(({ role, schema, content }): ConversationPart => {
      const value = toPlain(content)
      if (role === prompt.assistantRole) return { origin: 'model', value }
      return { origin: role === 'user' && schema === prompt.inputSchema ? 'user' : 'tool', value }
    }),
  ]
}
