/**
 * What the adapter needs of a language model of the AI SDK, by shape: specification v3 (`ai` 6) and v4 (`ai` 7) both fit,
 * and the library works with either or neither installed.
 */
export interface GuardableModel {
  readonly specificationVersion: string
  readonly provider: string
  readonly modelId: string
  // `never`: each specification has its own options type; they are read by what they hold.
  doGenerate(options: never): PromiseLike<object>
  doStream(options: never): PromiseLike<{ readonly stream: ReadableStream }>
}

/** Options of a call. Every other field is passed on, its texts judged. */
export interface CallOptions {
  readonly prompt: readonly PromptMessage[]
  readonly responseFormat?: { readonly type: string }
  readonly tools?: readonly {
    readonly type: string
    readonly name?: string
    readonly description?: unknown
    readonly inputSchema?: unknown
  }[]
  readonly [field: string]: unknown
}

export interface PromptMessage {
  readonly role: string
  readonly content: unknown
}

/** A part of an answer or of its stream. */
export interface AnswerPart {
  readonly type: string
  readonly [field: string]: unknown
}

export interface GenerateResult {
  readonly content: readonly AnswerPart[]
  readonly finishReason: unknown
  readonly response?: object
  readonly providerMetadata?: unknown
  readonly [field: string]: unknown
}

export interface StreamResult {
  readonly stream: ReadableStream<AnswerPart>
  readonly [field: string]: unknown
}
