/** Counts in windows of fixed length. */
export class RateWindow {
  readonly #max: number
  readonly #windowMs: number
  readonly #now: () => number
  #start = Number.NEGATIVE_INFINITY
  #count = 0

  constructor(max: number, windowMs: number, now: () => number) {
    this.#max = max
    this.#windowMs = windowMs
    this.#now = now
  }

  /** False when the window is full. */
  take(): boolean {
    const now = this.#now()
    if (now - this.#start >= this.#windowMs) {
      this.#start = now
      this.#count = 0
    }
    this.#count++
    return this.#count <= this.#max
  }
}
