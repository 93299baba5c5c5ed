import type { IoSchema } from './io-schema.ts'
import type { Media } from './media.ts'

/** `assistant` is `model` for providers that call it so. */
export type ChatRole = 'system' | 'developer' | 'user' | 'assistant' | 'model' | 'tool'

export interface ChatMessage {
  readonly role: ChatRole
  /** A value of `schema`, already validated. */
  readonly content: unknown
  readonly schema: IoSchema
  readonly turnId: string
}

/** A message as prompts and logs show it: compact JSON, and the media it carried. */
export interface RenderedMessage {
  readonly role: ChatRole
  readonly content: string | readonly (string | Media)[]
}
