/** How far back a decision may look. Fixed, so that it does not depend on how the text was cut into chunks. */
export const LEFT_CONTEXT = 64

/** Longest run reported as one match; longer ones are cut there, so that a stream never waits for their end. */
export const RUN_LIMIT = 1024

/** The part of a text that a scan holds, decided up to `from`. */
export interface TextWindow {
  readonly text: string
  /** Absolute offset of `text[0]`. */
  readonly base: number
  readonly from: number
  /**
   * What stands before `from` once hidden characters are removed, up to `LEFT_CONTEXT` units. Decisions lean on this,
   * not on the raw text: else taking a character out could make another one wrong, and cleaning twice would differ.
   */
  readonly left: string
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
export function codePointBefore(window: TextWindow, index: number): number {
  return codePointsBefore(window, index)[0] ?? NO_CODE_POINT
}

/** The two code points in front of `index`, nearest first. */
export function codePointsBefore(window: TextWindow, index: number): readonly number[] {
  const { text, from, left } = window
  const context = index - from >= 4 ? text.slice(index - 4, index) : (left + text.slice(from, index)).slice(-4)
  const codePoints: number[] = []
  for (let end = context.length; end > 0 && codePoints.length < 2;) {
    const pair = end > 1 ? (context.codePointAt(end - 2) ?? 0) : 0
    const codePoint = pair > 0xffff ? pair : context.charCodeAt(end - 1)
    codePoints.push(codePoint)
    end -= widthOf(codePoint)
  }
  return codePoints
}

export function widthOf(codePoint: number): number {
  return codePoint > 0xffff ? 2 : 1
}

/** The text a decision at `index` may look back at. */
export function leftContext({ text, from, left }: TextWindow, index: number): string {
  const own = text.slice(Math.max(from, index - LEFT_CONTEXT), index)
  return own.length === LEFT_CONTEXT ? own : (left + own).slice(-LEFT_CONTEXT)
}
