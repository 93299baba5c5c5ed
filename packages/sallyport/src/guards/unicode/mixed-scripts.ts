import { INVISIBLE } from './characters.ts'
import { codePointAt, leftContext, type Step, type TextWindow, widthOf } from './text-window.ts'

/** Scripts of which no honest word joins three. Chinese, Japanese, Korean and Thai are left out: they mix in prose. */
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Armenian',
  'Georgian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Tibetan',
  'Myanmar',
  'Ethiopic',
  'Cherokee',
  'Canadian_Aboriginal',
].map((script) => new RegExp(`\\p{Script=${script}}`, 'u'))

const ALPHABETS = '\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}'
const OTHERS =
  '\\p{Script=Bengali}\\p{Script=Malayalam}\\p{Script=Georgian}\\p{Script=Tibetan}\\p{Script=Myanmar}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Sinhala}\\p{Script=Gurmukhi}\\p{Script=Ethiopic}\\p{Script=Canadian_Aboriginal}'

/** Where a word turns from one of the alphabets to another script. */
export const SCRIPT_CHANGE = `(?<=[${ALPHABETS}])[${OTHERS}]`

const WORD_LIMIT = 48
const PLAIN_LETTERS = new RegExp(`^(?:(?![${INVISIBLE}])[\\p{L}\\p{N}])*`, 'u')

/** Judges the rest of a word after a change of script: letters of three scripts and more are an encoding, as in Base2048. */
export function inspectMixedScripts(window: TextWindow, start: number): Step | undefined {
  let index = start
  while (index - start < WORD_LIMIT) {
    const codePoint = codePointAt(window, index)
    if (codePoint === undefined) return undefined
    if (codePoint < 0 || !/^[\p{L}\p{M}\p{N}]$/u.test(String.fromCodePoint(codePoint))) break
    index += widthOf(codePoint)
  }
  const head = /[\p{L}\p{M}\p{N}]*$/u.exec(leftContext(window, start))?.[0] ?? ''
  const word = head + window.text.slice(start, index)
  const scripts = SCRIPTS.filter((script) => script.test(word)).length
  // Marks and what hides among them are looked at in their own right.
  const next = start + Math.max(1, PLAIN_LETTERS.exec(window.text.slice(start, index))?.[0].length ?? 1)
  if (scripts < 3) return { next, found: [] }
  return { next, found: [{ start, end: index, code: 'mixed-script-run', confidence: 0.45, replacement: '' }] }
}
