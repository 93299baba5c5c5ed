import { foldCodePoint, type FoldedCodePoint } from './fold-code-point.ts'
import { ViewBuffer } from './view-buffer.ts'
import type { ViewStream } from './view.ts'

/** A character of the folded view that can be read as ASCII letters. */
export interface Lookalike {
  /** Absolute index in the folded view. */
  readonly index: number
  readonly length: number
  readonly to: string
  readonly strict: boolean
}

/** Printable ASCII without runs of blanks maps one to one; this finds where it stops. */
const UNUSUAL = /[^ -~\n]| {2}/g

/** More marks than any orthography needs on one letter are decoration. */
const MAX_MARKS = 4

/**
 * The folded view: what rules are written against, in plain lower case. Code point by code point, left to right:
 *
 * - Compatibility forms (NFKC) become what they stand for (full-width, mathematical, circled, squared, ligatures, Roman
 *   numerals), capitals small, decimal digits of every script 0 to 9.
 * - Latin, Greek and Cyrillic letters lose their accents (é e, ü u, ç c, ё е, ї і), but й stays й. ß is ss, æ ae, œ oe,
 *   ø o, ł l, đ and ð d, þ th, ı i, ς σ.
 * - Combining marks after such letters, digits, ideographs and symbols are removed. Where they are spelling (Arabic, Hebrew,
 *   Indic …) up to four in a row stay. Decomposed й, Hangul and kana compose.
 * - Invisible characters (Default_Ignorable_Code_Point: zero-width, bidi controls, soft hyphen, tags, variation selectors,
 *   Hangul fillers …), annotation marks and control characters are removed; so is a backspace, which deletes nothing here
 *   (a view only grows): the decoder reads texts with backspaces as they display.
 * - A run of blanks of any kind is one space, also with removed characters in between. `\n`, `\r`, `\r\n`, U+0085, U+2028
 *   and U+2029 are `\n`, one each; blanks beside them stay one space.
 * - Typographic quotes are ' and ", dashes -, and half a surrogate pair is U+FFFD.
 */
export class FoldedView implements ViewStream {
  readonly name = 'folded'
  readonly #buffer = new ViewBuffer()
  readonly #collectsLookalikes: boolean
  #differs = false
  /** Original text not read yet, because what follows decides: half a pair, a carriage return, a letter that composes. */
  #carry = ''
  #consumed = 0
  #afterBlank = false
  #keepsMarks = false
  #marks = 0
  /** Filled for the skeleton view, which takes them out. */
  readonly lookalikes: Lookalike[] = []
  /** Original offsets of blanks that stand for a run of several, for the leet view, where those part words. */
  readonly wideBlanks = new Set<number>()
  #lastBlank = -1

  constructor(collectsLookalikes = false) {
    this.#collectsLookalikes = collectsLookalikes
  }

  get text(): string {
    return this.#buffer.text
  }

  get base(): number {
    return this.#buffer.base
  }

  get consumed(): number {
    return this.#consumed
  }

  get differs(): boolean {
    return this.#differs
  }

  get buffer(): ViewBuffer {
    return this.#buffer
  }

  startAt(index: number): number {
    return this.#buffer.map.startAt(index)
  }

  endAt(index: number): number {
    return this.#buffer.map.endAt(index)
  }

  trim(index: number): void {
    this.#buffer.trim(index)
    if (this.wideBlanks.size === 0) return
    const from = this.startAt(this.base)
    for (const offset of this.wideBlanks) {
      if (offset >= from) break
      this.wideBlanks.delete(offset)
    }
  }

  push(chunk: string, end: boolean): void {
    const text = this.#carry + chunk
    const start = this.#consumed
    let at = 0
    while (at < text.length) {
      const stop = this.#plainUntil(text, at)
      if (stop > at) {
        this.#appendPlain(text.slice(at, stop), start + at)
        at = stop
        continue
      }
      const read = this.#readCodePoint(text, at, start, end)
      if (read === 0) break
      at += read
    }
    this.#carry = text.slice(at)
    this.#consumed = start + at
  }

  /** End of the printable ASCII from `at` on, in which nothing but case changes. */
  #plainUntil(text: string, at: number): number {
    if (this.#afterBlank && text.charCodeAt(at) === 32) return at
    UNUSUAL.lastIndex = at
    const match = UNUSUAL.exec(text)
    // Of two blanks the first still belongs to the plain text.
    return match === null ? text.length : match[0].length === 2 ? match.index + 1 : match.index
  }

  #appendPlain(text: string, original: number): void {
    const lower = text.toLowerCase()
    if (lower !== text) this.#differs = true
    this.#buffer.appendEqual(lower, original)
    this.#keepsMarks = false
    this.#noteBlank(text.charCodeAt(text.length - 1) === 32, original + text.length - 1)
  }

  /** Reads one character, in a row with what composes with it. Returns its length, 0 when more text is needed. */
  #readCodePoint(text: string, at: number, start: number, end: boolean): number {
    const code = text.charCodeAt(at)
    if (at + 1 === text.length && !end && (code === 13 || (code >= 0xd800 && code <= 0xdbff))) return 0
    const codePoint = text.codePointAt(at) ?? 0
    const length = codePoint > 0xffff ? 2 : 1
    const simple = this.#readSimple(text, at, start)
    if (simple > 0) return simple
    const entry = foldCodePoint(codePoint)
    switch (entry.kind) {
      case 'text':
        if (entry.composes) return this.#readComposed(text, at, start, end)
        this.#appendText(entry, text.slice(at, at + length), start + at)
        return length
      case 'drop':
        this.#differs = true
        return length
      case 'blank':
        this.#appendBlank(code, start + at)
        return length
      case 'newline': {
        const width = code === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1
        if (code !== 10) this.#differs = true
        this.#buffer.appendSpan('\n', start + at, width)
        this.#noteBlank(false, 0)
        this.#keepsMarks = false
        return width
      }
      case 'mark':
        if (this.#keepsMarks && this.#marks < MAX_MARKS) {
          this.#marks++
          this.#buffer.appendEqual(text.slice(at, at + length), start + at)
          this.#noteBlank(false, 0)
        } else this.#differs = true
        return length
      default:
        return entry.kind satisfies never
    }
  }

  /** Reads a run of other scripts' letters, single blanks between, in which each code unit becomes one. */
  #readSimple(text: string, at: number, start: number): number {
    const first = this.#buffer.end - at
    let folded = ''
    let copied = at
    let stop = at
    let last: FoldedCodePoint | undefined
    for (; stop < text.length; stop++) {
      const code = text.charCodeAt(stop)
      if (code === 32) {
        if (last === undefined || !isLetterCode(text.charCodeAt(stop + 1))) break
        continue
      }
      if (!isLetterCode(code)) break
      const entry = foldCodePoint(code)
      if (entry.kind !== 'text' || (entry.out !== undefined && entry.out.length > 1)) break
      if (entry.composes && !isLetterCode(text.charCodeAt(stop + 1)) && text.charCodeAt(stop + 1) !== 32) break
      if (
        entry.composes &&
        text.charCodeAt(stop + 1) !== 32 &&
        foldCodePoint(text.charCodeAt(stop + 1)).kind !== 'text'
      )
        break
      if (entry.composes && isJamo(text.charCodeAt(stop + 1))) break
      if (entry.out !== undefined) {
        folded += text.slice(copied, stop) + entry.out
        copied = stop + 1
        this.#differs = true
      }
      if (entry.lookalike !== undefined && this.#collectsLookalikes) {
        const { lookalike: to, strict } = entry
        this.lookalikes.push({ index: first + stop, length: 1, to, strict })
      }
      last = entry
    }
    if (last === undefined) return 0
    this.#buffer.appendEqual(folded + text.slice(copied, stop), start + at)
    const endsBlank = text.charCodeAt(stop - 1) === 32
    this.#keepsMarks = last.keepsMarks && !endsBlank
    this.#marks = 0
    this.#noteBlank(endsBlank, start + stop - 1)
    return stop - at
  }

  /** Joins a letter with up to three marks or jamo that NFC would put into one code point with it. */
  #readComposed(text: string, at: number, start: number, end: boolean): number {
    let composed = text.charAt(at)
    let next = at + 1
    while (next - at <= 3) {
      if (next === text.length) {
        if (!end) return 0
        break
      }
      const code = text.charCodeAt(next)
      if (!isJamo(code) && (code < 0x300 || foldCodePoint(code).kind !== 'mark')) break
      const joined = (composed + text.charAt(next)).normalize('NFC')
      if (joined.length > 1) break
      composed = joined
      next++
    }
    this.#appendText(foldCodePoint(composed.charCodeAt(0)), composed, start + at, next - at)
    return next - at
  }

  #appendText(entry: FoldedCodePoint, source: string, original: number, width = source.length): void {
    const out = entry.out ?? source
    if (entry.out !== undefined || width !== source.length) this.#differs = true
    if (this.#collectsLookalikes && entry.lookalike !== undefined) {
      const { lookalike: to, strict } = entry
      this.lookalikes.push({ index: this.#buffer.end, length: out.length, to, strict })
    }
    if (out.length === width && (width === 1 || entry.out === undefined)) this.#buffer.appendEqual(out, original)
    else this.#buffer.appendSpan(out, original, width)
    this.#keepsMarks = entry.keepsMarks
    this.#marks = 0
    this.#noteBlank(false, 0)
  }

  #appendBlank(code: number, original: number): void {
    if (code !== 32) this.#differs = true
    if (this.#afterBlank) {
      this.#differs = true
      this.wideBlanks.add(this.#lastBlank)
      return
    }
    this.#buffer.appendEqual(' ', original)
    this.#keepsMarks = false
    this.#noteBlank(true, original)
  }

  #noteBlank(isBlank: boolean, original: number): void {
    this.#afterBlank = isBlank
    if (isBlank) this.#lastBlank = original
  }
}

/** Not ASCII, no half of a pair. `NaN`, the end of the chunk, is none either. */
function isLetterCode(code: number): boolean {
  return code > 127 && (code < 0xd800 || code > 0xdfff)
}

function isJamo(code: number): boolean {
  return code >= 0x1161 && code <= 0x11c2
}
