import { describe, expect, it } from 'vitest'
import type { Match } from '../../guard/guard.ts'
import { MARKDOWN_ATTACKS } from '../../sinks/markdown/attacks.data.ts'
import { outputMarkdown } from './output-markdown.ts'

function scan(text: string, images: readonly string[] = []): readonly Match[] {
  const options = outputMarkdown.options.parse({ hosts: { images } })
  return outputMarkdown.open?.(options, { stage: 'output', origin: 'model' })?.push(text, true) ?? []
}

function redact(text: string, images: readonly string[] = []): string {
  let result = text
  for (const match of scan(text, images).toSorted((a, b) => b.start - a.start)) {
    result = result.slice(0, match.start) + (match.replacement ?? '') + result.slice(match.end)
  }
  return result
}

describe('output-markdown', () => {
  it.each(MARKDOWN_ATTACKS)('objects to attack %#', (attack) => {
    expect(scan(attack).length).toBeGreaterThan(0)
  })

  it.each([
    ['See ![a cat](https://evil.example/c.png?d=x) there', 'See (image removed: host not allowed; a cat) there'],
    [
      '[![logo](//evil.example/l)](https://ok.example/)',
      '[(image removed: host not allowed; logo)](https://ok.example/)',
    ],
    ['[a]![b](https://evil.example/)', '[a] (image removed: host not allowed; b)'],
    ['![x](javascript:alert(1))', '(image removed: scheme not allowed; x)'],
    ['[click](javascript:alert(1)) me', '[click] (link removed: unsafe scheme) me'],
    ['<javascript:alert(1)>', '&lt;javascript:alert(1)>'],
    ['a <script>x</script> b', 'a &lt;script>x&lt;/script> b'],
    ['<b onclick=x>y</b>', '&lt;b onclick=x>y</b>'],
    ['<img src="https://evil.example/a" alt="A">', '(image removed: host not allowed; A)'],
    ['[r]: https://evil.example/a\n\n![x][r]', '[r]: https://evil.example/a\n\n(image removed: host not allowed; x)'],
    ['![x][r]\n\n[r]: https://evil.example/a', '![x][r]\n\n[r]: #image-removed'],
  ])('replaces %j visibly', (text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  it.each([
    'Plain text with 1 < 2, a && b, x > y, an email a@b.example and wow![1] citations.',
    '# Title\n\n- item with `<script>alert(1)</script>` in code\n- **bold** and *italic*\n\n1. one\n   ```html\n   <img src="https://evil.example/a" onerror=alert(1)>\n   ```\n2. two\n',
    '```md\n![x](https://evil.example/a)\n```\n\n~~~~\n<iframe src=x>\n~~~\n[x](javascript:y)\n~~~~\n',
    'Text:\n\n    <script>alert(1)</script>\n    ![x](https://evil.example/a)\n\nmore\n',
    '> quote\n> ```\n> ![x](https://evil.example/a)\n> ```\n',
    '`` ` ![x](https://evil.example/a) ``',
    '| a | b |\n|---|---|\n| `x` | [link](https://example.com/?q=1 "title") |\n',
    '<details>\n<summary>More</summary>\n\nText with <kbd>Ctrl</kbd>, H<sub>2</sub>O, <br> and <b>bold</b>.\n\n</details>\n',
    '<p align="center"><a href="https://example.com" title="x">link</a></p>\n',
    '[ref link][r] and [other](mailto:a@b.example) and <https://example.com/x>\n\n[r]: https://example.com/ "T"\n',
    'Use `Map<string, number>` or Map<string, number> and List<T extends Foo> or <your-api-key>.',
    '![relative](images/a.png) and ![root](/a.png)',
    'Footnote[^1] and math $a_{1} < b$ and $$\\frac{a}{b}$$\n\n[^1]: See [x](https://example.com).\n',
    '\\![not an image](https://example.com/) and \\<script> and \\`',
    '<!-- a comment -->\n\nText\n',
    'Inline ```triple``` code and ``double `tick` `` code.',
  ])('leaves ordinary Markdown byte for byte: case %#', (text) => {
    expect(scan(text)).toEqual([])
  })

  it('loads images of allowed hosts', () => {
    const text =
      '![a](https://cdn.example.com/x.png "t") ![b](https://a.img.example/) ![c][r]\n\n[r]: https://cdn.example.com/y\n'
    expect(scan(text, ['cdn.example.com', '*.img.example'])).toEqual([])
    expect(scan(text, ['cdn.example.com'])).toHaveLength(1)
  })

  it('breaks up an image whose address is longer than it will hold back', () => {
    const text = `![x](https://evil.example/${'a'.repeat(10_000)})`
    expect(redact(text)).not.toContain('![')
    const alt = `![${'a'.repeat(10_000)}](https://evil.example/)`
    expect(redact(alt)).not.toMatch(/!\[|evil\.example/)
  })

  it.each([
    ['attributes', `<b ${Array.from({ length: 200 }, (_each, index) => `a${index}`).join(' ')} onclick=alert(1)>x</b>`],
    ['a long value', `<b title="${'x'.repeat(3000)}" onclick=alert(1)>x</b>`],
  ])('escapes a tag that hides its handler behind %s', (_name, text) => {
    expect(redact(text)).toMatch(/^&lt;/)
  })

  it('never repeats the address in a finding or a replacement', () => {
    for (const match of MARKDOWN_ATTACKS.flatMap((text) => scan(text))) {
      expect(match.message + (match.replacement ?? '')).not.toContain('evil.example')
    }
  })

  it('lets text leave as soon as nothing can come of it', () => {
    const options = outputMarkdown.options.parse({})
    const reader = outputMarkdown.open?.(options, { stage: 'output', origin: 'model' })
    reader?.push('A long sentence without any markup, and then ', false)
    expect(reader?.settled).toBe(45)
    reader?.push('an ![image', false)
    expect(reader?.settled).toBe(48)
    reader?.push('](https://evil.example/) and `code', false)
    expect(reader?.settled).toBe(48 + 7 + 34)
  })

  it('refuses host entries that are no hosts', () => {
    expect(outputMarkdown.options.safeParse({ hosts: { images: ['https://a.example/path'] } }).success).toBe(false)
    expect(outputMarkdown.options.safeParse({ hosts: { images: ['a b'] } }).success).toBe(false)
  })

  it.each(['![', '![a](', '<a ', '[a](', '`', '```\n`', '<!--', '> ', '- ', '\\', '](', '[a]: ', '<b title="', '$$\n'])(
    'stays linear on a flood of %j',
    (piece) => {
      const matches = scan(piece.repeat(20_000))
      expect(matches.length).toBeLessThanOrEqual(20_000)
    },
  )
})
