import { DerivedView } from './derived-view.ts'
import { FoldedView } from './folded-view.ts'
import { leetCandidate, MAX_GAP } from './leet-candidate.ts'
import { isLeet, leetLetter, LEET_TOKEN } from './leet.ts'
import { SkeletonView } from './skeleton-view.ts'
import { UnescapedView } from './unescaped-view.ts'

/** Longer tokens (keys, hashes, encoded text) are no words and stay as they are. */
const MAX_TOKEN = 40
/** A leet word makes doubtful ones count that start this many characters after it. */
const NEAR = 16
const MIN_UNITS = 4

const DIGITS = / ([0134578]{1,4})(?![a-z0-9@$!|+(])/y
const UNIT = /[a-z0-9@$]/
/** What may stand between the letters of one word. Everything else, and a run of blanks, parts words. */
const JOINERS = new Set([' ', '.', '_', '*', '-', '~', '/', '|', '·', '•', '\n', '--', '..', '__', '**', '  ', '> '])

interface Gap {
  readonly key: string
  /** Index of the character after it. */
  readonly end: number
}

/**
 * The leet view: `skeleton`, escapes undone, with 0 1 3 4 5 7 8 @ $ (and, between letters, ! | + '(') as the letters they stand for in tokens of at
 * most 40 characters that mix them with letters, and with single letters joined to words: four or more of them with the same
 * one separator between (blank, dot, dash, underscore, asterisk, slash …). Another or a wider gap parts words. Pending
 * is at most the last token (40 characters) or, while the fourth single letter is awaited, 28 characters.
 */
export class LeetView extends DerivedView {
  readonly name = 'leet'
  readonly #folded: FoldedView
  /** Key of the separator inside the words of a run of single letters that is under way. */
  #joiner: string | undefined
  /** Key of the gap before the last letter, when that parted words. */
  #wordGap: string | undefined
  /** Absolute source index after the last leet word. */
  #leetEnd = -NEAR - 1

  constructor(folded = new FoldedView(true), skeleton = new SkeletonView(folded)) {
    super(new UnescapedView(skeleton))
    this.#folded = folded
  }

  protected override derive(end: boolean): void {
    const { text, base } = this.source
    let stop = end ? text.length : this.#undecidedFrom(text, this.decided - base)
    for (;;) {
      if (this.#joiner !== undefined && !this.#continueRun(text, end)) return
      const from = this.decided - base
      // What follows a leet word directly may be a number that is one, too.
      if (!end && this.#leetEnd === this.decided && stop - from <= 1) stop = from
      if (this.#readDigits(text, from, stop)) continue
      const candidate = leetCandidate(text, from)
      if (candidate === undefined || candidate.index >= stop) {
        this.keep(base + stop)
        return
      }
      if (candidate.kind === 'run') this.#startRun(text, candidate.index, end)
      else this.#readToken(text, candidate.index, stop)
    }
  }

  /** Index from which on more text may change the reading: the last token, or single letters that may become a run. */
  #undecidedFrom(text: string, decided: number): number {
    let token = text.length
    if (text.charAt(token - 1) === '.') token--
    const tokenEnd = token
    while (token > decided && tokenEnd - token <= MAX_TOKEN && LEET_TOKEN.test(text.charAt(token - 1))) token--
    if (tokenEnd - token > MAX_TOKEN) return text.length
    let run = text.length
    for (let units = 0; units < MIN_UNITS; units++) {
      let gap = run
      while (gap > decided && run - gap <= MAX_GAP && !UNIT.test(text.charAt(gap - 1))) gap--
      const isSingle = gap > decided && run - gap <= MAX_GAP && !UNIT.test(text.charAt(gap - 2))
      if (!isSingle || (gap === run && units > 0)) break
      run = gap - 1
    }
    return Math.min(run, token)
  }

  #readToken(text: string, candidate: number, stop: number): void {
    const { base } = this.source
    let start = candidate
    while (start > 0 && candidate - start <= MAX_TOKEN && LEET_TOKEN.test(text.charAt(start - 1))) start--
    let end = candidate + 1
    while (end < text.length && LEET_TOKEN.test(text.charAt(end))) end++
    if (end - start > MAX_TOKEN || start < this.decided - base) return this.keep(base + end)
    const isAddress = text.charAt(end) === '.' && /[a-z]@[a-z]/.test(text.slice(start, end))
    while (start < end && /[|+(!]/.test(text.charAt(start))) start++
    const tokenEnd = end
    while (end > start && /[!|+(@$]/.test(text.charAt(end - 1))) end--
    const token = text.slice(start, end)
    if (isAddress || !isLeet(token, base + start - this.#leetEnd <= NEAR)) return this.keep(base + tokenEnd)
    this.#write(token, start)
    this.#leetEnd = base + end
    this.keep(Math.min(base + tokenEnd, base + stop))
  }

  #write(token: string, start: number): void {
    const { base } = this.source
    for (let at = 0; at < token.length; at++) {
      const letter = leetLetter(token, at)
      if (letter === token.charAt(at)) continue
      this.keep(base + start + at)
      this.replace(letter, base + start + at + 1)
    }
    this.keep(base + start + token.length)
  }

  /** A number of up to four leet digits straight after a leet word is a word too: 4c7 45 4n. */
  #readDigits(text: string, from: number, stop: number): boolean {
    const { base } = this.source
    if (this.#leetEnd !== base + from) return false
    DIGITS.lastIndex = from
    const digits = DIGITS.exec(text)?.[1]
    if (digits === undefined || from + 1 + digits.length > stop) return false
    this.#write(digits, from + 1)
    this.#leetEnd = base + from + 1 + digits.length
    return true
  }

  /** Opens a run when four single letters stand in a row, two of their three gaps alike. Otherwise moves on. */
  #startRun(text: string, start: number, end: boolean): void {
    const { base } = this.source
    const gaps: Gap[] = []
    let letters = 0
    let at = start
    for (let units = 0; units < MIN_UNITS; units++) {
      if (!this.#isUnit(text, at, end)) return this.keep(base + start + 1)
      if (/[a-z]/.test(text.charAt(at))) letters++
      if (units === MIN_UNITS - 1) break
      const gap = this.#gapAt(text, at + 1)
      if (gap === undefined) return this.keep(base + start + 1)
      gaps.push(gap)
      at = gap.end
    }
    const [joiner] = gaps.map(({ key }) => key).sort((a, b) => a.length - b.length)
    const alike = gaps.filter(({ key }) => key === joiner).length
    // J.R.R. and e.g. are initials, not letters of a word.
    if (joiner === '.' && gaps.some(({ key }) => /^\.[\s,)]/.test(key))) return this.keep(base + start + 1)
    if (joiner === undefined || !JOINERS.has(joiner) || alike < 2 || letters < 2) return this.keep(base + start + 1)
    this.keep(base + start)
    this.#writeUnit(text, start)
    this.#joiner = joiner
    this.#wordGap = undefined
  }

  /** Joins further single letters; false when more text is needed. */
  #continueRun(text: string, end: boolean): boolean {
    const { base } = this.source
    for (;;) {
      const from = this.decided - base
      const gap = this.#gapAt(text, from)
      const isCut =
        gap === undefined ? from + MAX_GAP >= text.length && !UNIT.test(text.slice(from)) : gap.end + 1 >= text.length
      if (isCut && !end) return false
      if (gap === undefined || !this.#isUnit(text, gap.end, end)) {
        this.#joiner = undefined
        return true
      }
      this.replace(this.#between(text.slice(from, gap.end), gap.key, from), base + gap.end)
      this.#writeUnit(text, gap.end)
    }
  }

  /** What a gap reads as: nothing inside a word, the space between words, or a sign that was spelled as a letter of its own. */
  #between(gap: string, key: string, from: number): string {
    const sign = gap.trim()
    if (this.#joiner === ' ' && sign !== '' && !gap.includes('\n') && gap.startsWith(' ') && gap.endsWith(' ')) {
      this.#wordGap = undefined
      return (this.#isWide(from) ? ' ' : '') + sign + (this.#isWide(from + gap.length - 1) ? ' ' : '')
    }
    return this.#joins(key) ? '' : gap.includes('\n') ? '\n' : ' '
  }

  /** After a gap between words, the next may be spelled with another separator: i.g.n.o.r.e t-h-i-s. */
  #joins(key: string): boolean {
    const wordGap = this.#wordGap
    this.#wordGap = undefined
    if (key === this.#joiner) return true
    // Where one blank joins letters, several always part words.
    if (key === '  ' && this.#joiner === ' ') return false
    if (wordGap !== undefined && wordGap !== key && JOINERS.has(key)) {
      this.#joiner = key
      return true
    }
    this.#wordGap = key
    return false
  }

  #writeUnit(text: string, at: number): void {
    const { base } = this.source
    const letter = leetLetter(text.charAt(at), 0)
    if (letter === text.charAt(at)) this.keep(base + at + 1)
    else this.replace(letter, base + at + 1)
  }

  #isUnit(text: string, at: number, end: boolean): boolean {
    if (!UNIT.test(text.charAt(at))) return false
    return at + 1 < text.length ? !UNIT.test(text.charAt(at + 1)) : end
  }

  #gapAt(text: string, from: number): Gap | undefined {
    let end = from
    while (end < text.length && end - from <= MAX_GAP && !UNIT.test(text.charAt(end))) end++
    if (end === from || end - from > MAX_GAP || end === text.length) return undefined
    const gap = text.slice(from, end)
    return { key: gap === ' ' && this.#isWide(from) ? '  ' : gap, end }
  }
  /** True for a space that stands for a run of blanks. */
  #isWide(at: number): boolean {
    return this.#folded.wideBlanks.has(this.source.startAt(this.source.base + at))
  }
}
