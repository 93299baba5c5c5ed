import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Match } from '../../guard/guard.ts'
import { cleanText } from './clean-text.ts'
import { openHiddenScan } from './hidden-scan.ts'

const OPTIONS = { allow: [], maxBlankRun: 12, maxLineEnds: 3 }

const samples = ['attack', 'benign'].flatMap((name) =>
  readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text),
)

/** UTF-16 units and pieces of every kind the scan treats apart, in any order. */
const unit = fc.constantFrom(
  ...Array.from('aZ7 \n\t(ражοא\u0627कกᠠᄀ葛ബ[]3m\\'),
  ...Array.from(
    '\u094D\u0301\u0302\u20E3\u200B\u200C\u200D\u200E\u200F\u2060\u2062\uFEFF\u00AD\u034F\u3164\u180E\u180B\uFE0F\uFE00\u{E0100}',
  ),
  ...Array.from('\u202A\u202C\u202E\u2066\u2067\u2068\u2069\u0000\b\f\u001B\u0007\u0085\u009B\u009D\uE000\uFDD0\u2764'),
  ...Array.from('\u{1F600}\u{1F3F4}\u{1F3FD}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E007F}'),
  '\uD83D',
  '\uDE00',
)
const text = fc.oneof(
  fc.array(unit, { maxLength: 60 }).map((units) => units.join('')),
  fc.constantFrom(...samples),
  fc
    .tuple(fc.constantFrom(...samples), fc.array(unit, { maxLength: 8 }), fc.constantFrom(...samples))
    .map(([a, b, c]) => a + b.join('') + c),
  fc
    .tuple(
      fc.constantFrom('\u200B', '\u{E0041}', '\u0301', '\uE000', '\u001B]', '\u2066', ' ', 'p\u0430'),
      fc.integer({ min: 900, max: 1300 }),
    )
    .map(([piece, count]) => `x${piece.repeat(count)}y`),
)

describe('unicode, for any text', () => {
  it('finds the same for any chunking, in order of settlement, and settles everything', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat({ max: 4000 }), { maxLength: 12 }), (input, cuts) => {
        const whole = openHiddenScan(OPTIONS).push(input, true)
        const scan = openHiddenScan(OPTIONS)
        const matches: Match[] = []
        let position = 0
        let settled = 0
        for (const cut of [...cuts.map((each) => each % (input.length + 1)), input.length].toSorted((a, b) => a - b)) {
          const found = scan.push(input.slice(position, cut), false)
          for (const { start } of found) expect(start).toBeGreaterThanOrEqual(settled)
          expect(scan.settled).toBeGreaterThanOrEqual(settled)
          settled = scan.settled
          matches.push(...found)
          position = cut
        }
        const last = scan.push('', true)
        for (const { start } of last) expect(start).toBeGreaterThanOrEqual(settled)
        expect(scan.settled).toBe(input.length)
        expect([...matches, ...last].toSorted(byStart)).toEqual(whole.toSorted(byStart))
      }),
      { numRuns: 500 },
    )
  })

  it('finds the same when every unit comes alone', () => {
    fc.assert(
      fc.property(text, (input) => {
        const scan = openHiddenScan(OPTIONS)
        const matches = input.split('').flatMap((each) => scan.push(each, false))
        expect([...matches, ...scan.push('', true)].toSorted(byStart)).toEqual(
          [...openHiddenScan(OPTIONS).push(input, true)].toSorted(byStart),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('has nothing more to remove from a text it cleaned', () => {
    fc.assert(
      fc.property(text, (input) => {
        const once = cleanText(input).text
        expect(cleanText(once).text).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })

  it('never touches a text of printable ASCII, tabs and line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (input) => {
        expect(cleanText(input)).toEqual({ text: input, removed: 0 })
      }),
    )
  })

  it('holds back at most a bounded run', () => {
    fc.assert(
      fc.property(text, (input) => {
        const scan = openHiddenScan(OPTIONS)
        scan.push(input, false)
        expect(input.length - scan.settled).toBeLessThanOrEqual(1100)
      }),
    )
  })
})

function byStart(a: Match, b: Match): number {
  return a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1)
}
