import type { Origin, Stage } from '../guard/stage.ts'

/** One piece of text of a conversation and where it stands. */
export interface TextPart {
  /** JSON pointer (RFC 6901) into the request or response, unique within one call. */
  readonly path: string
  readonly text: string
  readonly stage: Stage
  readonly origin: Origin
  /** `key` for property names, so that text split over keys is put together again. Default `text`. */
  readonly kind?: 'text' | 'key'
  /** The tool whose arguments the text belongs to, for the values that tool is granted. */
  readonly tool?: string
}
