import type { ChatRole, RenderedMessage } from './chat-message.ts'
import type { FilePart, LanguageModel, PromptMessage, TextPart } from './language-model.ts'
import { Media } from './media.ts'

export interface PromptRoles {
  /** The role system and tool messages of the history are sent with. */
  readonly toolResultRole: ChatRole
}

/** The conversation as the model gets it. The provider translates roles: developer, model and the like are its business. */
export function toPrompt(
  system: string | undefined,
  history: readonly RenderedMessage[],
  { toolResultRole }: PromptRoles,
  model: LanguageModel,
): PromptMessage[] {
  const leading: PromptMessage[] = system === undefined ? [] : [{ role: 'system', content: system }]
  return [...leading, ...history.map((message) => toMessage(message, toolResultRole, model))]
}

function toMessage({ role, content }: RenderedMessage, toolResultRole: ChatRole, model: LanguageModel): PromptMessage {
  const parts = typeof content === 'string' ? [content] : content
  if (role === 'assistant' || role === 'model') {
    return { role: 'assistant', content: parts.map((part) => toPart(part, model)) }
  }
  const isSystem = (role === 'system' || role === 'developer') && toolResultRole === 'system'
  if (isSystem && typeof content === 'string') return { role: 'system', content }
  return { role: 'user', content: parts.map((part) => toPart(part, model)) }
}

function toPart(part: string | Media, model: LanguageModel): TextPart | FilePart {
  if (!(part instanceof Media)) return { type: 'text', text: part }
  const inline = /^data:[^,]{0,200};base64,/i.exec(part.url)
  const data = inline ? part.url.slice(inline[0].length) : new URL(part.url)
  // v4 names the kind of data, v3 tells it by its type.
  const tagged = inline ? { type: 'data', data } : { type: 'url', url: data }
  return { type: 'file', mediaType: part.mediaType, data: model.specificationVersion === 'v4' ? tagged : data }
}
