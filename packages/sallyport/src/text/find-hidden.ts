import type { EncodedRun, RunFinder } from './encoded-run.ts'
import { isReadable, textOfBytes } from './readable.ts'

const CARRIER = /[\ufe00-\ufe0f\udb40\u180e\u200b-\u200f\u2060-\u2064\ufeff]/g
const CARRIERS = /^(?:\udb40|[\udc00-\udfff]|[\ufe00-\ufe0f\u180e\u200b-\u200f\u2060-\u2064\ufeff])*$/
const TAGS = /(?:\udb40[\udc00-\udc7f](?:[^\udb40]{1,4}(?=\udb40[\udc00-\udc7f]))?){2,2048}/y
const SELECTORS = /(?:\udb40[\udd00-\uddef]|[\ufe00-\ufe0f]){3,2048}/y
const ZERO_WIDTH = /[\u180e\u200b-\u200f\u2060-\u2064\ufeff]{14,2048}/y
/** Flags of regions such as Scotland: a black flag, its code in tags, and the cancel tag. */
const TAG_FLAG = /\ud83c\udff4(?:\udb40[\udc30-\udc39\udc61-\udc7a]){3,6}\udb40\udc7f/y
const LONGEST_FLAG = 16

/**
 * Finds text hidden in characters that show nothing: the Tags block, bytes as variation selectors, and bits as zero-width
 * characters or invisible operators. Emoji sequences, flags, joiners in Persian or Indic and ideographic variants are too short
 * or no text, and are not reported.
 */
export const findHidden: RunFinder = ({ text, from, end }, report) => {
  CARRIER.lastIndex = from
  for (let match = CARRIER.exec(text); match !== null; match = CARRIER.exec(text)) {
    const start = match.index
    if (!end && text.charCodeAt(start - 1) === 0xdff4 && start + LONGEST_FLAG > text.length) return start
    const flag = flagAround(text, start)
    if (flag !== undefined) {
      CARRIER.lastIndex = flag
      continue
    }
    const run = runAt(text, start)
    const stop = start + run.length
    // Five more characters show whether spread-out tags go on; two more end every other run.
    const ahead = text.charCodeAt(start) === 0xdb40 ? 7 : 2
    if (!end && (run === '' ? isUnfinished(text.slice(start, start + 33)) : stop + ahead > text.length)) return start
    const decoded = run === '' ? undefined : decode(run)
    if (decoded !== undefined) report({ ...decoded, start, end: stop })
    CARRIER.lastIndex = Math.max(stop, start + 1)
  }
  return text.length
}

/** True when the rest of the text may be the start of a run, or of a flag. */
function isUnfinished(rest: string): boolean {
  return rest.length < (rest.startsWith('\udb40') ? 8 : 32) && (rest.startsWith('\udb40') || CARRIERS.test(rest))
}

/** End of the flag whose first tag is at `start`. */
function flagAround(text: string, start: number): number | undefined {
  if (text.charCodeAt(start - 1) !== 0xdff4) return undefined
  TAG_FLAG.lastIndex = start - 2
  const flag = TAG_FLAG.exec(text)?.[0]
  return flag !== undefined && flag.length <= LONGEST_FLAG ? start - 2 + flag.length : undefined
}

function runAt(text: string, start: number): string {
  for (const pattern of [TAGS, SELECTORS, ZERO_WIDTH]) {
    pattern.lastIndex = start
    const run = pattern.exec(text)?.[0]
    if (run !== undefined) return run
  }
  return ''
}

function decode(run: string): Pick<EncodedRun, 'encoding' | 'text'> | undefined {
  const first = run.codePointAt(0) ?? 0
  if (first >= 0xe0000 && first <= 0xe007f) return tagText(run)
  if (first >= 0xe0100 || (first >= 0xfe00 && first <= 0xfe0f)) return selectorText(run)
  return bitText(run)
}

function tagText(run: string): Pick<EncodedRun, 'encoding' | 'text'> | undefined {
  let text = ''
  for (const character of run) {
    const code = (character.codePointAt(0) ?? 0) - 0xe0000
    if (code >= 32 && code < 127) text += String.fromCharCode(code)
  }
  return text.length < 2 ? undefined : { encoding: 'tag', text }
}

/** VS1 to VS256 stand for the bytes 0 to 255, or VS17 on for characters, or VS1 to VS16 for half bytes. */
function selectorText(run: string): Pick<EncodedRun, 'encoding' | 'text'> | undefined {
  const bytes = [...run].map((character) => {
    const code = character.codePointAt(0) ?? 0
    return code >= 0xe0100 ? code - 0xe0100 + 16 : code - 0xfe00
  })
  const halves = bytes.every((byte) => byte < 16)
    ? bytes.flatMap((byte, at) => (at % 2 === 1 ? [(bytes[at - 1] ?? 0) * 16 + byte] : []))
    : []
  for (const candidate of [bytes, bytes.map((byte) => byte - 16), halves]) {
    const text = textOfBytes(Uint8Array.from(candidate))
    if (isReadable(text)) return { encoding: 'variation-selector', text }
  }
  return undefined
}

/** Two of the characters are the bits, seven or eight a character; a third may part characters. */
function bitText(run: string): Pick<EncodedRun, 'encoding' | 'text'> | undefined {
  const symbols = [...new Set(run)].sort()
  if (symbols.length < 2 || symbols.length > 3) return undefined
  const encoding = symbols.every((symbol) => symbol === '\u2062' || symbol === '\u2064') ? 'sneaky-bits' : 'zero-width'
  for (const zero of symbols) {
    for (const one of symbols) {
      if (zero === one) continue
      const groups = run.split(symbols.find((symbol) => symbol !== zero && symbol !== one) ?? '\n').filter(Boolean)
      const bits = groups.map((group) => [...group].map((symbol) => (symbol === one ? '1' : '0')).join(''))
      for (const width of [8, 7]) {
        const text = textOfBits(bits, width)
        if (isReadable(text)) return { encoding, text }
      }
    }
  }
  return undefined
}

function textOfBits(groups: readonly string[], width: number): string {
  // Groups of one size each are characters; otherwise the separator means nothing.
  const isSplit = groups.length > 3 && groups.every((group) => group.length <= 8)
  const joined = groups.join('')
  const bytes = isSplit ? groups : (joined.match(new RegExp(`[01]{${width}}`, 'g')) ?? [])
  return textOfBytes(Uint8Array.from(bytes, (bits) => Number.parseInt(bits, 2)))
}
