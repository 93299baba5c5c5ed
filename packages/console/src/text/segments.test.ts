import { describe, expect, it } from 'vitest'
import { markableFindings, segmentText } from './segments.ts'

const span = (name: string, start: number, end: number) => ({ name, start, end })

/** `[text, names]` for each segment. */
function cut(text: string, findings: readonly ReturnType<typeof span>[]) {
  return segmentText(text, findings).map((segment) => [
    text.slice(segment.start, segment.end),
    segment.findings.map(({ name }) => name).join(''),
  ])
}

describe('segmentText', () => {
  it.each([
    ['no finding', [], [['abcdef', '']]],
    [
      'one in the middle',
      [span('x', 1, 3)],
      [
        ['a', ''],
        ['bc', 'x'],
        ['def', ''],
      ],
    ],
    ['the whole text', [span('x', 0, 6)], [['abcdef', 'x']]],
    [
      'side by side',
      [span('x', 0, 3), span('y', 3, 6)],
      [
        ['abc', 'x'],
        ['def', 'y'],
      ],
    ],
    [
      'overlapping',
      [span('x', 0, 4), span('y', 2, 6)],
      [
        ['ab', 'x'],
        ['cd', 'xy'],
        ['ef', 'y'],
      ],
    ],
    [
      'nested',
      [span('y', 2, 4), span('x', 1, 5)],
      [
        ['a', ''],
        ['b', 'x'],
        ['cd', 'xy'],
        ['e', 'x'],
        ['f', ''],
      ],
    ],
    [
      'the same span twice',
      [span('x', 1, 2), span('y', 1, 2)],
      [
        ['a', ''],
        ['b', 'xy'],
        ['cdef', ''],
      ],
    ],
    [
      'empty and outside spans',
      [span('x', 3, 3), span('y', -5, 1), span('z', 5, 99)],
      [
        ['a', 'y'],
        ['bcde', ''],
        ['f', 'z'],
      ],
    ],
    ['a span that ends before it starts', [span('x', 4, 2)], [['abcdef', '']]],
  ])('cuts %s', (_, findings, expected) => {
    expect(cut('abcdef', findings)).toEqual(expected)
  })

  it('never cuts a surrogate pair', () => {
    expect(cut('a😀b', [span('x', 2, 4)])).toEqual([
      ['a', ''],
      ['😀b', 'x'],
    ])
    expect(cut('a😀b', [span('x', 0, 2)])).toEqual([
      ['a😀', 'x'],
      ['b', ''],
    ])
  })

  it('gives nothing for an empty text', () => {
    expect(cut('', [span('x', 0, 0)])).toEqual([])
  })
})

describe('markableFindings', () => {
  it('leaves out a finding about the whole text when a narrower one exists', () => {
    const [whole, narrow] = [span('x', 0, 6), span('y', 1, 2)]
    expect(markableFindings('abcdef', [whole, narrow])).toEqual([narrow])
    expect(markableFindings('abcdef', [whole])).toEqual([whole])
  })
})
