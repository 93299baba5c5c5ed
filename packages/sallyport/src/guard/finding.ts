import type { Action } from './decision.ts'

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical'

/** Half-open range in UTF-16 code units of the original text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * Evidence. It has a code and a span but no field for the matched text, so that no log, export or error can leak it.
 */
export interface Finding extends Span {
  /** Id of the guard that found it, e.g. `pii`. */
  readonly guard: string
  /** Stable kebab-case id of the rule, unique within the guard, e.g. `credit-card`. */
  readonly code: string
  readonly severity: Severity
  /** 0 to 1: how sure the guard is. */
  readonly confidence: number
  /** What the policy does about it. */
  readonly action: Action
  /** Personal-data type in Presidio's names (`CREDIT_CARD`), only for guards that type entities. */
  readonly entity?: string
  /** Our words, never quoted input. */
  readonly message?: string
  /** JSON pointer of the text part the span lies in; absent when a single text was checked. */
  readonly path?: string
  /** Keyed digest of the matched text, present when the shield was given a `fingerprint` function. */
  readonly fingerprint?: string
}

/** A span of the original text and what stands there instead. */
export interface Edit extends Span {
  readonly replacement: string
  readonly path?: string
}
