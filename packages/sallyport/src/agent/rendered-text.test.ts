import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RENDERERS, RenderedText, renderingsOf } from './rendered-text.ts'

describe('a text as its reader sees it', () => {
  it.each([
    ['no markup', 'a < b, 2 <3', []],
    ['a comment', 'a<!-- x -->b', ['ab']],
    ['a tag', 'a<b title="1">b</b>', ['ab']],
    ['emphasis', 'a**b**', ['ab']],
    ['a link', '[a](https://example.org)b', ['ab']],
    ['a browser ends it at the first >, Markdown knows no such comment', '<? a<!-- x -->b', ['b', '<? ab']],
    ['a declaration that has no letter', '<! a <b>b</b>', ['b', '<! a b']],
    ['a processing instruction', 'a<? x > y ?>b', ['a y ?>b', 'ab']],
    ['an opening that a browser lets run on', 'a<i <b>b', ['ab', 'a<i b']],
    ['a > in quotes', 'a<i title=">">b', ['a">b', 'ab']],
    ['a quote that never ends', 'a<i title="b>', ['a']],
    ['markup that never ends', 'a<!-- b', []],
  ])('%s', (_what, text, expected) => {
    expect(renderingsOf(text)).toEqual(expected)
  })

  it('does not depend on how it arrives', () => {
    const piece = fc.constantFrom(
      '<',
      '!',
      '--',
      '>',
      '?',
      'a',
      ' ',
      '"',
      "'",
      '</',
      '<![CDATA[',
      ']]>',
      '](',
      '*',
      '_',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom(...RENDERERS), (pieces, renderer) => {
        const whole = new RenderedText(renderer)
        const grown = new RenderedText(renderer)
        const text = pieces.join('')
        const expected = whole.push(text) + whole.end()
        expect(Array.from(text, (char) => grown.push(char)).join('') + grown.end()).toBe(expected)
      }),
      { numRuns: 500 },
    )
  })
})
