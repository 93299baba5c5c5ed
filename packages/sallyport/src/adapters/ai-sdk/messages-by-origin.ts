import type { ConversationPart } from '../../guard/tool-call.ts'
import type { PromptMessage } from './model-shape.ts'

type Part = Readonly<Record<string, unknown>>

/**
 * Messages of the AI SDK by who wrote them: those of a prompt, and those that a tool is told of when it runs. Results keep
 * the name of their tool, because policies of tools go by it.
 */
export function messagesByOrigin(messages: readonly PromptMessage[]): ConversationPart[] {
  return messages.flatMap(({ role, content }): ConversationPart[] => {
    const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : partsOf(content)
    switch (role) {
      case 'system':
        return textsOf(parts).map((text) => ({ origin: 'developer', text }))
      case 'user':
        return textsOf(parts).map((text) => ({ origin: 'user', text }))
      case 'assistant':
        // Tools that run at the provider leave their results in the answer.
        return [...textsOf(parts).map((text) => ({ origin: 'model', text }) as const), ...resultsOf(parts)]
      default:
        return resultsOf(parts)
    }
  })
}

function partsOf(content: unknown): readonly Part[] {
  return Array.isArray(content)
    ? content.filter((part: unknown): part is Part => typeof part === 'object' && part !== null)
    : []
}

function textsOf(parts: readonly Part[]): string[] {
  return parts.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
}

function resultsOf(parts: readonly Part[]): ConversationPart[] {
  return parts
    .filter(({ type }) => type === 'tool-result')
    .map(({ toolName, output, result }) => ({
      origin: 'tool',
      ...(typeof toolName === 'string' && { tool: toolName }),
      ...valueOf(output ?? result),
    }))
}

/** A result is tagged with its form; what has no known one is read as JSON, so that nothing in it is missed. */
function valueOf(output: unknown): { readonly text: string } | { readonly value: unknown } {
  const { type, value } = (typeof output === 'object' && output !== null ? output : {}) as Part
  if ((type === 'text' || type === 'error-text') && typeof value === 'string') return { text: value }
  return { value: type === 'json' || type === 'error-json' ? value : output }
}
