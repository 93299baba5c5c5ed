/** Characters a leetspeak word is made of. */
export const LEET_TOKEN = /[a-z0-9@$!|+(]/

const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '+': 't',
  '(': 'c',
}

const VOWEL = /[aeiou034@]/
const INSIDE = /[a-z][0134578@$]{1,3}[a-z]/
const MIXED = /[a-z][0134578@$!]|[0134578@$!][a-z]/
const LEADING = /^[0134578@$]{1,2}[a-z]{2,}/
const ONE_INSIDE = /^[a-z][0134@][a-z]$/
const ONE_LETTER = /^[013457]{1,4}[a-z][013457]{3,4}$/
const TRAILING_O = /^[a-z]{1,5}0$/
/** 1st, 4th, 5pm, 3d, 10gb, 8bit, 100px … */
const MEASURE =
  /^[0-9]+(?:st|nd|rd|th|am|pm|px|em|rem|pt|x|d|k|m|gb|mb|kb|tb|gib|mib|kib|kg|km|cm|mm|nm|ml|ms|ns|us|hz|khz|mhz|ghz|bit|bits|byte|bytes|min|mins|sec|secs|hr|hrs|day|days|fps|way|ply|fold|year|years)$/
const HEX = /^[0-9a-f]{8,}$/

/**
 * True when a token reads as a word once its digits and symbols are letters. `near` says that another such word stands
 * shortly before: then doubtful ones (1n, 0f, c453) count too. Numbers, measures (4th, 10gb), names with a number at the end
 * (sha256, gpt4), hexadecimal strings and whatever has a digit that is no letter (2, 6, 9) never do.
 */
export function isLeet(token: string, near: boolean): boolean {
  if (!MIXED.test(token) || MEASURE.test(token) || HEX.test(token) || /[269]/.test(token)) return false
  if (near) return true
  const letters = token.replaceAll(/[^a-z]/g, '').length
  if (letters < 2) return TRAILING_O.test(token) || ONE_LETTER.test(token)
  if (INSIDE.test(token)) return letters > 2 || ONE_INSIDE.test(token) || token.length > 3
  return LEADING.test(token) || TRAILING_O.test(token) || /[a-z]![a-z]/.test(token)
}

/** The token's letter at `at`. 1 is i, but l where English needs it: doubled, at the end, before or between vowels. */
export function leetLetter(token: string, at: number): string {
  const character = token.charAt(at)
  if (character !== '1') return LETTERS[character] ?? character
  const before = token.charAt(at - 1)
  const after = token.charAt(at + 1)
  if (before === '1' || after === '1' || (after === '' && before !== '')) return 'l'
  return VOWEL.test(after) && (before === '' || VOWEL.test(before)) ? 'l' : 'i'
}
