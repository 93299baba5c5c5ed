const FACTOR = 0x01000193

/** A rolling hash over the last `length` letters, with the letters themselves to make sure of a hit. */
export class GramWindow {
  readonly length: number
  readonly #letters: Uint32Array
  readonly #drop: number
  #hash = 0
  #count = 0
  #at = 0

  constructor(length: number) {
    this.length = length
    this.#letters = new Uint32Array(length)
    let drop = 1
    for (let times = 0; times < length; times++) drop = Math.imul(drop, FACTOR)
    this.#drop = drop
  }

  /** Takes a letter; true when the window is full. */
  push(letter: number): boolean {
    const gone = this.#count === this.length ? (this.#letters[this.#at] ?? 0) : 0
    this.#hash = (Math.imul(this.#hash, FACTOR) + letter - Math.imul(gone, this.#drop)) | 0
    this.#letters[this.#at] = letter
    this.#at = this.#at + 1 === this.length ? 0 : this.#at + 1
    if (this.#count < this.length) this.#count++
    return this.#count === this.length
  }

  get hash(): number {
    return this.#hash
  }

  /** Letters in the window. */
  get count(): number {
    return this.#count
  }

  /** True when the window holds the letters of `text` that end at `end` (inclusive). */
  equals(text: Uint32Array, end: number): boolean {
    let at = this.#at
    for (let index = end - this.length + 1; index <= end; index++) {
      if (text[index] !== this.#letters[at]) return false
      at = at + 1 === this.length ? 0 : at + 1
    }
    return true
  }

  /** True for runs of few different letters (`aaaa…`, `0000…`), which say nothing about where they come from. */
  get isMonotonous(): boolean {
    const seen = new Set<number>()
    for (const letter of this.#letters) {
      seen.add(letter)
      if (seen.size >= 5) return false
    }
    return true
  }

  clear(): void {
    this.#hash = 0
    this.#count = 0
    this.#at = 0
    this.#letters.fill(0)
  }
}
