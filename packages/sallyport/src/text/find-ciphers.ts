import { COMMON_FOREIGN_WORDS, COMMON_WORDS } from './common-words.data.ts'
import type { RunFinder } from './encoded-run.ts'

/** A run ends this many characters after its last telling word, or when two plain words follow it. */
const REACH = 80
const MAX_RUN = 2048
/** Text before the first telling word that is turned along. */
const CONTEXT = 96
const MIN_HITS = 2
const ALL_WORDS = [...COMMON_WORDS, ...COMMON_FOREIGN_WORDS]
/** The second telling word must come within this many characters of the first. */
const NEAR = 160
const LONGEST_WORD = 24

interface Cipher {
  readonly encoding: string
  readonly turn: (text: string) => string
  /** Common words as they look enciphered. */
  readonly words: ReadonlySet<string>
}

const rot13: Cipher = { encoding: 'rot13', turn: rotate, words: enciphered(rotate) }
const reversed: Cipher = { encoding: 'reversed', turn: reverse, words: enciphered(reverse) }
const upsideDown: Cipher = { encoding: 'upside-down', turn: (text) => reverse(upright(text)), words: new Set() }

/** ᴉ, the one turned letter far from the others. */
const TURNED_I = 0x1d09
/** ASCII letters and the blocks that turned letters are from. */
const LETTERS = Uint8Array.from({ length: 0x2b0 }, (_, code) =>
  Number(code < 128 ? /[a-z]/i.test(String.fromCharCode(code)) : code >= 0x180),
)

const PLAIN = 1
const ROT13 = 2
const REVERSED = 4
const UPSIDE_DOWN = 8

/** One bit for each list a word of that hash may stand in, so that prose costs one look-up a word. */
const kinds = kindsByHash()

/** Characters that only upside-down text has many of. */
const TURNED = new Map([...'ɐɔǝɟƃɓɥᴉıɾʞןꞁɯɹʇʌʍʎ˙¿¡'].map((turned, at) => [turned, 'acefgghiijkllmrtvwy.?!'.charAt(at)]))
const TURNED_PAIRS: Readonly<Record<string, string>> = {
  n: 'u',
  u: 'n',
  p: 'd',
  d: 'p',
  b: 'q',
  q: 'b',
  '6': '9',
  '9': '6',
}
const TURNED_LETTER = /[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]/

/**
 * Finds text that was put through a whole-text cipher: ROT13, reversed, or upside-down letters. Two common
 * words that only read that way open a run; it ends where plain text, or 80 characters without such a word, follow.
 */
export const findCiphers: RunFinder = ({ text, from, end }, report) => {
  let at = from
  for (;;) {
    const first = nextHit(text, at, end)
    if (typeof first === 'number') return first
    const run = readRun(text, first, end)
    if (run === undefined) return first.start
    if (run.hits >= MIN_HITS) {
      const { encoding, turn } = first.cipher
      const turned = turn(text.slice(Math.max(0, first.start - CONTEXT), run.end))
      report({ encoding, start: first.start, end: run.end, text: turned })
      at = run.end
    } else at = run.next
  }
}

interface Hit {
  readonly cipher: Cipher
  readonly start: number
  readonly end: number
}

interface Word {
  readonly start: number
  readonly end: number
  readonly kind: number
}

/** The next telling word, or the index from which the text must be seen again. */
function nextHit(text: string, from: number, end: boolean): Hit | number {
  let start = from
  let hash = 0
  let kind = 0
  // One pass over every character of every text: no calls, no objects until a word may tell.
  for (let at = from; at <= text.length; at++) {
    const code = text.charCodeAt(at)
    const letter = code < LETTERS.length ? (LETTERS[code] ?? 0) : Number(code === TURNED_I)
    if (letter !== 0 && at - start < LONGEST_WORD) {
      if (code > 127) kind |= UPSIDE_DOWN
      hash = (hash * 31 + (code | 32)) & 0xffff
      continue
    }
    if (at === text.length && !end) return start
    const all = kind | (kinds[hash] ?? 0)
    if (all > PLAIN && at > start) {
      const cipher = cipherOf(text, { start, end: at, kind: all })
      if (cipher !== undefined) return { cipher, start, end: at }
    }
    start = letter === 0 ? at + 1 : at
    hash = letter === 0 ? 0 : (code | 32) & 0xffff
    kind = letter !== 0 && code > 127 ? UPSIDE_DOWN : 0
  }
  return text.length
}

interface Run {
  readonly end: number
  readonly hits: number
  /** Where to go on when there were too few hits: the first telling word of another cipher, or after the last one. */
  readonly next: number
}

function readRun(text: string, first: Hit, end: boolean): Run | undefined {
  const seen = new Set([text.slice(first.start, first.end).toLowerCase()])
  let last = first.end
  let plain = 0
  let other: number | undefined
  for (let from = first.end; ;) {
    const word = nextWord(text, from, end)
    // Looking at most so far ahead for a second word keeps the cost linear where one word comes again and again.
    const limit = Math.min(last + REACH, first.start + (seen.size < MIN_HITS ? NEAR : MAX_RUN))
    if (word === undefined || word.start >= limit) {
      if (word === undefined && !end && text.length < limit + LONGEST_WORD) return undefined
      return { end: Math.min(limit, text.length), hits: seen.size, next: other ?? last }
    }
    from = word.end
    if ((word.kind & PLAIN) !== 0 && first.cipher !== upsideDown && isPlain(text, word)) {
      if (++plain === 2) return { end: last, hits: seen.size, next: other ?? last }
      continue
    }
    const cipher = cipherOf(text, word)
    if (cipher !== undefined && cipher !== first.cipher) other ??= word.start
    if (cipher === first.cipher) {
      last = word.end
      plain = 0
      seen.add(text.slice(word.start, word.end).toLowerCase())
    }
  }
}

function cipherOf(text: string, word: Word): Cipher | undefined {
  if (word.kind <= PLAIN) return undefined
  const letters = text.slice(word.start, word.end).toLowerCase()
  if ((word.kind & UPSIDE_DOWN) !== 0) return letters.length > 2 && TURNED_LETTER.test(letters) ? upsideDown : undefined
  if ((word.kind & ROT13) !== 0 && rot13.words.has(letters)) return rot13
  return (word.kind & REVERSED) !== 0 && reversed.words.has(letters) ? reversed : undefined
}

const plainWords = new Set(ALL_WORDS)

function isPlain(text: string, word: Word): boolean {
  return plainWords.has(text.slice(word.start, word.end).toLowerCase())
}

/** The next whole word; undefined when none is known to have ended. */
function nextWord(text: string, from: number, end: boolean): Word | undefined {
  let at = from
  while (at < text.length && !isLetter(text.charCodeAt(at))) at++
  if (at === text.length) return undefined
  const start = at
  let hash = 0
  let kind = 0
  for (; at < text.length && at - start < LONGEST_WORD; at++) {
    const code = text.charCodeAt(at)
    if (!isLetter(code)) break
    if (code > 127) kind |= UPSIDE_DOWN
    hash = nextHash(hash, code)
  }
  if (at === text.length && at - start < LONGEST_WORD && !end) return undefined
  return { start, end: at, kind: kind | (kinds[hash] ?? 0) }
}

function isLetter(code: number): boolean {
  return LETTERS[code] === 1 || code === TURNED_I
}

function nextHash(hash: number, code: number): number {
  return (hash * 31 + (code | 32)) & 0xffff
}

function kindsByHash(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const add = (words: Iterable<string>, kind: number): void => {
    for (const word of words) {
      let hash = 0
      for (let at = 0; at < word.length; at++) hash = nextHash(hash, word.charCodeAt(at))
      table[hash] = (table[hash] ?? 0) | kind
    }
  }
  add(ALL_WORDS, PLAIN)
  add(rot13.words, ROT13)
  add(reversed.words, REVERSED)
  return table
}

/** Words that are words of some language, or abbreviations, when enciphered. */
function enciphered(cipher: (text: string) => string): ReadonlySet<string> {
  const natural = new Set([
    'dna',
    'era',
    'saw',
    'won',
    'tub',
    'ton',
    'nam',
    'nac',
    'yam',
    'yas',
    'tel',
    'god',
    'nur',
    'ees',
    'abj',
    'pots',
    'loot',
    'edoc',
    'meti',
    'live',
  ])
  return new Set(ALL_WORDS.map(cipher).filter((word) => !natural.has(word) && !ALL_WORDS.includes(word)))
}

function rotate(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })
}

function reverse(text: string): string {
  return [...text].reverse().join('')
}

function upright(text: string): string {
  return [...text].map((letter) => TURNED.get(letter) ?? TURNED_PAIRS[letter] ?? letter).join('')
}
