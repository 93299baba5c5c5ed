import { COMMON_WORDS } from './common-words.data.ts'
import type { RunFinder } from './encoded-run.ts'

/** A run ends this many characters after its last telling word, or when two plain English words follow it. */
const REACH = 80
const MAX_RUN = 2048
/** Text before the first telling word that is turned along. */
const CONTEXT = 96
const MIN_HITS = 2
const MIN_LETTERS = 8
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
 * English words that only read that way open a run; it ends where plain English, or 80 characters without such a word, follow.
 */
export const findCiphers: RunFinder = ({ text, from, end }, report) => {
  let at = from
  for (;;) {
    const first = nextHit(text, at, end)
    if (first === undefined) return end ? text.length : lastWordStart(text, at)
    const run = readRun(text, first, end)
    if (run === undefined) return first.start
    if (run.hits >= MIN_HITS && run.letters >= MIN_LETTERS) {
      const { encoding, turn } = first.cipher
      const turned = turn(text.slice(Math.max(0, first.start - CONTEXT), run.end))
      report({ encoding, start: first.start, end: run.end, text: turned })
      at = run.end
    } else at = first.end
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

function nextHit(text: string, from: number, end: boolean): Hit | undefined {
  for (let word = nextWord(text, from, end); word !== undefined; word = nextWord(text, word.end, end)) {
    const cipher = cipherOf(text, word)
    if (cipher !== undefined) return { cipher, start: word.start, end: word.end }
  }
  return undefined
}

function readRun(text: string, first: Hit, end: boolean): { end: number; hits: number; letters: number } | undefined {
  const seen = new Set([text.slice(first.start, first.end).toLowerCase()])
  let last = first.end
  let plain = 0
  let letters = first.end - first.start
  for (let from = first.end; ;) {
    const word = nextWord(text, from, end)
    const limit = Math.min(last + REACH, first.start + MAX_RUN)
    if (word === undefined || word.start >= limit) {
      if (word === undefined && !end && text.length < limit + LONGEST_WORD) return undefined
      return { end: Math.min(limit, text.length), hits: seen.size, letters }
    }
    from = word.end
    if ((word.kind & PLAIN) !== 0 && first.cipher !== upsideDown && isPlain(text, word)) {
      if (++plain === 2) return { end: last, hits: seen.size, letters }
    } else if (cipherOf(text, word) === first.cipher) {
      last = word.end
      plain = 0
      const hit = text.slice(word.start, word.end).toLowerCase()
      if (!seen.has(hit)) letters += hit.length
      seen.add(hit)
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

const plainWords = new Set(COMMON_WORDS)

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

/** Start of the word that may go on. */
function lastWordStart(text: string, from: number): number {
  let at = text.length
  while (at > from && text.length - at < LONGEST_WORD && isLetter(text.charCodeAt(at - 1))) at--
  return at
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122 ? code < 128 : code >= 0x180 && code <= 0x2af ? true : code === 0x1d09
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
  add(COMMON_WORDS, PLAIN)
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
  return new Set(COMMON_WORDS.map(cipher).filter((word) => !natural.has(word) && !COMMON_WORDS.includes(word)))
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
