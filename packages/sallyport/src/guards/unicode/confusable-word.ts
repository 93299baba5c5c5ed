import { isInvisible } from './characters.ts'
import { LOOK_ALIKES } from './look-alikes.data.ts'
import { codePointAt, leftContext, type Step, type TextWindow, widthOf } from './text-window.ts'

const TABLE = new Map(Object.entries(LOOK_ALIKES))
const WORD_LIMIT = 32

/** Every look-alike letter, as the inside of a character class. */
export const LOOK_ALIKE_LETTERS = Array.from(TABLE.keys()).join('')

const LATIN = /^\p{Script=Latin}$/u
const WORD_CHARACTER = /^[\p{L}\p{Nd}]$/u

/**
 * Judges the rest of a word from its first look-alike letter on: reported when the word has Latin letters and every
 * other letter of it passes for one. A word that merely mixes alphabets (`kΩ`, a Russian ending on an English name)
 * has letters that deceive nobody and stays.
 */
export function inspectConfusableWord(window: TextWindow, start: number): Step | undefined {
  const head = /[\p{L}\p{Nd}]*$/u.exec(leftContext(window, start))?.[0] ?? ''
  let latin = 0
  let lookAlike = 0
  let replacement = ''
  let isDeceptive = true
  for (const letter of head) if (LATIN.test(letter)) latin += 1
  let index = start
  while (index - start < WORD_LIMIT) {
    const codePoint = codePointAt(window, index)
    if (codePoint === undefined) return undefined
    const letter = codePoint < 0 ? '' : String.fromCodePoint(codePoint)
    if (!WORD_CHARACTER.test(letter) || isInvisible(codePoint)) break
    const twin = TABLE.get(letter)
    if (twin !== undefined) lookAlike += 1
    else if (LATIN.test(letter)) latin += 1
    else if (!/\p{Nd}/u.test(letter)) isDeceptive = false
    replacement += twin ?? letter
    index += widthOf(codePoint)
  }
  const next = Math.max(index, start + 1)
  if (!isDeceptive || latin === 0 || latin + lookAlike < 3 || (latin === 1 && lookAlike === 1))
    return { next, found: [] }
  return { next, found: [{ start, end: index, code: 'confusable-mixed-script', confidence: 0.45, replacement }] }
}
