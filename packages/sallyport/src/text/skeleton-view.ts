import { DerivedView } from './derived-view.ts'
import { FoldedView, type Lookalike } from './folded-view.ts'

/** Characters looked at on each side of a look-alike to judge the word it stands in: longer words are judged in parts. */
const REACH = 32

/** Words made of nothing but look-alikes are taken for disguised ones from this many letters on, whatever stands before. */
const MIN_DISGUISED = 4

const LETTER_OR_MARK = /[\p{L}\p{N}\p{M}_\u{1f1e6}-\u{1f1ff}]/u
const OTHER_THAN_LETTERS = /[^\p{L}\u{1f1e6}-\u{1f1ff}]/gu
const AFTER_LATIN = /[a-z]\P{L}{0,3}$/u

/**
 * The skeleton view: `folded`, with letters that look like ASCII ones (UTS #39 and a few more) as those, in words that
 * could only be read that way: words that mix them with Latin letters, and words made of nothing else which stand after
 * a Latin word or have at least four letters. Words of real Russian, Greek or Armenian stay as they are, so that
 * `differs` stays false on such prose. At most the last word, up to 32 characters of it, is pending.
 */
export class SkeletonView extends DerivedView {
  readonly name = 'skeleton'
  readonly #folded: FoldedView

  constructor(folded = new FoldedView(true)) {
    super(folded)
    this.#folded = folded
  }

  protected override derive(end: boolean): void {
    const { lookalikes } = this.#folded
    const last = this.#folded.base + this.#folded.text.length
    let next = 0
    while (next < lookalikes.length) {
      const first = lookalikes[next]!
      const stop = this.#wordEnd(first.index, end)
      if (stop === undefined) break
      let after = next + 1
      while (after < lookalikes.length && lookalikes[after]!.index < stop) after++
      this.#decideWord(lookalikes.slice(next, after), stop)
      next = after
    }
    lookalikes.splice(0, next)
    this.keep(lookalikes[0]?.index ?? last)
  }

  /** Index after the word, or after as much of it as is judged together; undefined when more text must come first. */
  #wordEnd(from: number, end: boolean): number | undefined {
    const { text, base } = this.#folded
    for (let at = from - base; at - (from - base) < REACH;) {
      if (at >= text.length) return end ? base + at : undefined
      const code = text.charCodeAt(at)
      if (code >= 0xd800 && code <= 0xdfff) {
        const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
        if (!LETTER_OR_MARK.test(character)) return base + at
        at += character.length
      } else if (isWordUnit(code)) at++
      else return base + at
    }
    return from + REACH
  }

  #decideWord(word: readonly Lookalike[], stop: number): void {
    this.keep(word[0]!.index)
    if (!this.#isDisguised(word, stop)) return
    for (const { index, length, to } of word) {
      this.keep(index)
      this.replace(to, index + length)
    }
  }

  #isDisguised(word: readonly Lookalike[], stop: number): boolean {
    const { text, base } = this.#folded
    const first = word[0]!.index - base
    let start = first
    while (start > 0 && first - start < REACH && isWordUnit(text.charCodeAt(start - 1))) start--
    for (let at = start; at < stop - base; at++) if (isLatin(text.charCodeAt(at))) return true
    if (start < first || !word.every(({ strict }) => strict)) return false
    const letters = text.slice(first, stop - base).replaceAll(OTHER_THAN_LETTERS, '').length
    if (word.reduce((sum, { length }) => sum + length, 0) < letters) return false
    return word.length >= MIN_DISGUISED || AFTER_LATIN.test(this.lastCharacters())
  }
}

const wordUnits = new Uint8Array(0x10000)

/** True for letters, digits, marks and halves of pairs (rare enough in words not to ask more closely). */
function isWordUnit(code: number): boolean {
  const known = wordUnits[code]
  if (known !== 0) return known === 2
  const isWord = (code >= 0xd800 && code <= 0xdfff) || LETTER_OR_MARK.test(String.fromCharCode(code))
  wordUnits[code] = isWord ? 2 : 1
  return isWord
}

function isLatin(code: number): boolean {
  return code >= 97 && code <= 122
}
