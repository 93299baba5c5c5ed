import type { Opinion, OpinionRequest, SecondOpinion } from '../guard/second-opinion.ts'
import { judgePrompt, readVerdict } from './judge-prompt.ts'
import { invalid, type OpinionOptions, withDefaults } from './opinion-options.ts'

/** A language model of the AI SDK (specification v3 or v4), by the part that is used. */
export interface JudgeModel {
  doGenerate(options: never): PromiseLike<{ readonly content: readonly { readonly type: string }[] }>
}

export interface LlmJudgeOptions extends OpinionOptions {
  readonly model: JudgeModel
  /** UTF-16 units of the text that are shown to it; of a longer text the beginning and the end. Default 6,000. */
  readonly maxLength?: number
  /** Tokens of its answer, so that it cannot run on. Default 40. */
  readonly maxOutputTokens?: number
  /** Questions in any 60 seconds; what is beyond counts as a failure. Default 60. */
  readonly maxPerMinute?: number
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** Makes the word that marks text and answer of one question. Default: 12 random letters. */
  readonly nonce?: () => string
}

/**
 * A language model as second opinion. It sees the text as marked data under a prompt of its own, without tools, and
 * must answer in one exact form that repeats a random word; anything else is a failure. A judge is a model like any
 * other: a text can talk it round, which is why its word only ever raises the score.
 *
 * @throws SallyportError `invalid-options`
 */
export function llmJudge(options: LlmJudgeOptions): SecondOpinion {
  const {
    model,
    maxLength = 6_000,
    maxOutputTokens = 40,
    maxPerMinute = 60,
    now = Date.now,
    nonce = randomWord,
  } = options
  if (!(maxLength >= 200)) throw invalid('maxLength', 'must be at least 200')
  if (!(maxOutputTokens >= 10)) throw invalid('maxOutputTokens', 'must be at least 10')
  if (!(maxPerMinute >= 1)) throw invalid('maxPerMinute', 'must be at least 1')
  const asked: number[] = []
  const isWithinBudget = (): boolean => {
    const time = now()
    while (asked.length > 0 && (asked[0] ?? 0) <= time - 60_000) asked.shift()
    if (asked.length >= maxPerMinute) return false
    asked.push(time)
    return true
  }
  return {
    ...withDefaults(options, { id: 'judge', timeoutMs: 8_000 }),
    ask: async (request: OpinionRequest, signal: AbortSignal): Promise<readonly Opinion[]> => {
      if (!isWithinBudget()) throw new Error('The judge was asked too often.')
      const word = nonce()
      const call = {
        prompt: judgePrompt(request, word, maxLength),
        maxOutputTokens,
        temperature: 0,
        abortSignal: signal,
      }
      // The specifications differ in optional fields only; these all of them have.
      const { content } = await model.doGenerate(call as never)
      const confidence = readVerdict(textOf(content), word)
      return confidence === undefined ? [] : [{ confidence }]
    },
  }
}

/** The whole answer. Anything but text, such as a tool call, is not an answer to the question. */
function textOf(content: readonly { readonly type: string }[]): string {
  let text = ''
  for (const part of content) {
    // Some models think aloud first; that is not the answer.
    if (part.type === 'reasoning') continue
    const own: unknown = part.type === 'text' ? (part as { readonly text?: unknown }).text : undefined
    if (typeof own !== 'string') throw new TypeError('The judge answered with something other than text.')
    text += own
  }
  return text
}

function randomWord(): string {
  const letters = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(letters, (byte) => String.fromCharCode(97 + (byte % 26))).join('')
}
