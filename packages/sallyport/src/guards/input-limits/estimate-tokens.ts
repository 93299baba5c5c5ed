/**
 * Estimates how many tokens a text costs, without a tokenizer: a figure that real text of any language stays below in
 * the common byte-pair encodings (docs/guards/input-limits.md has the measured table). Only adversarial strings of
 * rare letters come out higher; the number of UTF-8 bytes bounds those, and `maxBytes` limits it.
 */
export function estimateTokens(text: string): number {
  const counter = new TokenCounter()
  for (let index = 0; index < text.length; index += 1) counter.add(text.charCodeAt(index))
  return Math.ceil(counter.tokens)
}

/** ASCII letters that one token covers at least: at the start of a run, and in its rest, where words are no longer words. */
const LETTERS_PER_TOKEN = 2
const LONG_RUN = 12
const LONG_RUN_COST = 0.7
/** Blanks in a row that one token covers. */
const BLANKS_PER_TOKEN = 2

/** Counts as it goes, one UTF-16 unit at a time, so that a stream can be counted; `tokens` never decreases. */
export class TokenCounter {
  tokens = 0
  #previous = 0
  /** Letters, or blanks, in a row. */
  #run = 0

  add(unit: number): void {
    const previous = this.#previous
    this.#previous = unit
    if (isUpper(unit) || isLower(unit)) this.#addLetter(unit, previous)
    else if (unit === 0x20) this.#addBlank(previous)
    else this.tokens += costOf(unit)
  }

  /** A new token starts with each word, at a capital after a small letter, and after every other letter. */
  #addLetter(unit: number, previous: number): void {
    const goesOn = isLower(previous) ? isLower(unit) : isUpper(previous)
    this.#run = goesOn ? this.#run + 1 : 0
    if (this.#run >= LONG_RUN) this.tokens += LONG_RUN_COST
    else if (this.#run % LETTERS_PER_TOKEN === 0) this.tokens += 1
    // Capitals in a row are rarely one token: constants, and base64 above all.
    else if (isUpper(unit)) this.tokens += 0.5
  }

  /** The blank before a word is part of the word's token. */
  #addBlank(previous: number): void {
    this.#run = previous === 0x20 ? this.#run + 1 : 0
    if (this.#run > 0 && this.#run % BLANKS_PER_TOKEN === 0) this.tokens += 1
  }
}

function isUpper(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a
}

function isLower(unit: number): boolean {
  return unit >= 0x61 && unit <= 0x7a
}

/**
 * Tokens of a single unit: digits, punctuation and line ends stand alone; other scripts cost by how rarely they occur
 * in training text. Never more than its UTF-8 bytes.
 */
function costOf(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x370) return 1.5
  if (unit < 0x400) return 1.7
  if (unit < 0x590) return 1.4
  if (unit < 0x800) return 1.5
  if (unit >= 0x1e00 && unit < 0x2000) return 3
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 2.4
}
