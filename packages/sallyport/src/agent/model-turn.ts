import type { LanguageModel, ModelCall, ModelPart } from './language-model.ts'

/** What one call of the model came to. */
export interface ModelTurn {
  readonly text: string
  readonly toolCalls: readonly RequestedCall[]
  /** `stop`, `length`, `content-filter` … */
  readonly finishReason: string
  readonly usage: TokenUsage
}

export interface RequestedCall {
  readonly id: string
  readonly name: string
  /** JSON as the model wrote it. */
  readonly arguments: string
}

export interface TokenUsage {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Longest answer of one call that is read, in UTF-16 units: an upstream that never ends must not fill the memory. */
const MAX_ANSWER = 4_000_000

export async function generateTurn(model: LanguageModel, call: ModelCall): Promise<ModelTurn> {
  const collected = new Collected()
  const result = await model.doGenerate(call as never)
  for (const part of result.content) collected.add(part)
  collected.finish(result)
  return collected.turn()
}

/** Yields the text as it comes. When the consumer stops early, the call is cancelled. */
export async function* streamTurn(model: LanguageModel, call: ModelCall): AsyncGenerator<string, ModelTurn> {
  const collected = new Collected()
  const { stream } = await model.doStream(call as never)
  const reader = stream.getReader()
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) break
      if (value.type === 'error') throw errorOf(value)
      const text = collected.add(value)
      if (text !== '') yield text
    }
    ended = true
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined)
  }
  return collected.turn()
}

class Collected {
  #text = ''
  #finishReason = 'other'
  #usage: TokenUsage = { inputTokens: 0, outputTokens: 0 }
  readonly #calls: RequestedCall[] = []

  /** The answer's text in the part. Reasoning, sources and provider-executed tools are not part of the answer. */
  add(part: ModelPart): string {
    if (part.type === 'text' || part.type === 'text-delta') {
      const text = stringOf(part, part.type === 'text' ? 'text' : 'delta')
      this.#text += text
      if (this.#text.length > MAX_ANSWER) throw new RangeError('The answer of the model is longer than can be read.')
      return text
    }
    if (part.type === 'tool-call' && read(part, 'providerExecuted') !== true) {
      this.#calls.push({
        id: stringOf(part, 'toolCallId'),
        name: stringOf(part, 'toolName'),
        arguments: stringOf(part, 'input'),
      })
    }
    if (part.type === 'finish') this.finish(part)
    return ''
  }

  finish(result: object): void {
    const reason = read(result, 'finishReason')
    const unified = typeof reason === 'object' && reason !== null ? read(reason, 'unified') : reason
    if (typeof unified === 'string') this.#finishReason = unified
    const usage = read(result, 'usage')
    if (typeof usage === 'object' && usage !== null) {
      this.#usage = { inputTokens: tokens(usage, 'inputTokens'), outputTokens: tokens(usage, 'outputTokens') }
    }
  }

  turn(): ModelTurn {
    return { text: this.#text, toolCalls: this.#calls, finishReason: this.#finishReason, usage: this.#usage }
  }
}

function errorOf(part: object): Error {
  const error = read(part, 'error')
  return error instanceof Error ? error : new Error('The model reported an error in its stream.', { cause: error })
}

/** v3 and v4 count in an object with a total, v2 in a number. */
function tokens(usage: object, name: string): number {
  const value = read(usage, name)
  const total = typeof value === 'object' && value !== null ? read(value, 'total') : value
  return typeof total === 'number' && total >= 0 ? total : 0
}

function stringOf(part: object, name: string): string {
  const value = read(part, name)
  return typeof value === 'string' ? value : ''
}

function read(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined
}
