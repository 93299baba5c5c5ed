import type { Restoration, RestoreRule } from '../guard/pseudonyms.ts'
import { findCode } from './placeholder-form.ts'
import { pendingStart, spanAround } from './placeholder-span.ts'
import type { KeptValue, ValueTable } from './value-table.ts'

export interface RestoreOptions {
  /** `json`: the text is JSON, so values go into its strings escaped. Default `plain`. */
  readonly encoding?: 'plain' | 'json'
}

/** Puts values back in one text, whichever way it is cut into chunks. */
export class RestoredText implements Restoration {
  readonly #table: ValueTable
  readonly #rule: RestoreRule
  readonly #encode: (value: string) => string
  /** Text that may still belong to a placeholder. */
  #held = ''
  /** The character before `#held`. */
  #previous = ''
  #changed = false

  constructor(table: ValueTable, rule: RestoreRule, { encoding = 'plain' }: RestoreOptions = {}) {
    this.#table = table
    this.#rule = rule
    this.#encode = encoding === 'json' ? (value) => JSON.stringify(value).slice(1, -1) : (value) => value
  }

  get changed(): boolean {
    return this.#changed
  }

  push(chunk: string, end: boolean): string {
    this.#held += chunk
    let released = ''
    for (;;) {
      const found = findCode(this.#held, (code) => this.#table.has(code))
      if (found === undefined) break
      const kept = this.#table.get(found.code) as KeptValue
      const span = spanAround(this.#held, found.start, { entity: kept.entity, previous: this.#previous, end })
      if (span === undefined) {
        // Its end is still to come.
        const before = this.#held.slice(0, found.start)
        return released + this.#release(pendingStart(before, [kept.entity], this.#previous))
      }
      released += this.#held.slice(0, span.start) + this.#replacement(kept, this.#held.slice(span.start, span.end))
      this.#drop(span.end)
    }
    const to = end ? this.#held.length : pendingStart(this.#held, this.#table.entities, this.#previous)
    return released + this.#release(to)
  }

  isOwn(value: string): boolean {
    return this.#table.holds(value, ({ entity, origins }) => this.#rule(entity, origins) === 'restore')
  }

  #replacement({ entity, origins, value }: KeptValue, written: string): string {
    const what = this.#rule(entity, origins)
    if (what === 'keep') return written
    this.#changed = true
    return what === 'restore' ? this.#encode(value) : `[${entity}]`
  }

  #release(to: number): string {
    const text = this.#held.slice(0, to)
    this.#drop(to)
    return text
  }

  #drop(to: number): void {
    if (to > 0) this.#previous = this.#held[to - 1] ?? ''
    this.#held = this.#held.slice(to)
  }
}
