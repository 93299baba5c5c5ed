export type ProblemCode =
  | 'unreadable-record'
  | 'changed-record'
  | 'broken-chain'
  | 'wrong-segment-name'
  | 'bad-signature'
  | 'wrong-key'
  | 'head-missing'
  | 'head-mismatch'
  | 'truncated'
  | 'start-missing'
  | 'lost-records'
  | 'after-close'
  | 'torn-tail'
  | 'anchor-mismatch'
  | 'names-missing'
  | 'erasure-unfinished'

export interface LogProblem {
  readonly code: ProblemCode
  readonly message: string
  readonly segment?: string
  /** Record at which it shows. */
  readonly seq?: number
}

export interface LogReport {
  /** No problem was found. What could not be known stands in `unknown`. */
  readonly isIntact: boolean
  readonly log?: string
  readonly records: number
  readonly segments: number
  readonly bytes: number
  readonly firstSeq: number
  readonly lastSeq: number
  /** The newest record a valid signed head covers; 0 when there is none. */
  readonly signedThrough: number
  /** The newest record an anchor of the caller covers; 0 without one. */
  readonly anchoredThrough: number
  /** Records that were removed when they were old enough, as a signed stub says. */
  readonly retired: number
  /** Crashes that were mended. */
  readonly recoveries: number
  /** Events that could not be written, by the log's own account. */
  readonly lostEvents: number
  readonly problems: readonly LogProblem[]
  /** What this check cannot know. */
  readonly unknown: readonly string[]
}
