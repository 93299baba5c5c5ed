import { isInvisible, isMark, MARK } from './characters.ts'
import { codePointAt, leftContext, RUN_LIMIT, type Step, type TextWindow, widthOf } from './text-window.ts'

/** Marks that go with any script; no orthography stacks more than four of them. */
const COMMON_MARK = /^[\p{Script=Inherited}\u0483-\u0489]$/u
const COMMON_LIMIT = 4
/** Tibetan and other stacks build syllables of their own marks. */
const OWN_LIMIT = 8
const KEPT = 2
const MARKS_AT_END = new RegExp(`${MARK}{1,16}$`, 'u')

/** Judges a run of combining marks: a flood (Zalgo text) keeps its first two marks and loses the others. */
export function inspectCombiningMarks(window: TextWindow, start: number): Step | undefined {
  const ends: number[] = []
  let index = start
  while (index - start < RUN_LIMIT) {
    const codePoint = codePointAt(window, index)
    if (codePoint === undefined) return undefined
    if (!isMark(codePoint) || isInvisible(codePoint)) break
    index += widthOf(codePoint)
    ends.push(index)
  }
  // Marks in front of the run are there when something between was removed, or when a long run was cut.
  const before = MARKS_AT_END.exec(leftContext(window, start))?.[0] ?? ''
  const marks = Array.from(before + window.text.slice(start, index))
  const common = marks.filter((mark) => COMMON_MARK.test(mark)).length
  if (common <= COMMON_LIMIT && marks.length <= OWN_LIMIT) return { next: Math.max(index, start + 1), found: [] }
  const kept = Math.max(0, KEPT - Array.from(before).length)
  const from = kept === 0 ? start : (ends[kept - 1] ?? index)
  if (from >= index) return { next: Math.max(index, start + 1), found: [] }
  return {
    next: index,
    found: [{ start: from, end: index, code: 'combining-flood', confidence: 0.9, replacement: '' }],
  }
}
