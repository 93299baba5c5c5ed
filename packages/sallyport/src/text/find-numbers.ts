import type { EncodedRun, RunFinder } from './encoded-run.ts'
import { isReadable, textOfBytes } from './readable.ts'

const TOKEN = '(?:(?:0[xX])?[0-9a-fA-F]{2,3}|[01]{7,8})'
/** Codes of text start with a digit in every notation, which makes lists cheap to look for. */
const LIST = new RegExp(
  `(?:0[xX][0-9a-fA-F]{2,3}|[01]{7,8}|[0-9][0-9a-fA-F]{1,2})(?:[ ,:;\\n-]{1,3}${TOKEN}){3,511}(?![0-9a-zA-Z])`,
  'g',
)
const LIST_CHARACTER = /[0-9a-fA-FxX ,:;\n-]/
/** Three tokens and separators that are no list yet, and the start of the fourth. */
const OPEN_LIST = 48

/** Finds lists of character codes: hexadecimal, decimal, or in bits, parted by blanks, commas, colons or dashes. */
export const findNumbers: RunFinder = ({ text, from, end }, report) => {
  let at = from
  LIST.lastIndex = from
  for (let match = LIST.exec(text); match !== null; match = LIST.exec(text)) {
    if (/[0-9a-zA-Z]/.test(text.charAt(match.index - 1))) {
      LIST.lastIndex = match.index + 1
      continue
    }
    const stop = match.index + match[0].length
    if (!end && stop + 12 > text.length) return match.index
    const decoded = decode(match[0])
    if (decoded !== undefined) report({ ...decoded, start: match.index, end: stop })
    at = stop
  }
  if (end) return text.length
  let open = text.length
  while (open > at && text.length - open < OPEN_LIST && LIST_CHARACTER.test(text.charAt(open - 1))) open--
  while (open < text.length && !(/[0-9]/.test(text.charAt(open)) && !/[0-9a-zA-Z]/.test(text.charAt(open - 1)))) open++
  return open
}

function decode(list: string): Pick<EncodedRun, 'encoding' | 'text'> | undefined {
  const tokens = list.split(/[ ,:;\n-]+/)
  if (tokens.every((token) => /^[01]{7,8}$/.test(token))) return read('binary', tokens, 2)
  if (tokens.length < 8) return undefined
  if (tokens.every((token) => /^[0-9]{2,3}$/.test(token))) {
    const decimal = read('decimal', tokens, 10)
    if (decimal !== undefined) return decimal
  }
  const digits = tokens.map((token) => token.replace(/^0x/i, ''))
  return digits.every((token) => token.length === 2) ? read('hex', digits, 16) : undefined
}

function read(encoding: string, tokens: readonly string[], radix: number): EncodedRun | undefined {
  const values = tokens.map((token) => Number.parseInt(token, radix))
  if (values.some((value) => value > 255)) return undefined
  const text = textOfBytes(Uint8Array.from(values))
  // Lists of measured numbers decode to letters as well, but to few small ones.
  const small = text.match(/[\p{Ll}\p{Lo}\s]/gu)?.length ?? 0
  return isReadable(text) && small / text.length > 0.6 ? { encoding, text, start: 0, end: 0 } : undefined
}
