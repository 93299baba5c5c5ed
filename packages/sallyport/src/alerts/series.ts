import { Baseline } from './baseline.ts'

/** Counts of one thing about one subject: this interval, the one before, and what is usual. */
export class Series {
  readonly baseline = new Baseline()
  readonly #warmUp: number
  #interval = -1
  #own = 0
  #others = 0
  /** Counted here and not told to the other replicas yet. */
  #untold = 0
  /** Count of the interval before. */
  previous = 0

  constructor(warmUp: number) {
    this.#warmUp = warmUp
  }

  /** Count of the running interval, those of other replicas included as far as they are known. */
  get count(): number {
    return this.#own + this.#others
  }

  get isWarm(): boolean {
    return this.baseline.seen >= this.#warmUp
  }

  add(interval: number, amount: number): void {
    this.roll(interval)
    this.#own += amount
    this.#untold += amount
  }

  /** Moves to an interval: what is over is learnt. */
  roll(interval: number): void {
    if (interval <= this.#interval) return
    if (this.#interval >= 0) {
      const idle = interval - this.#interval - 1
      this.baseline.learn(this.count, idle, this.#warmUp)
      this.previous = idle === 0 ? this.count : 0
    }
    this.#interval = interval
    this.#own = 0
    this.#others = 0
    this.#untold = 0
  }

  /** What to tell the others of this interval; nothing is left to tell then. */
  takeUntold(): number {
    const untold = this.#untold
    this.#untold = 0
    return untold
  }

  /** All replicas together counted this much in this interval, what was told from here included. */
  absorb(interval: number, total: number): void {
    if (interval === this.#interval) this.#others = Math.max(0, total - (this.#own - this.#untold))
  }
}
