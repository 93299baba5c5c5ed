import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase } from './character-set.ts'
import { LiteralScanner } from './literal-scanner.ts'

type Hit = readonly [literal: number, end: number]

function hitsOf(scanner: LiteralScanner, chunks: readonly string[]): Hit[] {
  const hits: Hit[] = []
  let state = 0
  let offset = 0
  for (const chunk of chunks) {
    const base = offset
    state = scanner.scan(chunk, 0, state, (literal, end) => hits.push([literal, base + end]))
    offset += chunk.length
  }
  return hits.sort(byEnd)
}

function hitsByHand(literals: readonly string[], text: string): Hit[] {
  const hits: Hit[] = []
  const folded = foldCase(text)
  literals.forEach((literal, index) => {
    for (let end = literal.length; end <= text.length; end++) {
      if (folded.slice(end - literal.length, end) === foldCase(literal)) hits.push([index, end])
    }
  })
  return hits.sort(byEnd)
}

function byEnd(a: Hit, b: Hit): number {
  return a[1] - b[1] || a[0] - b[0]
}

/** As fast-check has no word for "text with hits in it", both are made of the same few characters. */
const CHARACTERS = ['a', 'b', 'A', 'k', 'S', '\u212a', '\u017f', 'é', 'É', 'я', '好', '好', '😀', '\ud83d', ' ']
const TEXT = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 40, size: 'max' }).map((all) => all.join(''))
const LITERALS = fc.array(
  fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
  { minLength: 1, maxLength: 12 },
)

describe('LiteralScanner', () => {
  it('finds what a search for each literal finds, in any chunks', () => {
    fc.assert(
      fc.property(LITERALS, TEXT, fc.array(fc.nat(40)), (literals, text, cuts) => {
        const scanner = new LiteralScanner(literals)
        const marks = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length]
        const chunks = marks.slice(1).map((mark, index) => text.slice(marks[index], mark))
        expect(hitsOf(scanner, [text])).toEqual(hitsByHand(literals, text))
        expect(hitsOf(scanner, chunks)).toEqual(hitsByHand(literals, text))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    [
      'every literal that ends at a place',
      ['abcd', 'bcd', 'd', 'cd'],
      'xabcd',
      [
        [0, 5],
        [1, 5],
        [2, 5],
        [3, 5],
      ],
    ],
    [
      'the same literal given twice',
      ['key', 'KEY'],
      'a Key',
      [
        [0, 5],
        [1, 5],
      ],
    ],
    [
      'overlapping hits',
      ['aa'],
      'aaaa',
      [
        [0, 2],
        [0, 3],
        [0, 4],
      ],
    ],
    ['a literal inside one that fails late', ['abcx', 'bc'], 'abcy', [[1, 3]]],
    ['letters past ASCII only in their own case', ['école'], 'École école', [[0, 11]]],
    [
      'the Kelvin sign and the long s as letters',
      ['key', 'so'],
      '\u212aey \u017fo',
      [
        [0, 3],
        [1, 6],
      ],
    ],
    ['nothing where there is nothing', ['ghp_'], 'ghp-ghp ghx_', []],
    ['nothing when it has no literals', [], 'anything', []],
  ] as const)('reports %s', (_name, literals, text, hits) => {
    expect(hitsOf(new LiteralScanner(literals), [text])).toEqual(hits)
  })

  it('starts where it is told to', () => {
    const ends: number[] = []
    new LiteralScanner(['ab']).scan('ab ab', 1, 0, (_literal, end) => ends.push(end))
    expect(ends).toEqual([5])
  })

  it('refuses an empty literal, which would hit everywhere', () => {
    expect(() => new LiteralScanner(['a', ''])).toThrow(TypeError)
  })

  it('keeps 5,000 literals of many scripts under 20 MB', () => {
    const scripts = [0x61, 0x430, 0x5d0, 0x4e00, 0xac00]
    const literals = Array.from({ length: 5000 }, (_, index) => {
      const first = scripts[index % scripts.length] ?? 0
      const span = first < 0x3000 ? 24 : 700
      const units = Array.from({ length: 6 + (index % 8) }, (_, at) => first + ((index * 31 + at * (index + 7)) % span))
      return String.fromCharCode(...units)
    })
    expect(new LiteralScanner(literals).byteLength).toBeLessThan(20_000_000)
  })
})
