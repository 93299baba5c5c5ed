import { isInvisible, isMark } from './characters.ts'
import { codePointAt, codePointBefore, RUN_LIMIT, type Step, type TextWindow, widthOf } from './text-window.ts'

/** Marks that go with any script; no orthography stacks more than four of them. */
const COMMON_MARK = /^[\p{Script=Inherited}\u0483-\u0489]$/u
const COMMON_LIMIT = 4
/** Tibetan and other stacks build syllables of their own marks. */
const OWN_LIMIT = 8
const KEPT = 2

/** Judges a run of combining marks: a flood (Zalgo text) keeps its first two marks and loses the others. */
export function inspectCombiningMarks(window: TextWindow, start: number): Step | undefined {
  const ends: number[] = []
  let common = 0
  let index = start
  while (index - start < RUN_LIMIT) {
    const codePoint = codePointAt(window, index)
    if (codePoint === undefined) return undefined
    if (!isMark(codePoint) || isInvisible(codePoint)) break
    if (COMMON_MARK.test(String.fromCodePoint(codePoint))) common += 1
    index += widthOf(codePoint)
    ends.push(index)
  }
  // A run cut at the limit goes on: nothing of its rest is kept.
  const before = codePointBefore(window.text, start)
  const isRest = isMark(before) && !isInvisible(before)
  if (!isRest && common <= COMMON_LIMIT && ends.length <= OWN_LIMIT)
    return { next: Math.max(index, start + 1), found: [] }
  const from = isRest ? start : (ends[KEPT - 1] ?? start)
  return {
    next: index,
    found: [{ start: from, end: index, code: 'combining-flood', confidence: 0.9, replacement: '' }],
  }
}
