import type { ConversationText } from 'sallyport'
import type { JsonObject, JsonValue } from '../../json/parse-json.ts'

/**
 * What the guards of the answer compare it with: the system texts as the model gets them, whoever may claim them, the
 * user's words, the earlier answers and what tools gave.
 */
export function conversationText(request: JsonObject): ConversationText {
  const system: string[] = []
  const written: string[] = []
  const said: string[] = []
  const read: string[] = []
  for (const message of (request['messages'] ?? []) as readonly JsonObject[]) {
    const role = message['role']
    const texts = textsOf(message['content'])
    if (role === 'system' || role === 'developer') system.push(...texts)
    else if (role === 'user') written.push(...texts)
    else if (role === 'assistant') said.push(...texts)
    else if (role === 'tool' || role === 'function') read.push(...texts)
  }
  return { system, written, said, read }
}

function textsOf(content: JsonValue | undefined): string[] {
  if (typeof content === 'string') return [content]
  if (!Array.isArray(content)) return []
  return (content as readonly JsonObject[]).flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
}
