import { IDEOGRAPH, kindOf } from './tokens.ts'
import { WORD_CLASSES } from './word-classes.data.ts'

/** Weights of the model stand in a table of this many rows; features find theirs by hash. A power of two. */
export const BUCKETS = 1 << 20

/** What a word brings by itself, whatever stands around it. */
export interface WordFeatures {
  /** 32-bit hash, from which the features of neighbours are made. */
  readonly hash: number
  /** Index of its class plus one, 0 for none. */
  readonly kind: number
  /** Row of the word itself, then the rows of its parts. */
  readonly rows: Uint32Array
}

/** How much one part of a word counts, against 1 for the word. */
export function partWeight(parts: number): number {
  return parts === 0 ? 0 : 1 / Math.sqrt(parts + 1)
}

const LONGEST = 24
const STEMS = buildStems()

export function wordFeatures(word: string): WordFeatures {
  const text = normalized(word)
  const hash = hashText(text, 0x811c9dc5)
  const rows = [row(hash)]
  if (text.length > 2 && !text.startsWith('#')) addParts(text, rows)
  return { hash, kind: classOf(text), rows: Uint32Array.from(rows) }
}

/** The row of a feature made of two or three hashes. `kind` keeps features apart that are made of the same words. */
export function joinedRow(kind: number, a: number, b: number, c = 0): number {
  let hash = Math.imul(a ^ (kind * 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul((hash ^ (hash >>> 15)) + b, 0xc2b2ae35)
  hash = Math.imul((hash ^ (hash >>> 13)) + c, 0x27d4eb2f)
  return row(hash ^ (hash >>> 16))
}

/** Classes of words found in unspaced text at `at`, longest first; 0 for none. */
export function ideographClass(text: string, at: number): number {
  for (let length = 6; length >= 1; length--) {
    const kind = STEMS.unspaced.get(text.slice(at, at + length))
    if (kind !== undefined) return kind
  }
  return 0
}

/** Characters an unspaced word of a class may have: what must be there before its first one can be judged. */
export const LONGEST_IDEOGRAPHIC = 6

function row(hash: number): number {
  return (hash ^ (hash >>> 17)) & (BUCKETS - 1)
}

/**
 * Numbers count by their length, so do words with digits in them (escapes, keys) unless their beginning has a class
 * (`base64`), and of overlong words only the beginning is read.
 */
function normalized(word: string): string {
  if (/^\d+$/.test(word)) return `#${Math.min(word.length, 4)}`
  if (/\d/.test(word) && classOf(word) === 0) return `#m${Math.min(word.length, 4)}`
  return word.length > LONGEST ? word.slice(0, LONGEST) : word
}

/** Three to five characters of an ASCII word with its edges, two to four of others, whose letters say more. */
function addParts(text: string, rows: number[]): void {
  const edged = `<${text}>`
  const shortest = text.charCodeAt(0) < 128 ? 3 : 2
  for (let length = shortest; length < shortest + 3; length++) {
    for (let at = 0; at + length <= edged.length; at++) {
      rows.push(row(hashText(edged.slice(at, at + length), 0x2f0b4c47)))
    }
  }
}

function hashText(text: string, seed: number): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

function classOf(word: string): number {
  const whole = STEMS.whole.get(word)
  if (whole !== undefined) return whole
  const bare = withoutArticle(word)
  for (let length = Math.min(bare.length, 16); length >= 2; length--) {
    const kind = STEMS.begin.get(bare.slice(0, length))
    if (kind !== undefined) return kind
  }
  return bare === word ? 0 : (STEMS.whole.get(bare) ?? 0)
}

/** Arabic writes the article and some prepositions on the noun. */
function withoutArticle(word: string): string {
  const code = word.charCodeAt(0)
  if (code < 0x600 || code > 0x6ff) return word
  const found = /^(?:و|ف|ب|ك|ل)?(?:ال|لل)(?=.{3})/.exec(word)
  return found === null || STEMS.begin.has(word.slice(0, 5)) ? word : word.slice(found[0].length)
}

interface Stems {
  readonly whole: ReadonlyMap<string, number>
  readonly begin: ReadonlyMap<string, number>
  readonly unspaced: ReadonlyMap<string, number>
}

function buildStems(): Stems {
  const whole = new Map<string, number>()
  const begin = new Map<string, number>()
  const unspaced = new Map<string, number>()
  Object.values(WORD_CLASSES).forEach((stems, index) => {
    for (const stem of stems.split(' ')) {
      const target = kindOf(stem.charCodeAt(0)) === IDEOGRAPH ? unspaced : stem.endsWith('.') ? whole : begin
      const key = stem.endsWith('.') ? stem.slice(0, -1) : stem
      if (key !== '' && !target.has(key)) target.set(key, index + 1)
    }
  })
  return { whole, begin, unspaced }
}
