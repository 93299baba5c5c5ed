/**
 * What the agent needs of a model: the AI SDK's `LanguageModel` of specification v3 (`ai` 6) and v4 (`ai` 7) both fit.
 * Declared by shape, so that the library works without the SDK and with either version of it. What a model answers is
 * untrusted: parts are read by what they hold, not by what a type promises.
 */
export interface LanguageModel {
  readonly specificationVersion: string
  readonly provider: string
  readonly modelId: string
  // `never`: each specification has its own options type; the agent passes the part all of them share.
  doGenerate(options: never): PromiseLike<{ readonly content: readonly ModelPart[]; readonly finishReason: unknown }>
  doStream(options: never): PromiseLike<{ readonly stream: PartStream }>
}

export interface ModelPart {
  readonly type: string
}

/** The part of a web `ReadableStream` that is used. */
export interface PartStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: ModelPart | undefined }>
    cancel(reason?: unknown): Promise<void>
  }
}

export type PromptMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: readonly (TextPart | FilePart)[] }
  | { readonly role: 'assistant'; readonly content: readonly (TextPart | FilePart | ToolCallPart)[] }
  | { readonly role: 'tool'; readonly content: readonly ToolResultPart[] }

export interface TextPart {
  readonly type: 'text'
  readonly text: string
}

export interface FilePart {
  readonly type: 'file'
  readonly mediaType: string
  readonly data: unknown
}

export interface ToolCallPart {
  readonly type: 'tool-call'
  readonly toolCallId: string
  readonly toolName: string
  readonly input: unknown
}

export interface ToolResultPart {
  readonly type: 'tool-result'
  readonly toolCallId: string
  readonly toolName: string
  readonly output:
    { readonly type: 'json'; readonly value: unknown } | { readonly type: 'error-text'; readonly value: string }
}

/** Settings passed to the model as they are; the names are the AI SDK's. Nothing is set by default. */
export interface ModelParameters {
  readonly maxOutputTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly topK?: number
  readonly presencePenalty?: number
  readonly frequencyPenalty?: number
  readonly stopSequences?: readonly string[]
  readonly seed?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface ModelCall extends ModelParameters {
  readonly prompt: readonly PromptMessage[]
  readonly responseFormat: {
    readonly type: 'json'
    readonly schema: object
    readonly name: string
    readonly description: string
  }
  readonly tools?: readonly {
    readonly type: 'function'
    readonly name: string
    readonly description: string
    readonly inputSchema: object
  }[]
  readonly abortSignal?: AbortSignal
}
