import { PIECE, type EncodedRun, type RunFinder } from './encoded-run.ts'
import { isReadable, textOfBytes } from './readable.ts'

const MIN_RUN = 16
const RUN_CHARACTER = /[A-Za-z0-9+/_-]/
const RUN_CODES = Uint8Array.from({ length: 128 }, (_, code) => Number(RUN_CHARACTER.test(String.fromCharCode(code))))
/** Encoders break lines at 64 or 76 characters. */
const LINE_BREAK = /\r?\n[ \t]{0,8}(?=[A-Za-z0-9+/_-]{4})/y
const LINE = /[A-Za-z0-9+/_-]{4,}/y
const MAY_CONTINUE = /^=*(?:\r?|\r?\n[ \t]{0,8}[A-Za-z0-9+/_-]{0,3})$/
const MIN_LINE = 40
/** A piece after the first is decoded with the end of the one before, so that no phrase falls between them. */
const OVERLAP = 256

/**
 * Finds runs of at least 16 characters of base64, base64url, base32, hexadecimal or binary digits, over line breaks too. Runs longer
 * than 4,096 characters are decoded in pieces which overlap.
 */
export const findBase64: RunFinder = ({ text, from, end }, report) => {
  let at = from
  for (;;) {
    const start = nextRun(text, at)
    if (start === undefined) break
    let stop = runEnd(text, start)
    let line = stop - start
    while (line >= MIN_LINE) {
      LINE_BREAK.lastIndex = stop
      const lineBreak = LINE_BREAK.exec(text)
      if (lineBreak === null) break
      LINE.lastIndex = stop + lineBreak[0].length
      line = LINE.exec(text)?.[0].length ?? 0
      stop += lineBreak[0].length + line
    }
    if (stop - start > PIECE) stop = start + PIECE
    else if (!end && text.length - stop <= 16 && (line >= MIN_LINE ? MAY_CONTINUE : /^=*$/).test(text.slice(stop)))
      return start
    while (text.charAt(stop) === '=' && stop - start < PIECE) stop++
    let first = start
    while (first > 0 && start - first < OVERLAP && /[A-Za-z0-9+/_\s-]/.test(text.charAt(first - 1))) {
      if (first === start && !RUN_CHARACTER.test(text.charAt(first - 1))) break
      first--
    }
    const decoded = decode(text.slice(first, stop).replaceAll(/[\s=]/g, ''))
    if (decoded !== undefined) report({ ...decoded, start, end: stop })
    at = stop
  }
  if (end) return text.length
  let open = text.length
  while (open > at && text.length - open < MIN_RUN && RUN_CHARACTER.test(text.charAt(open - 1))) open--
  return open
}

/** Start of the next run. Every run holds a character at a multiple of its least length from `from`: only those are probed. */
function nextRun(text: string, from: number): number | undefined {
  let least = from
  for (let probe = from + MIN_RUN - 1; probe < text.length;) {
    if (!isRunCode(text.charCodeAt(probe))) {
      least = probe + 1
      probe += MIN_RUN
      continue
    }
    let start = probe
    while (start > least && isRunCode(text.charCodeAt(start - 1))) start--
    let stop = probe + 1
    while (stop < text.length && stop - start < MIN_RUN && isRunCode(text.charCodeAt(stop))) stop++
    if (stop - start >= MIN_RUN) return start
    least = stop
    probe = stop + MIN_RUN
  }
  return undefined
}

function runEnd(text: string, start: number): number {
  let stop = start
  while (stop < text.length && stop - start <= PIECE && isRunCode(text.charCodeAt(stop))) stop++
  return stop
}

function isRunCode(code: number): boolean {
  return RUN_CODES[code] === 1
}

function decode(run: string): Pick<EncodedRun, 'encoding' | 'text'> | undefined {
  if (/^[01]+$/.test(run)) return run.length < 32 ? undefined : readable('binary', bytesOfDigits(run, 2, 8))
  if (/^[0-9a-fA-F]+$/.test(run)) {
    return readable('hex', bytesOfDigits(run, 16, 2)) ?? readable('hex', bytesOfDigits(run.slice(1), 16, 2))
  }
  if (/^[A-Z2-7]+$/.test(run)) return readable('base32', bytesOfBits(run, BASE32, 5))
  if (!/[a-z]/.test(run) || !/[A-Z0-9+/]/.test(run)) return undefined
  for (let skip = 0; skip < 4; skip++) {
    const decoded = readable('base64', bytesOfBits(skip === 0 ? run : run.slice(skip), BASE64, 6))
    if (decoded !== undefined) return decoded
  }
  // In paths, queries and identifiers the separators are of the alphabet, too.
  const part = run.split(/[/_-]/).find((piece) => piece.length >= MIN_RUN && piece.length < run.length)
  return part === undefined ? undefined : readable('base64', bytesOfBits(part, BASE64, 6))
}

function readable(encoding: string, bytes: Uint8Array): Pick<EncodedRun, 'encoding' | 'text'> | undefined {
  const text = textOfBytes(bytes)
  return isReadable(text) ? { encoding, text } : undefined
}

function bytesOfDigits(digits: string, radix: number, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor(digits.length / width))
  for (let at = 0; at < bytes.length; at++)
    bytes[at] = Number.parseInt(digits.slice(at * width, at * width + width), radix)
  return bytes
}

const BASE64 = valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
BASE64[45] = 62
BASE64[95] = 63
const BASE32 = valuesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')

function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128)
  for (let at = 0; at < alphabet.length; at++) values[alphabet.charCodeAt(at)] = at
  return values
}

function bytesOfBits(run: string, values: Uint8Array, width: number): Uint8Array {
  const bytes = new Uint8Array(Math.floor((run.length * width) / 8))
  let bits = 0
  let held = 0
  let next = 0
  for (let at = 0; at < run.length; at++) {
    bits = ((bits << width) | (values[run.charCodeAt(at)] ?? 0)) & 0xffff
    held += width
    if (held < 8) continue
    held -= 8
    bytes[next++] = (bits >> held) & 255
  }
  return bytes
}
