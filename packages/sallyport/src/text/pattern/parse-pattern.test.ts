import { describe, expect, it } from 'vitest'
import { SallyportError } from '../../errors/sallyport-error.ts'
import { parsePattern } from './parse-pattern.ts'
import type { CharacterNode, PatternNode } from './pattern-node.ts'

/** The tree in one line: kinds and what sets them apart. */
function outline(node: PatternNode): string {
  switch (node.kind) {
    case 'alternation':
      return `(${node.alternatives.map(outline).join(' | ')})`
    case 'sequence':
      return `[${node.items.map(outline).join(' ')}]`
    case 'group':
      return `${node.capturing ? 'capture' : 'group'}${node.name === undefined ? '' : ` ${node.name}`}<${outline(node.body)}>`
    case 'quantifier':
      return `${outline(node.body)}×${node.min}-${node.max}${node.lazy ? ' lazy' : ''}`
    case 'lookaround':
      return `${node.negative ? 'not ' : ''}${node.direction}<${outline(node.body)}>`
    case 'assertion':
      return node.assertion
    case 'character':
      return node.source
    default:
      return node satisfies never
  }
}

function character(source: string, flags: string): CharacterNode {
  const node = parsePattern(source, flags)
  if (node.kind !== 'character') throw new Error(`${source} is a ${node.kind}`)
  return node
}

describe('parsePattern', () => {
  it.each([
    ['', '', '[]'],
    ['ab|c|', '', '([a b] | c | [])'],
    ['a(b)(?<n>c)(?:d|e)', '', '[a capture<b> capture n<c> group<(d | e)>]'],
    ['a?b*c+?d{2}e{3,}f{4,5}?', '', '[a×0-1 b×0-Infinity c×1-Infinity lazy d×2-2 e×3-Infinity f×4-5 lazy]'],
    ['^\\b.\\B$', '', '[start boundary . not-boundary end]'],
    ['(?=a)(?!b)(?<=c)(?<!d)', '', '[ahead<a> not ahead<b> behind<c> not behind<d>]'],
    ['[^\\]a-z-]\\]\\/\\\\', '', '[[^\\]a-z-] \\] \\/ \\\\]'],
    [
      '\\p{L}\\u{1F600}\\uD83D\\uDE00\\x41\\u0042\\cA\\0\\t',
      'u',
      '[\\p{L} \\u{1F600} \\uD83D\\uDE00 \\x41 \\u0042 \\cA \\0 \\t]',
    ],
    ['a{,3}b{x', '', '[a { , 3 } b { x]'],
    ['(?:a{1,3}){2}', 'u', 'group<a×1-3>×2-2'],
  ])('reads /%s/%s', (source, flags, expected) => {
    expect(outline(parsePattern(source, flags))).toBe(expected)
  })

  it.each([
    [
      '[a-fA-F_\\d]',
      'u',
      [
        [0x61, 0x66],
        [0x41, 0x46],
        [0x5f, 0x5f],
        [0x30, 0x39],
      ],
    ],
    [
      '[\\b\\n\\x20-\\u007e]',
      '',
      [
        [8, 8],
        [10, 10],
        [0x20, 0x7e],
      ],
    ],
    [
      '[\\w-z]',
      '',
      [
        [0x30, 0x39],
        [0x41, 0x5a],
        [0x5f, 0x5f],
        [0x61, 0x7a],
        [0x2d, 0x2d],
        [0x7a, 0x7a],
      ],
    ],
    ['[😀-😎]', 'u', [[0x1f600, 0x1f60e]]],
    [
      '[😀]',
      '',
      [
        [0xd83d, 0xd83d],
        [0xde00, 0xde00],
      ],
    ],
    ['\\u{41}', 'u', [[0x41, 0x41]]],
  ])('lists the ranges of /%s/%s', (source, flags, ranges) => {
    expect(character(source, flags).ranges).toEqual(ranges)
  })

  it.each([
    ['a', '', 1, 1],
    ['.', '', 1, 1],
    ['.', 'u', 1, 2],
    ['\\w', 'u', 1, 1],
    ['[^a]', 'u', 1, 2],
    ['😀', 'u', 2, 2],
    ['[a😀]', 'v', 1, 2],
    ['\\P{L}', 'u', 1, 2],
  ])('knows that /%s/%s takes from %i to %i units', (source, flags, min, max) => {
    expect(character(source, flags)).toMatchObject({ minUnits: min, maxUnits: max })
  })

  it('keeps the slice of the source every node was read from', () => {
    const node = parsePattern('a(?:b|c){2,3}?', '')
    expect(node.kind === 'sequence' && node.items.map((item) => item.source)).toEqual(['a', '(?:b|c){2,3}?'])
  })

  it.each([
    ['(a)\\1', '', /backreference at character 4/],
    ['(?<n>a)\\k<n>', 'u', /backreference at character 8/],
    ['[\\w&&\\d]', 'v', /set operation of the v flag at character 4/],
    ['[[a]b]', 'v', /set operation/],
    ['a[^]', 'v', /empty negated class with the v flag at character 2/],
    ['\\07', '', /octal/],
    ['(', '', /not a regular expression/],
  ])('refuses /%s/%s and says where and how to mend it', (source, flags, message) => {
    expect(() => parsePattern(source, flags)).toThrow(message)
    expect(() => parsePattern(source, flags)).toThrow(SallyportError)
  })
})
