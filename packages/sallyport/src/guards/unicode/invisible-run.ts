import {
  isEmoji,
  isHan,
  isHangulJamo,
  isHieroglyph,
  isInvisible,
  isKhmer,
  isLetter,
  isMark,
  isMongolian,
  isMusical,
  isPictograph,
  isRemovable,
  isShorthand,
  isSymbol,
  RIGHT_TO_LEFT,
  takesStandardVariation,
  usesJoiners,
  usesZeroWidthSpace,
} from './characters.ts'
import { spellsText } from './hidden-payload.ts'
import {
  codePointAt,
  codePointBefore,
  codePointsBefore,
  type Found,
  leftContext,
  NO_CODE_POINT,
  RUN_LIMIT,
  type Step,
  type TextWindow,
  widthOf,
} from './text-window.ts'

/** How far after a direction mark a right-to-left letter excuses it. */
const MARK_LOOKAHEAD = 32

/** Judges a run of invisible characters: what spelling, emoji or typography needs stays, the rest is reported. */
export function inspectInvisibleRun(window: TextWindow, start: number): Step | undefined {
  const end = endOfRun(window, start)
  if (end === undefined) return undefined
  const flag = flagLength(window, start, end)
  const from = start + flag
  const run = window.text.slice(from, end)
  if (run.length > 2 && spellsText(run))
    return { next: end, found: [{ start: from, end, code: 'hidden-text', confidence: 0.98, replacement: '' }] }
  const found: Found[] = []
  for (let index = from; index < end;) {
    const codePoint = window.text.codePointAt(index) ?? 0
    const next = index + widthOf(codePoint)
    const judged = judge(window, index, codePoint)
    if (judged === undefined) return undefined
    if (judged !== 'fine') append(found, { start: index, end: next, replacement: '', ...judged })
    index = next
  }
  return { next: end, found }
}

type Judgement = { readonly code: string; readonly confidence: number } | 'fine' | undefined

const ZERO_WIDTH = { code: 'zero-width', confidence: 0.8 } as const
const STRAY_SELECTOR = { code: 'variation-selectors', confidence: 0.8 } as const

function judge(window: TextWindow, index: number, codePoint: number): Judgement {
  const before = codePointBefore(window, index)
  const after = codePointAt(window, index + widthOf(codePoint))
  if (after === undefined) return undefined
  const beside = (is: (codePoint: number) => boolean): boolean => is(before) || is(after)
  switch (codePoint) {
    case 0x00ad:
      return judgeSoftHyphen(window, index)
    case 0x034f: // Combining grapheme joiner: keeps marks in order, as in pointed Hebrew.
      return isMark(before) && !isInvisible(before) && isMark(after) && !isInvisible(after) ? 'fine' : ZERO_WIDTH
    case 0x061c:
    case 0x200e:
    case 0x200f:
      return judgeDirectionMark(window, index)
    case 0x115f:
    case 0x1160:
    case 0x3164:
    case 0xffa0:
      return beside(isHangulJamo) && !beside(isRemovable) ? 'fine' : ZERO_WIDTH
    case 0x17b4:
    case 0x17b5:
      return isKhmer(before) ? 'fine' : ZERO_WIDTH
    case 0x180e:
      return isJoinedMongolian(baseBefore(window, index), after) ? 'fine' : ZERO_WIDTH
    case 0x200b:
      return beside(usesZeroWidthSpace) && !beside(isRemovable) ? 'fine' : ZERO_WIDTH
    case 0x200c:
      return isJoinedSpelling(window, index, after) ? 'fine' : ZERO_WIDTH
    case 0x200d:
      return isJoinedSpelling(window, index, after) || isJoinedEmoji(window, index, after) ? 'fine' : ZERO_WIDTH
    case 0x2061: // Invisible operators of mathematical notation: f(x), 2x, the indexes 1,2 and a mixed fraction.
    case 0x2062:
    case 0x2063:
    case 0x2064:
      return isMathOperator(codePoint, before, after) ? 'fine' : ZERO_WIDTH
    case 0xfeff:
      return window.base + index === 0 ? 'fine' : ZERO_WIDTH
    default:
  }
  if (isSelector(codePoint)) return !isRemovable(before) && takesSelector(before, codePoint) ? 'fine' : STRAY_SELECTOR
  if (codePoint >= 0xe0000 && codePoint <= 0xe007f) return { code: 'tag-characters', confidence: 0.95 }
  if (codePoint >= 0x1d173 && codePoint <= 0x1d17a && beside(isMusical)) return 'fine'
  if (codePoint >= 0x1bca0 && codePoint <= 0x1bca3 && beside(isShorthand)) return 'fine'
  return ZERO_WIDTH
}

function isSelector(codePoint: number): boolean {
  return (
    (codePoint >= 0x180b && codePoint <= 0x180f) ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    (codePoint >= 0xe0100 && codePoint <= 0xe01ef)
  )
}

/** True when a base has a variant under this selector, as far as its kind tells. */
function takesSelector(base: number, selector: number): boolean {
  if (selector <= 0x180f) return isMongolian(base)
  if (selector >= 0xe0100) return isHan(base)
  if (selector >= 0xfe0e) return isEmoji(base) || isSymbol(base) || takesStandardVariation(base)
  return selector <= 0xfe02 ? takesStandardVariation(base) : isHieroglyph(base)
}

/** A hyphenation hint sits inside a word with letters on both sides; hints around single letters cut words apart. */
function judgeSoftHyphen(window: TextWindow, index: number): Judgement {
  const around = [codePointAt(window, index + 1), codePointAt(window, index + 2)]
  if (around.includes(undefined)) return undefined
  const letters = [...codePointsBefore(window, index), ...around]
  const isInsideWord = letters.every(
    (codePoint) => codePoint !== undefined && !isInvisible(codePoint) && (isLetter(codePoint) || isMark(codePoint)),
  )
  return isInsideWord && letters.length === 4 ? { code: 'soft-hyphen', confidence: 0.2 } : ZERO_WIDTH
}

function judgeDirectionMark(window: TextWindow, index: number): Judgement {
  if (RIGHT_TO_LEFT.test(leftContext(window, index))) return 'fine'
  const ahead = window.text.slice(index + 1, index + 1 + MARK_LOOKAHEAD)
  if (RIGHT_TO_LEFT.test(ahead)) return 'fine'
  return ahead.length < MARK_LOOKAHEAD && !window.end ? undefined : { code: 'bidi-control', confidence: 0.6 }
}

function isJoinedSpelling(window: TextWindow, index: number, after: number): boolean {
  const before = baseBefore(window, index)
  if (isRemovable(before) || isRemovable(after)) return false
  return usesJoiners(before) || usesJoiners(after)
}

function isJoinedEmoji(window: TextWindow, index: number, after: number): boolean {
  const before = baseBefore(window, index)
  return isPictograph(before) && isPictograph(after)
}

function isMathOperator(codePoint: number, before: number, after: number): boolean {
  const isDigit = (at: number): boolean => at >= 0x30 && at <= 0x39
  if (codePoint === 0x2061) return isLetter(before) && after === 0x28
  if (codePoint === 0x2062) return (isDigit(before) || before === 0x29) && (isLetter(after) || after === 0x28)
  if (codePoint === 0x2063) return isDigit(before) && isDigit(after)
  return isDigit(before) && ((after >= 0xbc && after <= 0xbe) || (after >= 0x2150 && after <= 0x215f))
}

function isJoinedMongolian(before: number, after: number): boolean {
  return isMongolian(before) && !isRemovable(before) && isMongolian(after) && !isRemovable(after)
}

/** The character before, past one variation selector. */
function baseBefore(window: TextWindow, index: number): number {
  const [before = NO_CODE_POINT, second = NO_CODE_POINT] = codePointsBefore(window, index)
  return isSelector(before) && before < 0xe0100 ? second : before
}

/** Emoji flags of subdivisions with pictures: England, Scotland, Wales, Northern Ireland and the US states. */
const SUBDIVISION_FLAG =
  /^\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073}|\u{E006E}\u{E0069}\u{E0072})\u{E007F}|^\u{E0075}\u{E0073}[\u{E0061}-\u{E007A}]{2}\u{E007F}/u

function flagLength(window: TextWindow, start: number, end: number): number {
  if (codePointBefore(window, start) !== 0x1f3f4) return 0
  return SUBDIVISION_FLAG.exec(window.text.slice(start, end))?.[0].length ?? 0
}

function endOfRun(window: TextWindow, start: number): number | undefined {
  let index = start
  while (index - start < RUN_LIMIT) {
    const codePoint = codePointAt(window, index)
    if (codePoint === undefined) return undefined
    if (!isInvisible(codePoint)) break
    index += widthOf(codePoint)
  }
  return index
}

/** Joins neighbours of one kind, so that a run is one match. */
function append(found: Found[], next: Found): void {
  const last = found.at(-1)
  if (last !== undefined && last.end === next.start && last.code === next.code)
    found[found.length - 1] = { ...last, end: next.end }
  else found.push(next)
}
