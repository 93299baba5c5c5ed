import type { Span } from '../guard/finding.ts'
import type { ViewName } from '../guard/rule.ts'

/**
 * A view under construction: text goes in chunk by chunk, the view only ever grows at its end, and every view character
 * knows which original range it stands for. Positions are absolute (from the start of the text, respectively of the
 * view), although only the part since the last `trim` is kept.
 */
export interface ViewStream {
  readonly name: ViewName
  /** Appends original text. `end` is true with the last chunk. */
  push(chunk: string, end: boolean): void
  /** The part of the view that is kept. */
  readonly text: string
  /** Absolute view index of `text[0]`. */
  readonly base: number
  /** Absolute original offset where the original of view character `index` (absolute) starts. */
  startAt(index: number): number
  /** Absolute original offset where the original of view character `index` (absolute) ends. */
  endAt(index: number): number
  /** Original offset up to which the view is complete; what lies after it (half a surrogate pair …) is pending. */
  readonly consumed: number
  /** True once the view differs from the view it derives from, so that scanning it can find something new. */
  readonly differs: boolean
  /** Forgets view characters before `index` (absolute). */
  trim(index: number): void
}

/** A run that decodes to other text, e.g. base64. Its text is folded already; matches in it get the run's span. */
export interface DecodedSegment {
  /** `base64`, `base64>percent` … the path of decodings. */
  readonly encoding: string
  readonly text: string
  readonly start: number
  readonly end: number
  /**
   * The original range of `text` from `from` to `to`, more exact than the run's. Undefined when nothing in it was encoded:
   * then it is plain text kept so that half-encoded phrases read as one, and the other views have it already.
   */
  spanOf?(from: number, to: number): Span | undefined
}

/** Finds encoded runs chunk by chunk. Each run is reported once, when the character after it (or the end) is seen. */
export interface DecodeStream {
  push(chunk: string, end: boolean): readonly DecodedSegment[]
  /** Original offset of the earliest run that is still open: everything before it is settled. */
  readonly settled: number
  /** Characters read and decoded so far, those that turned out to be nothing too: part of the work budget. */
  readonly work: number
}
