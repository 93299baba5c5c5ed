import { DerivedView } from './derived-view.ts'
import { FoldedView, type Lookalike } from './folded-view.ts'

/** Characters looked at on each side of a look-alike to judge the word it stands in: longer words are judged in parts. */
const REACH = 32

/** Words made of nothing but look-alikes are taken for disguised ones from this many letters on, whatever stands before. */
const MIN_DISGUISED = 4

const LETTER_OR_MARK = /[\p{L}\p{N}\p{M}_\u{1f1e6}-\u{1f1ff}]/u
const LATIN = /[a-z]/

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
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
      if (!isWordCharacter(character)) return base + at
      at += character.length
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
    const first = word[0]!.index
    const from = Math.max(0, first - base - REACH)
    const before = /[\p{L}\p{N}\p{M}_]*$/u.exec(text.slice(from, first - base))?.[0] ?? ''
    const rest = text.slice(first - base, stop - base)
    if (LATIN.test(before) || LATIN.test(rest)) return true
    const letters = rest.replaceAll(/[^\p{L}\u{1f1e6}-\u{1f1ff}]/gu, '')
    let lookalike = 0
    for (const { length, strict } of word) if (strict) lookalike += length
    if (lookalike < letters.length || before !== '') return false
    return word.length >= MIN_DISGUISED || /[a-z]\P{L}{0,3}$/u.test(this.lastCharacters())
  }
}

function isWordCharacter(character: string): boolean {
  const code = character.charCodeAt(0)
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95
  return LETTER_OR_MARK.test(character)
}
