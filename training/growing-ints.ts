/** A list of unsigned 32-bit numbers that grows, without an object for each. */
export class GrowingInts {
  #values = new Uint32Array(1 << 16)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The memory behind it; stale after the next {@link push}. */
  get values(): Uint32Array {
    return this.#values
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(2 * this.#length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }
}
