import type { Origin } from '../guard/stage.ts'

/** A value that a placeholder stands for. */
export interface KeptValue {
  readonly entity: string
  readonly value: string
  /** Who wrote it in this conversation. */
  readonly origins: ReadonlySet<Origin>
}

/** Shorter texts are in too many values to say whose they are. */
const MIN_PART = 4
const MAX_SEARCHED = 256

/** The placeholders of one conversation, by their codes in lower case. */
export class ValueTable {
  readonly #byCode = new Map<string, KeptValue>()
  readonly #byValue = new Map<string, string[]>()
  readonly #entities = new Set<string>()

  get size(): number {
    return this.#byCode.size
  }

  get entities(): ReadonlySet<string> {
    return this.#entities
  }

  has(code: string): boolean {
    return this.#byCode.has(code)
  }

  get(code: string): KeptValue | undefined {
    return this.#byCode.get(code)
  }

  set(code: string, kept: KeptValue): void {
    const codes = this.#byValue.get(kept.value)
    if (codes === undefined) this.#byValue.set(kept.value, [code])
    else if (!codes.includes(code)) codes.push(code)
    this.#byCode.set(code, kept)
    this.#entities.add(kept.entity)
  }

  /** True when a kept value, or one it is a part of, satisfies. Parts are looked for in small tables only: it costs. */
  holds(value: string, satisfies: (kept: KeptValue) => boolean): boolean {
    if ((this.#byValue.get(value) ?? []).some((code) => satisfies(this.#byCode.get(code) as KeptValue))) return true
    if (value.length < MIN_PART || this.#byCode.size > MAX_SEARCHED) return false
    for (const kept of this.#byCode.values()) if (kept.value.includes(value) && satisfies(kept)) return true
    return false
  }
}
