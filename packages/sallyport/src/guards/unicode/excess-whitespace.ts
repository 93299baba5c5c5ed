import type { Found } from './text-window.ts'
import { RUN_LIMIT } from './text-window.ts'

export interface WhitespaceLimits {
  readonly maxBlankRun: number
  readonly maxLineEnds: number
}

/**
 * Finds whitespace that pushes text out of sight: what exceeds a number of blanks in a row or of line ends in a row.
 * The allowed part stays, so indentation, tables and paragraphs survive.
 */
export class ExcessWhitespace {
  readonly #limits: WhitespaceLimits
  #offset = 0
  #blanks = 0
  #lineEnds = 0
  #excessFrom: number | undefined

  constructor(limits: WhitespaceLimits) {
    this.#limits = limits
  }

  push(chunk: string, end: boolean): Found[] {
    const found: Found[] = []
    const close = (at: number): void => {
      if (this.#excessFrom !== undefined)
        found.push({ start: this.#excessFrom, end: at, code: 'excess-whitespace', confidence: 0.6, replacement: '' })
      this.#excessFrom = undefined
    }
    for (let index = 0; index < chunk.length; index += 1) {
      const unit = chunk.charCodeAt(index)
      if (unit > 0x20 && unit < 0x80 && this.#blanks === 0 && this.#lineEnds === 0) continue
      const at = this.#offset + index
      const isLineEnd = unit === 0x0a
      if (!isLineEnd && !isBlank(unit)) {
        if (this.#blanks + this.#lineEnds > 0) {
          close(at)
          this.#blanks = 0
          this.#lineEnds = 0
        }
        continue
      }
      if (isLineEnd) {
        this.#lineEnds += 1
        this.#blanks = 0
      } else if (unit !== 0x0d) this.#blanks += 1
      const isExcess = this.#lineEnds > this.#limits.maxLineEnds || this.#blanks > this.#limits.maxBlankRun
      if (isExcess) {
        this.#excessFrom ??= at
        if (at + 1 - this.#excessFrom >= RUN_LIMIT) close(at + 1)
      } else close(at)
    }
    this.#offset += chunk.length
    if (end) close(this.#offset)
    return found
  }

  get settled(): number {
    return this.#excessFrom ?? this.#offset
  }
}

function isBlank(unit: number): boolean {
  return (
    unit === 0x20 ||
    unit === 0x09 ||
    unit === 0x0d ||
    unit === 0xa0 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x2800 ||
    unit === 0x3000
  )
}
