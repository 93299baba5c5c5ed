import { endsSentence, IDEOGRAPH, kindOf, MARK, NEWLINE, SPACE, WORD } from './tokens.ts'
import { ideographClass, joinedRow, LONGEST_IDEOGRAPHIC } from './word-features.ts'

/** What the reader must know of a word. */
export interface KnownWord {
  readonly hash: number
  readonly kind: number
}

/** A sentence, a line or a piece of a long one, in positions of the view. */
export interface Unit {
  readonly start: number
  readonly end: number
  /** Distinct words and marks; 0 when there is nothing to read, and then its features do not count. */
  readonly tokens: number
}

/** Takes the features of a text as they are read. */
export interface FeatureSink<Word extends KnownWord> {
  /** Looks up the word `text[from..to)`; the reader asks for each occurrence. `hash` is one of its characters. */
  word(text: string, from: number, to: number, hash: number): Word
  /** A word stands here: the features it brings by itself. */
  addWord(word: Word): void
  /** A feature of its neighbourhood. */
  addRow(row: number): void
  /** The unit whose features were added since the last one is complete. */
  endUnit(unit: Unit): void
}

/** Longer sentences are cut, so that windows stay small wherever no sentence ever ends. */
const MAX_UNIT_TOKENS = 64
/** Words of two classes count as a pair this many tokens apart. */
const NEAR = 8
/** Of an overlong run without a space only this much is read as a word. */
const MAX_WORD = 64

/** Places to remember features of a unit in, a power of two. Two features of one place may each count again. */
const SEEN = 512

/**
 * Features of the open unit by their low bits. Tables are used again by the next text: units are numbered on, so that
 * nothing needs to be cleared.
 */
class SeenFeatures {
  readonly features = new Int32Array(SEEN)
  readonly units = new Int32Array(SEEN)
  unit = 1

  next(): void {
    if (this.unit++ < 0x7fffffff) return
    this.units.fill(0)
    this.unit = 1
  }
}

const idleTables: SeenFeatures[] = []
const MAX_IDLE = 16

/** FNV-1a. */
const HASH_SEED = 0x811c9dc5
const HASH_FACTOR = 0x01000193

const BIGRAM = 1
const TRIGRAM = 2
const SKIP = 3
const FIRST = 4
const FIRST_CLASS = 5
const CLASS = 6
const CLASS_PAIR = 7
const CLASS_TRIPLE = 8
const CLASS_WORD = 9

/**
 * Cuts a growing text into words and sentences and names their features: words and their parts, two and three words in
 * a row, word classes near each other. What it names depends on the text alone, not on how it came in.
 */
export class FeatureReader<Word extends KnownWord> {
  readonly #sink: FeatureSink<Word>
  #before = 0
  #beforeThat = 0
  #tokens = 0
  #total = 0
  #unitStart = -1
  #unitEnd = 0
  /** Recent words that have a class: where and which. */
  #classAt = [-99, -99, -99, -99]
  #classes = [0, 0, 0, 0]
  /** What is repeated within a unit counts once. */
  #seen: SeenFeatures | undefined
  #wasFresh = false
  #distinct = 0
  /** Words of letters alone, three or more: escapes and tables of numbers have none, and say nothing. */
  #readable = 0
  /** Inside a run too long for a word: the rest of it is skipped. */
  #skipping = false

  constructor(sink: FeatureSink<Word>) {
    this.#sink = sink
  }

  /**
   * Reads as much of `text` as does not depend on what follows; `base` is the position of its first character. Returns
   * how many characters were read; the caller passes the rest again, with more.
   */
  read(text: string, base: number, end: boolean): number {
    let at = 0
    const length = text.length
    while (at < length) {
      const code = text.charCodeAt(at)
      const kind = kindOf(code)
      if (kind === WORD) {
        let stop = at + 1
        let hash = Math.imul(HASH_SEED ^ code, HASH_FACTOR)
        let hasDigit = isDigit(code)
        for (; stop < length; stop++) {
          const next = text.charCodeAt(stop)
          if (kindOf(next) !== WORD) break
          // Of an overlong run what is cut off may come later: it must not say anything of the word.
          if (stop - at >= MAX_WORD) continue
          hasDigit ||= isDigit(next)
          hash = Math.imul(hash ^ next, HASH_FACTOR)
        }
        if (stop === length && !end && stop - at < MAX_WORD) return at
        if (!this.#skipping) {
          if (stop - at > 2 && !hasDigit) this.#readable++
          const cut = Math.min(stop, at + MAX_WORD)
          this.#token(this.#sink.word(text, at, cut, hash), 0, base + at, base + cut)
        }
        this.#skipping = stop === length && !end
        at = stop
        continue
      }
      this.#skipping = false
      if (kind === IDEOGRAPH) {
        if (!end && at + LONGEST_IDEOGRAPHIC > length) return at
        this.#readable++
        const word = this.#sink.word(text, at, at + 1, Math.imul(HASH_SEED ^ code, HASH_FACTOR))
        this.#token(word, ideographClass(text, at), base + at, base + at + 1)
        at++
      } else if (kind === MARK) {
        if (at + 1 === length && !end) return at
        const next = at + 1 < length ? text.charCodeAt(at + 1) : 32
        if (next === code) {
          at++
          continue
        }
        const word = this.#sink.word(text, at, at + 1, Math.imul(HASH_SEED ^ code, HASH_FACTOR))
        this.#token(word, 0, base + at, base + at + 1)
        at++
        if (endsSentence(code) && (kindOf(next) !== WORD || code > 127)) this.#endUnit()
      } else {
        if (kind === NEWLINE) this.#endUnit()
        else if (kind !== SPACE) throw new TypeError('unknown kind of character')
        at++
      }
    }
    if (end) {
      this.#endUnit()
      if (this.#seen !== undefined && idleTables.length < MAX_IDLE) idleTables.push(this.#seen)
      this.#seen = undefined
    }
    return at
  }

  /** Where the unit that is being read starts. */
  get openUnit(): number | undefined {
    return this.#unitStart < 0 ? undefined : this.#unitStart
  }

  #token(word: Word, unspacedClass: number, start: number, end: number): void {
    const sink = this.#sink
    const { hash } = word
    const isFresh = this.#isNew(hash)
    if (isFresh) {
      sink.addWord(word)
      this.#distinct++
    }
    if (this.#unitStart < 0) {
      this.#unitStart = start
      sink.addRow(joinedRow(FIRST, hash, 0))
    } else if (this.#tokens === 1) sink.addRow(joinedRow(FIRST, this.#before, hash))
    if (isFresh || this.#wasFresh) {
      sink.addRow(joinedRow(BIGRAM, this.#before, hash))
      sink.addRow(joinedRow(TRIGRAM, this.#beforeThat, this.#before, hash))
      sink.addRow(joinedRow(SKIP, this.#beforeThat, hash))
    }
    this.#wasFresh = isFresh
    const kind = word.kind === 0 ? unspacedClass : word.kind
    if (kind !== 0) this.#addClass(kind)
    else if (this.#classAt[0] === this.#total - 1) this.#addRow(joinedRow(CLASS_WORD, this.#classes[0]!, hash))
    this.#beforeThat = this.#before
    this.#before = hash
    this.#total++
    this.#tokens++
    this.#unitEnd = end
    if (this.#tokens === MAX_UNIT_TOKENS) this.#endUnit()
  }

  #addClass(kind: number): void {
    const at = this.#classAt
    const classes = this.#classes
    this.#addRow(joinedRow(CLASS, kind, 0))
    if (this.#tokens === 0) this.#addRow(joinedRow(FIRST_CLASS, kind, 0))
    for (let back = 0; back < at.length; back++) {
      if (this.#total - at[back]! > NEAR) break
      this.#addRow(joinedRow(CLASS_PAIR, classes[back]!, kind))
    }
    if (this.#total - at[1]! <= NEAR) this.#addRow(joinedRow(CLASS_TRIPLE, classes[1]!, classes[0]!, kind))
    for (let back = at.length - 1; back > 0; back--) {
      at[back] = at[back - 1]!
      classes[back] = classes[back - 1]!
    }
    at[0] = this.#total
    classes[0] = kind
  }

  #addRow(row: number): void {
    if (this.#isNew(row)) this.#sink.addRow(row)
  }

  #isNew(feature: number): boolean {
    const place = feature & (SEEN - 1)
    const { features, units, unit } = (this.#seen ??= idleTables.pop() ?? new SeenFeatures())
    if (units[place] === unit && features[place] === (feature | 0)) return false
    units[place] = unit
    features[place] = feature
    return true
  }

  #endUnit(): void {
    if (this.#unitStart < 0) return
    this.#sink.endUnit({ start: this.#unitStart, end: this.#unitEnd, tokens: this.#readable > 0 ? this.#distinct : 0 })
    this.#unitStart = -1
    this.#tokens = 0
    this.#distinct = 0
    this.#readable = 0
    this.#seen?.next()
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
