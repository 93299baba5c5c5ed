import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Match } from '../../guard/guard.ts'
import { compilePatterns, PatternScan, WHOLE_TEXT_LIMIT } from './pattern-scan.ts'

const patterns = compilePatterns([
  { name: 'bounded', pattern: 'a{2,5}b' },
  { name: 'word', pattern: '\\bab\\b' },
  { name: 'start', pattern: '^b' },
  { name: 'alternative', pattern: 'ab|abba|b{3}' },
  { name: 'open', pattern: 'a[ab]*c' },
])

function run(chunks: readonly string[], which = patterns): readonly Match[] {
  const scan = new PatternScan(which)
  const found: Match[] = []
  let settled = 0
  chunks.forEach((chunk, index) => {
    found.push(...scan.push(chunk, index === chunks.length - 1))
    expect(scan.settled).toBeGreaterThanOrEqual(settled)
    settled = scan.settled
  })
  return found.sort((a, b) => a.start - b.start || a.end - b.end || a.code.localeCompare(b.code))
}

describe('PatternScan', () => {
  it('finds the same whatever the chunks are', () => {
    const chunk = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '😀'), maxLength: 30 })
    fc.assert(
      fc.property(fc.array(chunk, { minLength: 1, maxLength: 12 }), (chunks) => {
        expect(run(chunks)).toEqual(run([chunks.join('')]))
      }),
      { numRuns: 500 },
    )
  })

  it('never finds a match before what it called settled', () => {
    const chunk = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 30 })
    fc.assert(
      fc.property(fc.array(chunk, { minLength: 1, maxLength: 12 }), (chunks) => {
        const scan = new PatternScan(patterns.slice(0, 4))
        for (const [index, part] of chunks.entries()) {
          const before = scan.settled
          for (const match of scan.push(part, index === chunks.length - 1))
            expect(match.start).toBeGreaterThanOrEqual(before)
        }
      }),
    )
  })

  it('keeps little of a long text when every pattern is bounded, and still knows where it began', () => {
    const scan = new PatternScan(patterns.slice(0, 4))
    let found = 0
    for (let index = 0; index < 2_000; index++) found += scan.push('b '.repeat(100), false).length
    found += scan.push('', true).length
    expect(found).toBe(1)
  })

  it('refuses a text that is too long for a pattern without an upper length', () => {
    const scan = new PatternScan(patterns)
    expect(() => scan.push('x'.repeat(WHOLE_TEXT_LIMIT + 1), true)).toThrow('without an upper length')
  })

  it('takes time in proportion to the text for a pattern that other engines choke on', () => {
    const evil = compilePatterns([{ name: 'evil', pattern: '(a+)+$' }])
    expect(run(['a'.repeat(20_000) + '!'], evil)).toEqual([])
  })
})
