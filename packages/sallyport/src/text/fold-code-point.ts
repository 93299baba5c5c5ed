import { lookalikeOf } from './confusable.ts'
import { LETTER_FOLDS, PUNCTUATION_FOLDS } from './letter-folds.data.ts'

/** What the folded view does with a code point. `text`: it becomes `out`, or stays as it is when that is undefined. */
export type FoldKind = 'text' | 'drop' | 'blank' | 'newline' | 'mark'

export interface FoldedCodePoint {
  readonly kind: FoldKind
  readonly out: string | undefined
  /** Combining marks after it are spelling (Arabic, Hebrew, Indic …) and stay. */
  readonly keepsMarks: boolean
  /** A following mark or jamo may compose with it: kana, Hangul, `и`. */
  readonly composes: boolean
  /** ASCII letters or digits it looks like, for the skeleton view. */
  readonly lookalike: string | undefined
  /** False when only its other case looks like that: `т` by way of `Т`. */
  readonly strict: boolean
}

const NEWLINE = /[\n\r\u0085\u2028\u2029]/u
// White_Space, not \s: that has the byte order mark, too.
const BLANK = /[\p{White_Space}\u2800]/u
const DROPPED = /[\p{Default_Ignorable_Code_Point}\p{Cc}\ufff9-\ufffb]/u
const MARK = /\p{M}/u
const MARKS = /\p{M}+/gu
const DROPS_MARKS =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Coptic}\p{Script=Cherokee}\p{Script=Armenian}]/u
const BARE_LETTER = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Coptic}]/u
const COMPOSES =
  /[\u0418\u0438\p{Script=Hiragana}\p{Script=Katakana}\u1100-\u1112\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}]/u

const plain = (kind: FoldKind): FoldedCodePoint => ({
  kind,
  out: undefined,
  keepsMarks: false,
  composes: false,
  lookalike: undefined,
  strict: false,
})
const DROP = plain('drop')
const SPACE = plain('blank')
const LINE_END = plain('newline')
const COMBINING = plain('mark')
const UNCHANGED = plain('text')
const SPELLED = { ...UNCHANGED, keepsMarks: true }
const JOINED = { ...UNCHANGED, composes: true }
const BOTH = { ...UNCHANGED, keepsMarks: true, composes: true }

/** One page for each 256 code points, filled as they are met; unremarkable ones share an entry, so memory is bounded. */
const pages: (FoldedCodePoint[] | undefined)[] = []

/** How the folded and skeleton views read one code point. */
export function foldCodePoint(codePoint: number): FoldedCodePoint {
  const page = (pages[codePoint >> 8] ??= [])
  return (page[codePoint & 255] ??= classify(codePoint))
}

function classify(codePoint: number): FoldedCodePoint {
  // Half a pair stands for nothing a rule could read.
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return { ...UNCHANGED, out: '\ufffd' }
  const source = String.fromCodePoint(codePoint)
  if (NEWLINE.test(source)) return LINE_END
  if (BLANK.test(source)) return SPACE
  if (DROPPED.test(source)) return DROP
  if (MARK.test(source)) return COMBINING
  const folded = foldText(source, codePoint)
  const keepsMarks = !DROPS_MARKS.test(source)
  const composes = COMPOSES.test(source) || isOpenSyllable(codePoint)
  const { lookalike, strict } = lookalikeOf(source, folded)
  if (folded === source && lookalike === undefined) {
    if (keepsMarks) return composes ? BOTH : SPELLED
    return composes ? JOINED : UNCHANGED
  }
  return { kind: 'text', out: folded === source ? undefined : folded, keepsMarks, composes, lookalike, strict }
}

function foldText(source: string, codePoint: number): string {
  if (/\p{Nd}/u.test(source) && codePoint > 127) return String(digitValue(codePoint))
  const punctuation = PUNCTUATION_FOLDS.get(source)
  if (punctuation !== undefined) return punctuation
  let folded = ''
  for (const character of source.normalize('NFKC').toLowerCase().normalize('NFC')) folded += bareLetter(character)
  // Spacing accents decompose to a blank and a mark: nothing a word is made of.
  return folded.trim() === '' ? source : folded.trim()
}

function bareLetter(character: string): string {
  const special = LETTER_FOLDS.get(character) ?? PUNCTUATION_FOLDS.get(character)
  if (special !== undefined) return special
  if (character === 'й') return character
  const bare = character.normalize('NFD')
  if (!BARE_LETTER.test(bare) && !MARK.test(bare.charAt(0)) && bare.charAt(0) !== ' ') return character
  const letter = bare.replace(MARKS, '')
  return LETTER_FOLDS.get(letter) ?? letter
}

/** Decimal digits stand in the code chart in rows of ten. */
function digitValue(codePoint: number): number {
  let first = codePoint
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first--
  return (codePoint - first) % 10
}

/** A precomposed Hangul syllable without a final consonant, to which one may be added. */
function isOpenSyllable(codePoint: number): boolean {
  return codePoint >= 0xac00 && codePoint <= 0xd7a3 && (codePoint - 0xac00) % 28 === 0
}
