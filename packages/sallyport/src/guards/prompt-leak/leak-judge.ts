import type { Match } from '../../guard/guard.ts'
import type { CopyIndex } from './copy-index.ts'
import type { CopiedPassage } from './copy-scan.ts'

export interface LeakThresholds {
  readonly minimumWords: number
  readonly minimumShare: number
  readonly accumulatedWords: number
}

/** Words a passage must give away to count towards the sum of passages: fewer are names and turns of phrase. */
export const PIECE_WORDS = 6
/** In a text somebody encoded, fewer words are an accident. */
const ENCODED_FACTOR = 0.5
const SURE = 0.95
const FROM_PIECES = 0.9
/** Half of what is needed: below the thresholds of every preset, but visible in the score. */
const HINT = 0.4

/**
 * Decides which passages are leaks: long ones, and shorter ones once they add up. Passages that are let through are
 * remembered, each word of the prompt once, so that repeating a product's name adds up to nothing.
 */
export class LeakJudge {
  readonly #index: CopyIndex
  readonly #thresholds: LeakThresholds
  /** Words of the prompt that are out already. */
  readonly #told: Set<number>
  #continuing = false

  constructor(index: CopyIndex, thresholds: LeakThresholds, told: ReadonlySet<number>) {
    this.#index = index
    this.#thresholds = thresholds
    this.#told = new Set(told)
  }

  judge({ start, end, words, continues }: CopiedPassage, isEncoded = false): Match | undefined {
    const needed = Math.ceil(this.#needed(words) * (isEncoded ? ENCODED_FACTOR : 1))
    if (words.size >= needed || (continues && this.#continuing)) {
      this.#continuing = true
      return copy(start, end, SURE)
    }
    this.#continuing = false
    if (words.size < Math.min(PIECE_WORDS, Math.ceil(needed / 2))) return undefined
    if (isEncoded || words.size < PIECE_WORDS) return copy(start, end, HINT)
    const before = this.#told.size
    const sum = new Set([...this.#told, ...words])
    if (sum.size >= this.#needed(words, 'sum') && sum.size > before) return pieces(start, end)
    for (const word of words) this.#told.add(word)
    return copy(start, end, HINT)
  }

  /** Words that one passage, or all passages together, must give away of the texts that the passage comes from. */
  #needed(words: ReadonlySet<number>, what: 'passage' | 'sum' = 'passage'): number {
    const { minimumWords, minimumShare, accumulatedWords } = this.#thresholds
    let least = Infinity
    for (const text of new Set(Array.from(words, (word) => this.#index.words[word]?.text ?? 0))) {
      const telling = this.#index.tellingWords[text] ?? 0
      const passage = Math.min(minimumWords, Math.max(LEAST, Math.ceil(minimumShare * telling)))
      const limit = what === 'passage' ? passage : Math.max(passage, Math.min(accumulatedWords, telling))
      least = Math.min(least, limit)
    }
    return least
  }
}

/** Words of a very short prompt that must come out before it counts. */
const LEAST = 4

function copy(start: number, end: number, confidence: number): Match {
  return {
    start,
    end,
    code: 'system-prompt-copy',
    severity: 'high',
    confidence,
    message: 'The text repeats a passage of the system prompt.',
    replacement: PLACEHOLDER,
  }
}

function pieces(start: number, end: number): Match {
  return {
    start,
    end,
    code: 'system-prompt-pieces',
    severity: 'high',
    confidence: FROM_PIECES,
    message: 'The text gives the system prompt away piece by piece.',
    replacement: PLACEHOLDER,
  }
}

const PLACEHOLDER = '[system prompt]'
