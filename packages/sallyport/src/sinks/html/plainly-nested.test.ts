import fc from 'fast-check'
import { parseFragment, serialize } from 'parse5'
import { describe, expect, it } from 'vitest'
import { HTML_ATTACKS } from '../../../../../e2e/html-attacks.data.ts'
import { hostList } from '../host-list.ts'
import { FilteringParser } from './filtering-parser.ts'
import { isPlainlyNested } from './plainly-nested.ts'

const rules = { imageHosts: hostList([]), dataImages: false }
const read = (html: string) => FilteringParser.read(html, rules, () => {})

describe('isPlainlyNested', () => {
  it.each([
    '<p>Some <b>bold <i>words</i></b> and <a href="/x">a link</a>.</p><hr>',
    '<ul><li>one</li>\n<li>two<ul><li>three</li></ul></li></ul>',
    '<table>\n<tbody><tr><td><p>x</p></td><th>y</th></tr></tbody></table>',
    '<dl><dt>x</dt><dd>y</dd></dl><pre>  code\n</pre><ruby>a<rt>b</rt></ruby>',
  ])('is sure of ordinary pages: case %#', (html) => {
    expect(isPlainlyNested(read(html))).toBe(true)
  })

  it.each(['<a href="/x">x<table><tr><td><a href="/y">y</a></td></tr></table></a>', '<pre>\n\nx</pre>', '<li>x</li>'])(
    'is not sure of what a parser may move: case %#',
    (html) => {
      expect(isPlainlyNested(read(html))).toBe(false)
    },
  )

  it('is never sure of a tree that parses back into another one', () => {
    const soup = fc
      .array(
        fc.oneof(
          fc.constantFrom(...TAGS.flatMap((name) => [`<${name}>`, `</${name}>`])),
          fc.constantFrom('x', ' ', '\n', '&#13;', '&lt;', '<br>', '<hr>', '<!-- x -->'),
          fc.constantFrom(...HTML_ATTACKS),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(''))
    let sure = 0
    fc.assert(
      fc.property(soup, (html) => {
        const tree = read(html)
        const value = serialize(tree)
        if (!isPlainlyNested(tree) || value.includes('\r')) return
        sure++
        expect(serialize(parseFragment(value))).toBe(value)
      }),
      { numRuns: 5000 },
    )
    expect(sure).toBeGreaterThan(100)
  })
})

const TAGS =
  'a b i em font p div section h1 h2 ul ol li dl dt dd table caption colgroup col tbody tr td th pre ruby rt rp blockquote details summary center hr'.split(
    ' ',
  )
