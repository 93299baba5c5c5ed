/** How far back a decision may look. Fixed, so that it does not depend on how the text was cut into chunks. */
export const LEFT_CONTEXT = 64

/** Longest run reported as one match; longer ones are cut there, so that a stream never waits for their end. */
export const RUN_LIMIT = 1024

/** The part of a text that a scan holds: some decided text for context, then what is still open. */
export interface TextWindow {
  readonly text: string
  /** Absolute offset of `text[0]`. */
  readonly base: number
  /** True when nothing follows. */
  readonly end: boolean
}

/**
 * What a scan step says: where to go on and what it saw, in window indexes; undefined when the answer depends on
 * text that has not come yet.
 */
export interface Step {
  readonly next: number
  readonly found: readonly Found[]
}

export interface Found {
  readonly start: number
  readonly end: number
  readonly code: string
  readonly confidence: number
  readonly replacement: string
}

export const NO_CODE_POINT = -1

/** The code point at `index`: `NO_CODE_POINT` after the end of the text, undefined when it has not come (whole) yet. */
export function codePointAt(window: TextWindow, index: number): number | undefined {
  const { text, end } = window
  if (index >= text.length) return end ? NO_CODE_POINT : undefined
  const codePoint = text.codePointAt(index) ?? NO_CODE_POINT
  const isCutPair = index === text.length - 1 && codePoint >= 0xd800 && codePoint <= 0xdbff
  return isCutPair && !end ? undefined : codePoint
}

/** The code point that ends before `index`, or `NO_CODE_POINT` at the start. */
export function codePointBefore(text: string, index: number): number {
  if (index <= 0) return NO_CODE_POINT
  const unit = text.charCodeAt(index - 1)
  if (unit >= 0xdc00 && unit <= 0xdfff && index > 1) {
    const codePoint = text.codePointAt(index - 2) ?? unit
    if (codePoint > 0xffff) return codePoint
  }
  return unit
}

export function widthOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1
}

/** The text a decision at `index` may look back at. */
export function leftContext(text: string, index: number): string {
  return text.slice(Math.max(0, index - LEFT_CONTEXT), index)
}
