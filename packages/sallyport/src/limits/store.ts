import type { Limit } from './limit.ts'

/** Who a request counts for, by subject name: `{ user: 'u-17', key: 'key_x', model: 'gpt-5-mini' }`. Absent subjects are not limited. */
export type LimitSubjects = Readonly<Record<string, string | undefined>>

/** Where one limit stands. */
export interface LimitState {
  readonly limit: Limit
  /** Units left now. Never negative. */
  readonly remaining: number
  /** Milliseconds until the first used units come back; 0 when none is in use or nobody can say (concurrency). */
  readonly resetMs: number
}

/** A request that may go on. Call `settle` or `cancel` exactly once when tokens or concurrency are limited. */
export interface Admitted {
  readonly allowed: true
  /** One per limit that applies, in the order of configuration. */
  readonly states: readonly LimitState[]
  /** True when a shared store was out of reach and the local share decided. */
  readonly degraded: boolean
  /**
   * The request is over. `tokens` is what it really used: the reservation is corrected, also upwards. Without it the
   * reservation stands (the caller hung up and nobody knows). The second call does nothing.
   */
  settle(tokens?: number): void
  /** The request never ran: everything is given back. */
  cancel(): void
}

/** A request that may not go on. Nothing was counted. */
export interface Refused {
  readonly allowed: false
  /** The limit that holds longest. */
  readonly limit: Limit
  /** In our words, naming the limit: `Rate limit: 10 requests/minute per user exceeded (user-minute).` */
  readonly reason: string
  /** When the same request can pass at the earliest; undefined when it never can (it wants more tokens than the limit). */
  readonly retryAfterMs: number | undefined
  readonly states: readonly LimitState[]
  readonly degraded: boolean
}

export type Admission = Admitted | Refused

/** The store's side of a limiter: all limits of a request are judged and counted as one step. */
export interface OpenStore<Async extends boolean = boolean> {
  take(subjects: LimitSubjects, tokens: number): Maybe<Admission, Async>
  /** Forgets what a subject has used. False when it cannot: the subject shares a record, or the store is out of reach. */
  reset(subject: string, id: string): Maybe<boolean, Async>
  readonly degraded: boolean
}

/** Opens a store for these limits. `now` gives milliseconds; without it a store may use its own clock. */
export interface LimitStore<Async extends boolean = boolean> {
  open(limits: readonly Limit[], now: (() => number) | undefined): OpenStore<Async>
}

export type Maybe<T, Async extends boolean> = Async extends true ? Promise<T> : T
