import fc from 'fast-check'
import { parseFragment, serialize } from 'parse5'
import { describe, expect, it } from 'vitest'
import { HTML_ATTACKS } from '../../../../e2e/html-attacks.data.ts'
import { sanitizeHtml, type HtmlOptions } from './html.ts'

function clean(html: string, options?: HtmlOptions): string {
  const result = sanitizeHtml(html, options)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

const BENIGN = [
  '<h1 id="intro">Title</h1><p>Some <b>bold</b>, <em class="x">other</em> &amp; <code>code</code>.</p>',
  '<ul><li>one</li><li>two<ol start="3"><li>x</li></ol></li></ul>',
  '<table border="1"><thead><tr><th colspan="2">x</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
  '<a href="https://example.com/a?b=c&amp;d=e" target="_blank" rel="noopener">x</a> <a href="mailto:a@example.com">m</a>',
  '<details open=""><summary>More</summary><p style="color: red; text-align: center">x</p></details>',
  '<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre><hr><blockquote cite="x">q</blockquote>'.replace(
    ' cite="x"',
    '',
  ),
  '<img src="images/a.png" alt="A" width="10">',
  '<blockquote cite="https://ok.example/a">x</blockquote><meter value="3" max="5">3</meter><data value="7">seven</data>',
  '<details name="faq"><summary tabindex="0">Q</summary><search>A</search></details><dl compact=""><dt>a</dt></dl>',
  '<li data-name="x" data-footnote-ref="" style="display: grid; grid-template-columns: 1fr repeat(2, 1fr); color: var(--bad)">x</li>',
  '<ul><li><input checked="" disabled="" type="checkbox"> done</li><li><a href="#top" accesskey="t">up</a></li></ul>',
]

/** What a parser finds in HTML that could run or load, by element and attribute. */
function dangers(html: string): readonly string[] {
  const found: string[] = []
  const visit = (node: Node): void => {
    if (
      /^(?:script|style|svg|math|iframe|template|noscript|object|embed|form|input|link|meta|base)$/.test(
        node.tagName ?? '',
      )
    ) {
      const isTask = node.attrs?.some(({ name, value }) => name === 'type' && /^checkbox$/i.test(value)) === true
      if (node.tagName !== 'input' || !isTask) found.push(node.tagName ?? '')
    }
    for (const { name, value } of node.attrs ?? []) {
      if (/^on|^srcset$|^action$/.test(name) || /^\s*javascript:/i.test(value) || /url\(/.test(value)) found.push(name)
      if (name === 'src' && /^(?:https?:)?\/\//.test(value)) found.push(name)
    }
    for (const child of node.childNodes ?? []) visit(child as Node)
  }
  visit(parseFragment(html) as Node)
  return found
}

interface Node {
  readonly tagName?: string
  readonly attrs?: readonly { readonly name: string; readonly value: string }[]
  readonly childNodes?: readonly unknown[]
}

describe('sanitizeHtml', () => {
  it.each(BENIGN)('leaves ordinary HTML as it is: case %#', (html) => {
    expect(sanitizeHtml(html)).toMatchObject({ ok: true, value: html, changed: false, findings: [] })
  })

  it.each([
    ['<p onclick="x()">Hi <script>y()</script></p>', '<p>Hi </p>'],
    ['<input type="checkbox"> <input disabled> <input type="image" disabled src="//e.example">', '  '],
    [
      '<input TYPE=CheckBox disabled name="cookie" formaction="x" onfocus="y()" autofocus>',
      '<input type="CheckBox" disabled="">',
    ],
    ['<scr<script></script>ipt>alert(1)</scr<script></script>ipt>', 'ipt&gt;alert(1)ipt&gt;'],
    ['<a href="java&Tab;script:alert(1)">x</a>', '<a title="(link removed)">x</a>'],
    ['<a href="java&Tab;script:alert(1)" title="T">x</a>', '<a title="T">x</a>'],
    ['<blockquote cite="javascript:alert(1)">x</blockquote>', '<blockquote>x</blockquote>'],
    ['a <video src="/a.mp4"><p>b</p></video> c', 'a (video removed) c'],
    ['<iframe src="https://e.example"></iframe><embed src=x>', '(iframe removed)(embed removed)'],
    ['<p style="color:red;position:fixed">x</p>', '<p style="color:red">x</p>'],
    ['<p data-hx-get="/x" data-bs-target="#y" data-src="z">x</p>', '<p>x</p>'],
    ['<p style="--a:url(https://e.example);background:var(--a)">x</p>', '<p style="background:var(--a)">x</p>'],
    ['<p style="background:u\\72l(x)">x</p>', '<p>x</p>'],
    ['<a id="location" name="cookie">x</a>', '<a>x</a>'],
    ['<form action=x>keep <input> this</form>', 'keep  this'],
    ['<img src="//evil.example/a" alt="A cat">', '<img alt="A cat">'],
    ['<xss onclick=x>text</xss>', 'text'],
    ['a<!-- c -->b', 'ab'],
  ])('cleans %s', (html, expected) => {
    expect(clean(html)).toBe(expected)
  })

  it('loads images of allowed hosts alone, however the host is spelled', () => {
    const options = { imageHosts: ['cdn.example.com', '*.img.example'] }
    for (const src of [
      'https://cdn.example.com/a',
      '//cdn.example.com/a',
      'https://x.img.example/a',
      'https://CDN.example.com./a',
    ]) {
      expect(clean(`<img src="${src}">`, options)).toContain('src=')
    }
    for (const src of [
      'https://cdn.example.com@evil.example/a',
      'https://evil.example\\@cdn.example.com/a',
      'https:/\\evil.example/a',

      'https://img.example/a',
      'https://cdn.example.com.evil.example',
      'ht\ntps://evil.example',
      'http:evil.example',
      'data:image/svg+xml,x',
    ]) {
      expect(clean(`<img src="${src}">`, options)).toBe('<img alt="(image removed)">')
    }
  })

  it('takes out URLs that carry data, of allowed hosts, too, and says so', () => {
    const options = { imageHosts: ['cdn.example.com'], linkHosts: ['ok.example'] }
    const secret = 'the user said their code is 4412'
    const loads = [
      Buffer.from(secret).toString('base64url'),
      Buffer.from(secret).toString('hex'),
      encodeURIComponent(`${secret} and the password`),
      'jane.doe@corp.example',
    ]
    for (const load of loads) {
      expect(clean(`<img src="https://cdn.example.com/a?d=${load}">`, options)).toBe('<img alt="(image removed)">')
      for (const links of [options, {}]) {
        expect(clean(`<a href="https://ok.example/a?d=${load}">x</a>`, links)).toBe('<a title="(link removed)">x</a>')
      }
    }
    const split = loads[0] ?? ''
    const parts = Array.from({ length: 9 }, (_each, at) => `p${at}=${split.slice(at * 5, at * 5 + 5)}`).join('&amp;')
    expect(clean(`<a href="https://ok.example/?${parts}">x</a>`)).toBe('<a title="(link removed)">x</a>')
  })

  it.each([
    'https://ok.example/getting-started/install#linux',
    'https://ok.example/?page=2&amp;sort=asc',
    'https://ok.example/commit/235b653bbb57101dca7db3ff2f880115d781bc38',
    'https://ok.example/search?q=how+to+bake+bread',
    '/a/b?c=d',
    'mailto:jane@corp.example',
  ])('keeps the ordinary link %s', (href) => {
    const html = `<a href="${href}">x</a>`
    expect(clean(html)).toBe(html)
    expect(clean(html, { linkHosts: ['ok.example'] })).toBe(html)
    expect(clean(html, { imageHosts: ['ok.example'], linkHosts: [] })).toBe(html)
    expect(clean(html, { linkHosts: ['*'] })).toBe(html)
  })

  it('keeps links of allowed hosts alone when they are named', () => {
    const options = { linkHosts: ['ok.example'] }
    for (const href of [
      'https://evil.example/',
      '//evil.example',
      'https:evil.example',
      'https://ok.example@evil.example',
    ]) {
      expect(clean(`<a href="${href}">x</a>`, options)).toBe('<a title="(link removed)">x</a>')
    }
  })

  it('gives HTML whose tree survives another parse and whose cleaning changes nothing', () => {
    const pieces = [
      ...HTML_ATTACKS,
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<a href=x>',
      '</a>',
      '<table>',
      '<tr>',
      '<td>',
      '</table>',
      '<li>',
      '<ul>',
      '<h1>',
      'x',
      '<font color=red>',
      '<svg>',
      '</svg>',
      '<math>',
      '<style>',
      '<pre>\n',
      '\n',
      '&',
      '<',
      '"',
      '<ruby>',
      '<rt>',
      '<caption>',
      '<col>',
      '<nobr>',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const html = clean(parts.join(''))
        expect(clean(html)).toBe(html)
        for (const scriptingEnabled of [true, false]) {
          expect(serialize(parseFragment(html, { scriptingEnabled }))).toBe(
            serialize(parseFragment(serialize(parseFragment(html)))),
          )
        }
        expect(dangers(html)).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  it('fires on what it looks for (negative control)', () => {
    expect(HTML_ATTACKS.filter((html) => dangers(html).length > 0).length).toBeGreaterThan(20)
  })

  it.each([
    ['nested elements', '<div>'.repeat(20_000)],
    [
      'formatting to reopen',
      Array.from({ length: 2000 }, (_each, index) => `<b title=${index}>`).join('') + '<p>x'.repeat(10_000),
    ],
    ['attributes', `<a ${Array.from({ length: 20_000 }, (_each, index) => `a${index}`).join(' ')}>`],
    ['nested tables', '<table><tr><td>'.repeat(5000)],
    ['open comments', '<!--'.repeat(20_000)],
  ])('bounds the size of its answer to a flood of %s', (_name, html) => {
    expect(clean(html).length).toBeLessThan(8 * html.length + 10_000)
  })

  it('refuses HTML over the limit', () => {
    expect(sanitizeHtml('x'.repeat(11), { maxLength: 10 }).ok).toBe(false)
  })
})
