import { describe, expect, it } from 'vitest'
import { parseMarkdown, type Block } from './markdown.ts'
import type { Inline } from './markdown-inline.ts'

/** A compact form to compare: `p(…)`, `b(…)`, with text as it is. */
function sketch(text: string): string {
  return parseMarkdown(text).map(sketchBlock).join(' ')
}

function sketchBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `p(${block.children.map(sketchInline).join('')})`
    case 'heading':
      return `h${block.level}(${block.children.map(sketchInline).join('')})`
    case 'code':
      return `code[${block.language}](${block.text})`
    case 'list':
      return `${block.start === undefined ? 'ul' : `ol${block.start}`}(${block.items.map((item) => `li(${item.map(sketchBlock).join(' ')})`).join('')})`
    case 'quote':
      return `quote(${block.children.map(sketchBlock).join(' ')})`
    default:
      return 'hr'
  }
}

function sketchInline(node: Inline): string {
  switch (node.type) {
    case 'text':
      return node.text
    case 'code':
      return `code(${node.text})`
    case 'link':
    case 'image':
      return `${node.type}(${node.label}|${node.target})`
    default:
      return `${node.type}(${node.children.map(sketchInline).join('')})`
  }
}

describe('parseMarkdown', () => {
  it.each([
    ['one paragraph over two lines', 'a\nb\n\nc', 'p(a\nb) p(c)'],
    ['headings', '# One\n### Two ###\n#no', 'h1(One) h3(Two) p(#no)'],
    ['emphasis', '**bold** *it* __b__ _i_ ~~s~~', 'p(strong(bold) emphasis(it) strong(b) emphasis(i) strike(s))'],
    ['nested emphasis', '***both*** and *a **b** c*', 'p(strong(emphasis(both)) and emphasis(a strong(b) c))'],
    ['snake case', 'a_b_c and 2 * 3 * 4', 'p(a_b_c and 2 * 3 * 4)'],
    ['code', '`**x**` ``a`b``', 'p(code(**x**) code(a`b))'],
    ['a fence', '```js\nlet a\n\n# no\n```\nafter', 'code[js](let a\n\n# no) p(after)'],
    ['a fence that never ends', '```\nstill **code**', 'code[](still **code**)'],
    ['lists', '- a\n- b\n\n3. c\n4. d', 'ul(li(p(a))li(p(b))) ol3(li(p(c))li(p(d)))'],
    ['a nested list', '- a\n  - b\n- c', 'ul(li(p(a) ul(li(p(b))))li(p(c)))'],
    ['a quote', '> a\n> b', 'quote(p(a\nb))'],
    ['a rule', 'a\n\n---\n\nb', 'p(a) hr p(b)'],
    ['escapes', String.raw`\*not\* \[a](b)`, 'p(*not* [a](b))'],
    [
      'a link and an image',
      '[a](https://x.example) ![b](https://y.example/p(1).png)',
      'p(link(a|https://x.example) image(b|https://y.example/p(1).png))',
    ],
  ])('reads %s', (_, text, expected) => {
    expect(sketch(text)).toBe(expected)
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an image with a handler', '<img src=x onerror=alert(1)>'],
    ['a comment', '<!-- <b>x</b> -->'],
    ['an entity', '&lt;script&gt; &#60;b&#62;'],
    ['an autolink', '<javascript:alert(1)>'],
    ['a reference definition', '[a]: javascript:alert(1)'],
    ['an unclosed link', '[a](javascript:alert(1)'],
  ])('keeps %s as text', (_, text) => {
    expect(sketch(text)).toBe(`p(${text})`)
  })

  it.each([
    ['a script address', '[x](javascript:alert(1))', 'javascript:alert(1)'],
    ['a data address', '[x](data:text/html,<script>alert(1)</script>)', 'data:text/html,<script>alert(1)</script>'],
    ['an attribute breakout', '[x](" onclick="alert(1))', '" onclick="alert(1)'],
  ])('gives the target of %s as text to show', (_, text, target) => {
    expect(parseMarkdown(text)).toEqual([{ type: 'paragraph', children: [{ type: 'link', label: 'x', target }] }])
  })

  it.each([
    ['quotes', '>'.repeat(5000)],
    ['lists', '- '.repeat(5000)],
    ['emphasis', '*a '.repeat(50_000)],
    ['strong openers', '**a'.repeat(50_000)],
    ['backticks', '`'.repeat(100_000)],
    ['backticks of growing length', Array.from({ length: 300 }, (_, length) => '`'.repeat(length)).join(' ')],
    ['brackets', '['.repeat(100_000)],
    ['link openers', '[]('.repeat(20_000)],
    ['blank lines', '\n'.repeat(100_000)],
    ['rules', '* '.repeat(50_000)],
    ['hashes', `# ${'#'.repeat(100_000)}`],
  ])('survives a flood of %s', (_, text) => {
    expect(parseMarkdown(text)).toBeInstanceOf(Array)
  })
})
