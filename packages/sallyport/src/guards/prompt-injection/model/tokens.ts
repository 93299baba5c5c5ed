/** What a code unit is to the model. */
export const SPACE = 1
export const WORD = 2
export const IDEOGRAPH = 3
export const MARK = 4
export const NEWLINE = 5
export type CharacterKind = typeof SPACE | typeof WORD | typeof IDEOGRAPH | typeof MARK | typeof NEWLINE

const kinds = new Uint8Array(0x10000)
const LETTER = /^[\p{L}\p{N}\p{M}]$/u
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]$/u

/** The kind of a UTF-16 code unit of a folded text. Halves of pairs (emoji, rare ideographs) are marks. */
export function kindOf(code: number): CharacterKind {
  const known = kinds[code]
  if (known !== 0) return known as CharacterKind
  const kind = classify(code)
  kinds[code] = kind
  return kind
}

function classify(code: number): CharacterKind {
  if (code === 10) return NEWLINE
  if (code <= 32) return SPACE
  if (code === 95) return WORD
  const character = String.fromCharCode(code)
  if (UNSPACED.test(character)) return IDEOGRAPH
  return LETTER.test(character) ? WORD : MARK
}

/** True for what ends a sentence when no word goes on right behind it. */
export function endsSentence(code: number): boolean {
  return (
    code === 46 || code === 33 || code === 63 || code === 0x3002 || code === 0x964 || code === 0x61f || code === 0x6d4
  )
}
