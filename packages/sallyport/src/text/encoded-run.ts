/** A run of the text that decodes to other text. Indices are into the window the finder was given. */
export interface EncodedRun {
  readonly encoding: string
  readonly start: number
  readonly end: number
  /** What it says, not folded. */
  readonly text: string
  /** For encodings that go character by character: where each code unit of `text` comes from, and which were encoded. */
  readonly units?: readonly DecodedUnit[]
}

export interface DecodedUnit {
  readonly start: number
  readonly end: number
  readonly encoded: boolean
}

/** What has been read of a text and is kept: a finder may look back before `from`, but reports only runs from there on. */
export interface TextWindow {
  readonly text: string
  /** Index of the first character this finder has not settled. */
  readonly from: number
  /** True when nothing follows. */
  readonly end: boolean
}

/**
 * Finds runs of one kind. Returns the index from which it must see the text again: the start of the earliest run that is still
 * open, else the end of the window. What it reports must not depend on where windows end.
 */
export type RunFinder = (window: TextWindow, report: (run: EncodedRun) => unknown) => number

/** Longer runs are decoded in pieces of this many characters. */
export const PIECE = 4096
