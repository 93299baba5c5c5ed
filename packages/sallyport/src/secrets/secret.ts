const HIDDEN = '[secret]'
const BRAND = Symbol.for('sallyport.secret')

/**
 * A value that never prints: string, template, JSON, `util.inspect`, error messages and concatenation all give
 * `[secret]`. The value itself comes out of `reveal()` alone, so that a search for that word finds every use.
 */
export class Secret {
  readonly #value: string
  readonly [BRAND] = true

  constructor(value: string) {
    this.#value = value
    Object.freeze(this)
  }

  /** The value, for the one place that needs it. */
  reveal(): string {
    return this.#value
  }

  /** True when both hold the same value. Takes the same time wherever they differ. */
  equals(other: Secret): boolean {
    const mine = this.#value
    const theirs = other.reveal()
    let difference = mine.length ^ theirs.length
    for (let at = 0; at < mine.length; at++)
      difference |= mine.charCodeAt(at) ^ theirs.charCodeAt(at % (theirs.length || 1))
    return difference === 0
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  toLocaleString(): string {
    return HIDDEN
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN
  }

  /** What Node prints; the name is public and needs no import. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return HIDDEN
  }

  get [Symbol.toStringTag](): string {
    return 'Secret'
  }

  /** Holds across duplicate installs of the package, where `instanceof` does not. */
  static isSecret(value: unknown): value is Secret {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[BRAND] === true
  }
}
