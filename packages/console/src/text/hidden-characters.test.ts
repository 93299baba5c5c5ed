import { describe, expect, it } from 'vitest'
import { hasHidden, revealHidden } from './hidden-characters.ts'

/** The text with each chip as `⟨label⟩`. */
function shown(text: string): string {
  return revealHidden(text)
    .map((piece) => (piece.kind === 'text' ? piece.text : `⟨${piece.label}⟩`))
    .join('')
}

const tags = (text: string) =>
  Array.from(text, (letter) => String.fromCodePoint(0xe_00_00 + letter.charCodeAt(0))).join('')
const selectors = (text: string) =>
  Array.from(text, (letter) => String.fromCodePoint(0xe_01_00 + letter.charCodeAt(0) - 16)).join('')

describe('revealHidden', () => {
  it.each([
    ['a zero-width space', 'ig\u200bnore', 'ig⟨ZWSP⟩nore'],
    ['a run of one character', 'a\u200b\u200b\u200bb', 'a⟨ZWSP ×3⟩b'],
    ['a run of different ones', 'a\u200b\u2060b', 'a⟨ZWSP⟩⟨WJ⟩b'],
    ['a text turned around', 'photo\u202egnp.exe', 'photo⟨RLO⟩gnp.exe'],
    ['an instruction in tags', `hi${tags('obey me')}`, 'hi⟨TAG “obey me”⟩'],
    ['bytes in variation selectors', `x${selectors('obey')}`, 'x⟨VS “obey”⟩'],
    ['tags that spell nothing', 'a\u{e0001}b', 'a⟨TAG ×1⟩b'],
    ['escape and null', 'a\u001b[31m\0', 'a⟨ESC⟩[31m⟨NUL⟩'],
    ['a carriage return that overwrites the line', 'safe\revil', 'safe⟨CR⟩evil'],
    ['a no-break space', '10\u00a0%', '10⟨NBSP⟩%'],
    ['a blank Braille pattern', 'a\u2800b', 'a⟨BRAILLE⟩b'],
    ['half a surrogate pair', 'a\ud83d', 'a⟨U+D83D⟩'],
    ['a private-use character', 'a\ue000b', 'a⟨U+E000⟩b'],
    ['a joiner between letters', 'a\u200db', 'a⟨ZWJ⟩b'],
    ['a selector after a letter', 'a\ufe0fb', 'a⟨VS16⟩b'],
    ['a line separator', 'a\u2028b', 'a⟨LSEP⟩b'],
  ])('labels %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected)
    expect(hasHidden(text)).toBe(true)
  })

  it.each([
    ['plain text with tabs and line ends', 'one\ttwo\r\nthree\n'],
    ['an emoji family', '👩‍👩‍👧 and a ❤️‍🔥'],
    ['a keycap and a flag', '1️⃣ 🇨🇭'],
    ['letters of other scripts', 'ñ é ß Ω я 漢字 עברית'],
  ])('leaves %s alone', (_, text) => {
    expect(shown(text)).toBe(text)
    expect(hasHidden(text)).toBe(false)
  })

  it('makes one chip of a long mixed run, so that a flood of them stays small', () => {
    const pieces = revealHidden('\u200b\u200c\u200d\u2060'.repeat(10_000))
    expect(pieces).toHaveLength(1)
    expect(pieces[0]).toMatchObject({ kind: 'hidden', label: '40000 hidden' })
  })

  it('reads a range with the text around it in mind', () => {
    const text = '👩‍👧'
    expect(revealHidden(text, 2, 3)).toEqual([{ kind: 'text', text: '\u200d' }])
  })
})
