import { describe, expect, it } from 'vitest'
import { MARKDOWN_ATTACKS } from './markdown/attacks.data.ts'
import { type MarkdownOptions, sanitizeMarkdown } from './markdown.ts'
import { sanitizeFor } from './sanitize-for.ts'

function clean(text: string, options: MarkdownOptions = {}): string {
  const result = sanitizeMarkdown(text, options)
  return result.ok ? result.value : `refused: ${result.error.code}`
}

const secret = Buffer.from('the user said their code is 4412').toString('base64url')
const named: MarkdownOptions = { imageHosts: ['cdn.example.com'], linkHosts: ['docs.example.com'] }

const ORDINARY = `# Title

Some *text* with a [link](https://docs.example.com/guide "T"), <https://docs.example.com/x>, https://docs.example.com/y,
an ![image](https://cdn.example.com/a.png) from [there](https://cdn.example.com/), [mail](mailto:a@b.example), [up](#top)
and a [reference][r] with a footnote[^1].

| a | b |
|---|---|
| \`[x](https://evil.example)\` | [c](../d.md) |

\`\`\`sh
curl https://evil.example/install
\`\`\`

[r]: https://docs.example.com/r
[^1]: See <a href="https://docs.example.com/z">z</a>.
`

describe('sanitizeMarkdown', () => {
  it('leaves ordinary Markdown with allowed links byte for byte', () => {
    expect(clean(ORDINARY, named)).toBe(ORDINARY)
    expect(clean(ORDINARY, { imageHosts: ['cdn.example.com'] })).toBe(ORDINARY)
    expect(clean(ORDINARY, { imageHosts: ['cdn.example.com'], linkHosts: ['*'] })).toBe(ORDINARY)
  })

  it.each([
    ['[a](https://evil.example/p)', '[a] (link removed: host not allowed)'],
    ['[a](//evil.example/p)', '[a] (link removed: host not allowed)'],
    ['[a](https://docs.example.com.evil.example/)', '[a] (link removed: host not allowed)'],
    ['[a](https&colon;//evil.example)', '[a] (link removed: host not allowed)'],
    ['<https://evil.example/p>', '<(link removed: host not allowed)>'],
    ['see https://evil.example/p.', 'see (link removed: host not allowed).'],
    ['see www.evil.example now', 'see (link removed: host not allowed) now'],
    ['[a][r]\n\n[r]: https://evil.example/p', '[a][r]\n\n[r]: #link-removed'],
    ['x[^1]\n\n[^1]: https://evil.example', 'x[^1]\n\n[^1]: #link-removed'],
    ['<a href="https://evil.example/">a</a>', '<a href="#link-removed">a</a>'],
    ['$\\href{https://evil.example}{a}$', '$\\href{removed}{a}$'],
  ])('keeps links of allowed hosts alone when they are named: %j', (text, expected) => {
    expect(clean(text, named)).toBe(expected)
    expect(clean(text)).toBe(text)
  })

  it.each([
    `![x](https://cdn.example.com/a.png?d=${secret})`,
    `![x](https://cdn.example.com/${secret}.png)`,
    `![x][r]\n\n[r]: https://cdn.example.com/a.png?d=${secret}`,
    `<img src="https://cdn.example.com/a.png?d=${secret}">`,
    `[x](https://docs.example.com/?d=${secret})`,
    `<https://docs.example.com/?d=${secret}>`,
    `https://docs.example.com/?d=${secret}`,
    `x[^1]\n\n[^1]: https://docs.example.com/?d=${secret}`,
    `<a href="https://docs.example.com/?d=${secret}">x</a>`,
    `![x](https://cdn.example.com/r?to=https%3A%2F%2Fdocs.example.com%2F%3Fd%3D${secret})`,
  ])('takes out what carries data to an allowed host: case %#', (text) => {
    expect(clean(text, named)).not.toContain(secret)
    expect(clean(text.replace(secret, 'short'), named)).toBe(text.replace(secret, 'short'))
  })

  it('says where an image was', () => {
    expect(clean(`a <img alt="A cat" src="https://cdn.example.com/a?d=${secret}"> b`, named)).toBe(
      'a (image removed: it carries data; A cat) b',
    )
  })

  it('changes nothing more the second time', () => {
    for (const text of [...MARKDOWN_ATTACKS, ORDINARY]) {
      const once = clean(text, { linkHosts: [] })
      expect(clean(once, { linkHosts: [] })).toBe(once)
    }
  })

  it('takes the hosts of a target chosen by name for links, too, unless links have their own', () => {
    const text = '[a](https://evil.example/) <b>x</b>'
    const html = '<a href="https://evil.example/">x</a>'
    const hosts = ['cdn.example.com']
    expect(sanitizeFor('markdown', text, { hosts }).text).not.toContain('evil')
    expect(sanitizeFor('html', html, { hosts }).text).not.toContain('evil')
    for (const options of [{}, { hosts, linkHosts: ['*'] }, { hosts, linkHosts: ['evil.example'] }]) {
      expect(sanitizeFor('markdown', text, options).text).toBe(text)
      expect(sanitizeFor('html', html, options).text).toBe(html)
    }
  })
})
