import { skeleton } from '../../text/fold.ts'
import { GramWindow } from './gram-window.ts'
import { letterKind, SYLLABLE_WEIGHT } from './letter.ts'

/** Texts that must not come out, ready to be compared with: where each run of `gram` letters stands in them. */
export interface CopyIndex {
  /** Letters in a row that make a hit. */
  readonly gram: number
  /** All letters of all texts; 0 stands between two texts. */
  readonly letters: Uint32Array
  /** For each letter its word: numbers are unique over all texts. */
  readonly wordOf: Int32Array
  /** For each word its first and last letter and its text. */
  readonly words: readonly { readonly first: number; readonly last: number; readonly text: number }[]
  /** 1 for each letter that ends a run which proves nothing: common phrases, repeated letters. */
  readonly isCommon: Uint8Array
  /** For each text the words that are part of a run which proves something. */
  readonly tellingWords: readonly number[]
  /** Position of the last letter of the first such run, or -1. */
  find(window: GramWindow): number
}

/** Prepares texts. `common` are phrases that many texts share: runs of letters inside one of them are no evidence. */
export function indexCopies(texts: readonly string[], gram: number, common: readonly string[] = []): CopyIndex {
  const letters: number[] = []
  const wordOf: number[] = []
  const words: { first: number; last: number; text: number }[] = []
  for (const [number, text] of texts.entries()) {
    letters.push(0)
    wordOf.push(-1)
    eachLetter(skeleton(text), (letter, startsWord) => {
      if (startsWord) words.push({ first: letters.length, last: letters.length, text: number })
      const word = words.at(-1)
      if (word) word.last = letters.length
      letters.push(letter)
      wordOf.push(words.length - 1)
    })
  }
  const table = new GramTable(Uint32Array.from(letters), gram)
  const isCommon = new Uint8Array(letters.length)
  table.markRepeats(isCommon)
  for (const phrase of common) markGrams(table, gram, skeleton(phrase), isCommon)
  return {
    gram,
    letters: table.letters,
    wordOf: Int32Array.from(wordOf),
    words,
    isCommon,
    tellingWords: countTelling(table.letters, wordOf, words, isCommon, gram, texts.length),
    find: (window) => table.find(window),
  }
}

/** Marks the runs of the index that stand in `text`, which is a skeleton, too. */
export function markKnown(index: CopyIndex, text: string, marks: Uint8Array): void {
  markGrams(index, index.gram, text, marks)
}

function markGrams(table: Pick<CopyIndex, 'find'>, gram: number, text: string, marks: Uint8Array): void {
  const window = new GramWindow(gram)
  eachLetter(text, (letter) => {
    if (!window.push(letter)) return
    const end = table.find(window)
    if (end >= 0) marks[end] = 1
  })
}

/** Calls for each letter or digit; a character of a script without spaces comes several times. */
function eachLetter(text: string, take: (letter: number, startsWord: boolean) => void): void {
  let inWord = false
  let syllables = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code > 0xffff) at++
    const kind = letterKind(code)
    if (kind === 'letter') {
      take(code, !inWord)
      inWord = true
      syllables = 0
    } else if (kind === 'syllable') {
      for (let times = 0; times < SYLLABLE_WEIGHT; times++) take(code, times === 0 && syllables % 2 === 0)
      syllables++
      inWord = false
    } else {
      inWord = false
      syllables = 0
    }
  }
}

function countTelling(
  letters: Uint32Array,
  wordOf: readonly number[],
  words: readonly { readonly text: number }[],
  isCommon: Uint8Array,
  gram: number,
  texts: number,
): number[] {
  const counts = Array.from({ length: texts }, () => 0)
  let lastCounted = -1
  let since = 0
  for (let end = 0; end < letters.length; end++) {
    since = letters[end] === 0 ? 0 : since + 1
    if (since < gram || isCommon[end] === 1) continue
    for (let word = Math.max(lastCounted + 1, wordOf[end - gram + 1] ?? 0); word <= (wordOf[end] ?? -1); word++) {
      const text = words[word]?.text ?? 0
      counts[text] = (counts[text] ?? 0) + 1
      lastCounted = word
    }
  }
  return counts
}

/** Open addressing by the rolling hash; equal runs keep their first place. */
class GramTable {
  readonly letters: Uint32Array
  readonly #slots: Int32Array
  readonly #hashes: Int32Array
  readonly #mask: number

  constructor(letters: Uint32Array, gram: number) {
    this.letters = letters
    let size = 64
    while (size < 2 * letters.length) size *= 2
    this.#mask = size - 1
    this.#slots = new Int32Array(size).fill(-1)
    this.#hashes = new Int32Array(size)
    const window = new GramWindow(gram)
    for (let end = 0; end < letters.length; end++) {
      const letter = letters[end] ?? 0
      if (letter === 0) window.clear()
      else if (window.push(letter)) this.#insert(window, end)
    }
    this.#gram = gram
  }

  readonly #gram: number

  find(window: GramWindow): number {
    const { hash } = window
    for (let slot = spread(hash) & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const end = this.#slots[slot] ?? -1
      if (end < 0) return -1
      if (this.#hashes[slot] === hash && window.equals(this.letters, end)) return end
    }
  }

  /** Marks the runs that are made of few different letters. */
  markRepeats(marks: Uint8Array): void {
    const window = new GramWindow(this.#gram)
    for (const [end, letter] of this.letters.entries()) {
      if (letter === 0) window.clear()
      else if (window.push(letter) && window.isMonotonous) marks[end] = 1
    }
  }

  #insert(window: GramWindow, end: number): void {
    const { hash } = window
    let slot = spread(hash) & this.#mask
    while ((this.#slots[slot] ?? -1) >= 0) {
      if (this.#hashes[slot] === hash && window.equals(this.letters, this.#slots[slot] ?? 0)) return
      slot = (slot + 1) & this.#mask
    }
    this.#slots[slot] = end
    this.#hashes[slot] = hash
  }
}

function spread(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 3
}
