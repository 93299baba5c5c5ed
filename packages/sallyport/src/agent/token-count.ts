import { estimateTokens } from '../guards/input-limits/index.ts'
import type { RenderedMessage } from './chat-message.ts'

/** What the context costs before the next message, in tokens. */
export interface TokenCount {
  readonly total: number
  readonly systemPrompt: number
  readonly history: number
  /** The schemas of the answer and of the tools. */
  readonly tools: number
  readonly model: string
  readonly maxTokens?: number
  /** `total / maxTokens`. */
  readonly utilization?: number
}

export type CountTokens = (text: string) => number

/** Tokens taken for a medium whose cost nobody but the provider knows: more than the common vision models charge. */
const MEDIA_TOKENS = 1_600
/** What a message costs around its text. */
const MESSAGE_TOKENS = 4

export function countContext(
  context: {
    readonly model: string
    readonly system: string | undefined
    readonly history: readonly RenderedMessage[]
    readonly schemas: readonly object[]
    readonly maxTokens: number | undefined
  },
  count: CountTokens = estimateTokens,
): TokenCount {
  const { model, system, maxTokens } = context
  const systemPrompt = system === undefined ? 0 : count(system) + MESSAGE_TOKENS
  const history = context.history.reduce((sum, message) => sum + countMessage(message, count), 0)
  const tools = context.schemas.reduce((sum, schema) => sum + count(JSON.stringify(schema)), 0)
  const total = systemPrompt + history + tools
  return {
    total,
    systemPrompt,
    history,
    tools,
    model,
    ...(maxTokens !== undefined && { maxTokens, utilization: total / maxTokens }),
  }
}

function countMessage({ content }: RenderedMessage, count: CountTokens): number {
  const parts = typeof content === 'string' ? [content] : content
  return parts.reduce((sum, part) => sum + (typeof part === 'string' ? count(part) : MEDIA_TOKENS), MESSAGE_TOKENS)
}
