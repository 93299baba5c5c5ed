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
  readonly tokens: number
}

/** Takes the features of a text as they are read. */
export interface FeatureSink<Word extends KnownWord> {
  /** Looks a word up; the reader asks for each occurrence. */
  word(text: string): Word
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
        while (stop < length && kindOf(text.charCodeAt(stop)) === WORD) stop++
        if (stop === length && !end && stop - at < MAX_WORD) return at
        if (!this.#skipping) {
          const cut = Math.min(stop, at + MAX_WORD)
          this.#token(this.#sink.word(text.slice(at, cut)), 0, base + at, base + cut)
        }
        this.#skipping = stop === length && !end
        at = stop
        continue
      }
      this.#skipping = false
      if (kind === IDEOGRAPH) {
        if (!end && at + LONGEST_IDEOGRAPHIC > length) return at
        const word = this.#sink.word(text.charAt(at))
        this.#token(word, ideographClass(text, at), base + at, base + at + 1)
        at++
      } else if (kind === MARK) {
        if (at + 1 === length && !end) return at
        const next = at + 1 < length ? text.charCodeAt(at + 1) : 32
        if (next === code) {
          at++
          continue
        }
        this.#token(this.#sink.word(text.charAt(at)), 0, base + at, base + at + 1)
        at++
        if (endsSentence(code) && (kindOf(next) !== WORD || code > 127)) this.#endUnit()
      } else {
        if (kind === NEWLINE) this.#endUnit()
        else if (kind !== SPACE) throw new TypeError('unknown kind of character')
        at++
      }
    }
    if (end) this.#endUnit()
    return at
  }

  #token(word: Word, unspacedClass: number, start: number, end: number): void {
    const sink = this.#sink
    const { hash } = word
    sink.addWord(word)
    if (this.#unitStart < 0) {
      this.#unitStart = start
      sink.addRow(joinedRow(FIRST, hash, 0))
    } else if (this.#tokens === 1) sink.addRow(joinedRow(FIRST, this.#before, hash))
    sink.addRow(joinedRow(BIGRAM, this.#before, hash))
    sink.addRow(joinedRow(TRIGRAM, this.#beforeThat, this.#before, hash))
    sink.addRow(joinedRow(SKIP, this.#beforeThat, hash))
    const kind = word.kind === 0 ? unspacedClass : word.kind
    if (kind !== 0) this.#addClass(kind)
    else if (this.#total - this.#classAt[0]! === 1) sink.addRow(joinedRow(CLASS_WORD, this.#classes[0]!, hash))
    this.#beforeThat = this.#before
    this.#before = hash
    this.#total++
    this.#tokens++
    this.#unitEnd = end
    if (this.#tokens === MAX_UNIT_TOKENS) this.#endUnit()
  }

  #addClass(kind: number): void {
    const sink = this.#sink
    const at = this.#classAt
    const classes = this.#classes
    sink.addRow(joinedRow(CLASS, kind, 0))
    if (this.#tokens === 0) sink.addRow(joinedRow(FIRST_CLASS, kind, 0))
    for (let back = 0; back < at.length; back++) {
      if (this.#total - at[back]! > NEAR) break
      sink.addRow(joinedRow(CLASS_PAIR, classes[back]!, kind))
    }
    if (this.#total - at[1]! <= NEAR) sink.addRow(joinedRow(CLASS_TRIPLE, classes[1]!, classes[0]!, kind))
    for (let back = at.length - 1; back > 0; back--) {
      at[back] = at[back - 1]!
      classes[back] = classes[back - 1]!
    }
    at[0] = this.#total
    classes[0] = kind
  }

  #endUnit(): void {
    if (this.#unitStart < 0) return
    this.#sink.endUnit({ start: this.#unitStart, end: this.#unitEnd, tokens: this.#tokens })
    this.#unitStart = -1
    this.#tokens = 0
  }
}
