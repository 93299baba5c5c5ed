import { DerivedView } from './derived-view.ts'
import { bytesAt, characterOfEscape, type EscapeSequence, isByteEscape } from './escape-sequence.ts'
import { foldCodePoint } from './fold-code-point.ts'
import { HTML_ENTITIES } from './html-entities.data.ts'

/** No escape, nor the bytes or halves of one character, is longer than this. */
const LONGEST = 30
const SIGN = /[%&\\]/g
/** Of escapes alone; where anything else follows, nothing is open. */
const MAY_CONTINUE = /^[%&\\#{};a-z0-9]*$/
const ESCAPE =
  /%u[0-9a-f]{4}|%[0-9a-f]{2}|&(?:#x[0-9a-f]{1,6};?|#[0-9]{1,7};?|[a-z][a-z0-9]{1,23};)|\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[0-3][0-7]{2})/y
const HIGH_HALF = /^[\ud800-\udbff]$/u
const LOW_HALF = /^[\udc00-\udfff]$/u

/** The folded view is small, names of references are not. */
const ENTITIES = new Map([...HTML_ENTITIES].map(([name, characters]) => [name.toLowerCase(), characters]))

/**
 * The view beneath `leet`: `skeleton` with percent-encoding, character references and backslash escapes (\u, \x, octal) as the
 * characters they stand for, folded. JSON and URLs write whole languages so; what reads sentences must not read `u0061`.
 * Text encoded twice is left to the decoder. At most 30 characters are pending.
 */
export class UnescapedView extends DerivedView {
  readonly name = 'leet'
  #keepsMarks = false

  protected override derive(end: boolean): void {
    const { text, base } = this.source
    for (;;) {
      const from = this.decided - base
      SIGN.lastIndex = from
      const at = SIGN.exec(text)?.index ?? text.length
      if (at > from) this.#keepsMarks = false
      this.keep(base + at)
      if (at === text.length || (!end && isOpen(text, at))) return
      const sequence = sequenceAt(text, at)
      if (sequence === undefined) this.keep(base + at + 1)
      else this.replace(this.#fold(sequence.characters), base + at + sequence.length)
    }
  }

  #fold(characters: string): string {
    let folded = ''
    for (const character of characters) {
      const { kind, out, keepsMarks } = foldCodePoint(character.codePointAt(0) ?? 0)
      if (kind === 'text') folded += out ?? character
      else if (kind === 'newline') folded += '\n'
      else if (kind === 'blank') folded += ' '
      else if (kind === 'mark' && this.#keepsMarks) folded += character
      if (kind !== 'mark') this.#keepsMarks = kind === 'text' && keepsMarks
    }
    return folded
  }
}

function isOpen(text: string, at: number): boolean {
  return text.length - at < LONGEST && MAY_CONTINUE.test(text.slice(at))
}

function sequenceAt(text: string, at: number): EscapeSequence | undefined {
  const escape = escapeAt(text, at)
  if (escape === undefined) return undefined
  if (isByteEscape(escape)) return bytesAt(text, at)
  const characters = characterOf(escape)
  if (characters === undefined) return undefined
  const sequence = { characters, length: escape.length }
  if (!HIGH_HALF.test(characters)) return sequence
  const next = escapeAt(text, at + escape.length)
  const low = next === undefined ? undefined : characterOf(next)
  return low === undefined || next === undefined || !LOW_HALF.test(low)
    ? sequence
    : { characters: characters + low, length: escape.length + next.length }
}

function escapeAt(text: string, at: number): string | undefined {
  ESCAPE.lastIndex = at
  return ESCAPE.exec(text)?.[0]
}

function characterOf(escape: string): string | undefined {
  return /^&[a-z]/.test(escape) ? ENTITIES.get(escape.slice(1, -1)) : characterOfEscape(escape)
}
