/** Scores are kept in steps of this: four decimals, as the check contract writes them. */
export const STEPS = 10_000

/** How often each score was given. Memory grows with the number of different scores, not with the rows. */
export class ScoreHistogram {
  readonly #counts = new Map<number, number>()
  #total = 0

  get total(): number {
    return this.#total
  }

  /** @param score From 0 to 1. */
  add(score: number): void {
    this.addMany(stepOf(score), 1)
  }

  addMany(step: number, count: number): void {
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + count)
    this.#total += count
  }

  addAll(other: ScoreHistogram): void {
    for (const [step, count] of other.#counts) this.addMany(step, count)
  }

  /** Steps and their counts, highest score first. */
  descending(): readonly (readonly [step: number, count: number])[] {
    return [...this.#counts].sort((a, b) => b[0] - a[0])
  }

  /** Rows with at least this score. */
  countFrom(threshold: number): number {
    const least = stepOf(threshold)
    let count = 0
    for (const [step, own] of this.#counts) if (step >= least) count += own
    return count
  }
}

/** Rounded down, so that a score below a threshold never counts as reaching it; the epsilon undoes 0.29 * 100 = 28.999…. */
function stepOf(score: number): number {
  return Math.floor(score * STEPS + 1e-6)
}
