import type { GuardContext, GuardScan, Match } from '../../guard/guard.ts'
import { isBlankUnit } from './blank.ts'
import { LIMIT_CODES, type LimitCode } from './codes.ts'
import { TokenCounter } from './estimate-tokens.ts'

/** A limit, or `off`. */
export type Limit = number | 'off'

export interface LimitOptions {
  readonly maxCharacters: Limit
  readonly maxBytes: Limit
  readonly maxTokens: Limit
  readonly maxLines: Limit
  readonly maxLineLength: Limit
  readonly minCharacters: number
}

/**
 * Opens a scan that counts. Each limit is reported once, at the first character beyond it and as soon as that is seen,
 * so a flood is stopped where it starts; what a chunk boundary cuts changes nothing.
 */
export function openLimitScan(options: LimitOptions, context: GuardContext): GuardScan {
  return new LimitScan(options, context)
}

class LimitScan implements GuardScan {
  readonly #options: LimitOptions
  readonly #mustSpeak: boolean
  readonly #reported = new Set<LimitCode>()
  readonly #tokens = new TokenCounter()
  #offset = 0
  #characters = 0
  #bytes = 0
  #lines = 1
  #lineLength = 0
  /** Visible characters so far; counting stops when there are enough. */
  #visible = 0
  #isAfterHigh = false

  constructor(options: LimitOptions, { stage, origin }: GuardContext) {
    this.#options = options
    // Only a person's turn must say something: an empty tool result or document is ordinary.
    this.#mustSpeak = stage === 'input' && origin === 'user' && options.minCharacters > 0
  }

  get settled(): number {
    return this.#offset
  }

  push(chunk: string, end: boolean): readonly Match[] {
    const matches: Match[] = []
    const { maxCharacters, maxBytes, maxTokens, maxLines, maxLineLength, minCharacters } = this.#options
    for (let index = 0; index < chunk.length; index += 1) {
      const unit = chunk.charCodeAt(index)
      const isLow = this.#isAfterHigh && unit >= 0xdc00 && unit <= 0xdfff
      this.#isAfterHigh = unit >= 0xd800 && unit <= 0xdbff
      if (!isLow) {
        this.#characters += 1
        this.#lineLength += 1
      }
      // A pair is four bytes, three counted at its first half; a lone half is sent as U+FFFD, three bytes.
      this.#bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : isLow ? 1 : 3
      this.#tokens.add(unit)
      const at = this.#offset + index
      // The second half of a pair never starts a match.
      const start = isLow ? at - 1 : at
      if (isOver(this.#characters, maxCharacters)) this.#report(matches, 'too-many-characters', start)
      if (isOver(this.#bytes, maxBytes)) this.#report(matches, 'too-many-bytes', start)
      if (isOver(this.#tokens.tokens, maxTokens)) this.#report(matches, 'too-many-tokens', start)
      if (unit === 0x0a) {
        this.#lines += 1
        this.#lineLength = 0
      } else {
        if (isOver(this.#lines, maxLines)) this.#report(matches, 'too-many-lines', start)
        if (isOver(this.#lineLength, maxLineLength)) this.#report(matches, 'line-too-long', start)
      }
      if (this.#visible < minCharacters && !isLow && !isBlankUnit(unit)) this.#visible += 1
    }
    this.#offset += chunk.length
    if (end && this.#mustSpeak && this.#visible < minCharacters) {
      matches.push({ start: 0, end: this.#offset, code: 'empty', confidence: 1, ...LIMIT_CODES.empty })
    }
    return matches
  }

  #report(matches: Match[], code: LimitCode, start: number): void {
    if (this.#reported.has(code)) return
    this.#reported.add(code)
    matches.push({ start, end: start + 1, code, confidence: 1, ...LIMIT_CODES[code] })
  }
}

function isOver(count: number, limit: Limit): boolean {
  return limit !== 'off' && count > limit
}
