import { describeLimit } from './limit.ts'
import type { Limit } from './limit.ts'
import type { LimitState, Refused } from './store.ts'

/** What a caller hears: which limit, in our words, and when to come back. Put into words only when somebody asks: floods do not. */
export class Refusal implements Refused {
  readonly allowed = false
  readonly limit: Limit
  readonly degraded: boolean
  readonly #waitMs: number
  readonly #states: () => readonly LimitState[]

  constructor(limit: Limit, waitMs: number, states: () => readonly LimitState[], degraded: boolean) {
    this.limit = limit
    this.degraded = degraded
    this.#waitMs = waitMs
    this.#states = states
  }

  get reason(): string {
    const words = describeLimit(this.limit)
    return this.#waitMs === Infinity
      ? `Rate limit: the request wants more than ${words} allows (${this.limit.name}).`
      : `Rate limit: ${words} exceeded (${this.limit.name}).`
  }

  get retryAfterMs(): number | undefined {
    return this.#waitMs === Infinity ? undefined : Math.max(1, Math.ceil(this.#waitMs))
  }

  get states(): readonly LimitState[] {
    return this.#states()
  }
}
