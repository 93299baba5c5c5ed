/** Scripts written without spaces between words: one character there says as much as several letters. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Hangul}]/u
const LETTER = /[\p{L}\p{N}]/u

/** `letter` counts once, `syllable` as {@link SYLLABLE_WEIGHT} letters, `other` is passed over. */
export type LetterKind = 'other' | 'letter' | 'syllable'

/** Letters that a character of a script without spaces counts for: two such characters are about a word. */
export const SYLLABLE_WEIGHT = 3

const OTHER_CODE = 1
const LETTER_CODE = 2
const SYLLABLE_CODE = 3
const known = new Uint8Array(0x10000)

/** What a character is to the comparison of copies, which looks at letters and digits alone. */
export function letterKind(codePoint: number): LetterKind {
  if (codePoint > 0xffff) return classify(codePoint)
  const code = (known[codePoint] ||= codeOf(classify(codePoint)))
  return code === LETTER_CODE ? 'letter' : code === SYLLABLE_CODE ? 'syllable' : 'other'
}

function codeOf(kind: LetterKind): number {
  return kind === 'letter' ? LETTER_CODE : kind === 'syllable' ? SYLLABLE_CODE : OTHER_CODE
}

function classify(codePoint: number): LetterKind {
  const character = String.fromCodePoint(codePoint)
  if (!LETTER.test(character)) return 'other'
  return UNSPACED.test(character) ? 'syllable' : 'letter'
}
