/** The first so many different labels; what comes later is one of the others. */
export class LabelSet {
  readonly #known = new Set<string>()
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  /** True when the label may be used. */
  take(label: string): boolean {
    if (this.#known.has(label)) return true
    if (this.#known.size >= this.#max) return false
    this.#known.add(label)
    return true
  }
}
