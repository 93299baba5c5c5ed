import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openView, openViews, type TextViewName } from './open-view.ts'
import type { ViewStream } from './view.ts'

const NAMES: readonly TextViewName[] = ['original', 'folded', 'skeleton', 'leet']

const PIECES = [
  ...'abcixyz ABC..--__**01345789@$!|+(\n\r\t"\'',
  'ignore',
  'previous',
  '1gn0re',
  '57r355',
  'Größe',
  'привет',
  'рост',
  'аbс',
  'ѕуѕ',
  'Τest',
  'ʜᴇ',
  '𝐢𝐠',
  '😀',
  '🇩🇪',
  '🇮🇬🇳🇴🇷🇪',
  '\u0301',
  '\u0306',
  'и',
  'И\u0306',
  'か',
  '\u3099',
  '\u1100',
  '\u1161',
  '\u11a8',
  '가',
  'ا',
  '\u064b',
  'अ',
  '\u0301'.repeat(6),
  '\u200b',
  '\u00ad',
  '\u200d',
  '\ufeff',
  '\u{e0041}',
  '\ufe0f',
  '\u3000',
  '\u00a0',
  '\u2028',
  '\u0085',
  '\r\n',
  '\b',
  '\0',
  '\ud800',
  '\udc00',
  'ß',
  'ﬁ',
  'ﷺ',
  '½',
  '…',
  '´',
  '١',
  '漢字',
  'a'.repeat(45),
  'i g n o r e',
  'i.g.n',
  'p-r-e-v',
  '  ',
  ' . ',
  'x@y.z',
  '\\u0069',
  '\\u00',
  '\\ud83d',
  '\\ude00',
  '\\x41',
  '%D0',
  '%9F',
  '%4',
  '&#105',
  '&lt;',
  '&amp',
  '%',
  '\\',
  '&',
] as const

const hostileText = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''))
const cuts = fc.array(fc.nat(400), { maxLength: 12 })

function chunksOf(text: string, at: readonly number[]): string[] {
  const bounds = [0, ...at.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  return bounds.slice(1).map((bound, index) => text.slice(bounds[index], bound))
}

function mapOf(view: ViewStream): number[][] {
  return [...view.text.split('').keys()].map((at) => [view.startAt(view.base + at), view.endAt(view.base + at)])
}

describe.each(NAMES)('the %s view', (name) => {
  it('is the same for any chunking, and only ever grows', () => {
    fc.assert(
      fc.property(hostileText, cuts, (text, at) => {
        const whole = openView(name)
        whole.push(text, true)
        const stream = openView(name)
        let before = ''
        const chunks = chunksOf(text, at)
        for (const [index, chunk] of chunks.entries()) {
          stream.push(chunk, index === chunks.length - 1)
          expect(stream.text.startsWith(before)).toBe(true)
          before = stream.text
        }
        expect(stream.text).toBe(whole.text)
        expect(mapOf(stream)).toEqual(mapOf(whole))
        expect(stream.differs).toBe(whole.differs)
        expect(stream.consumed).toBe(text.length)
      }),
      // The sign before a digit counts as a letter, also where single letters follow.
      { numRuns: 400, examples: [['$7ا\udc00p-r-e-v', [4]]] },
    )
  })

  it('is the same one code unit at a time, opened together and trimmed on the way', () => {
    fc.assert(
      fc.property(hostileText, fc.nat(20), (text, kept) => {
        const whole = openView(name)
        whole.push(text, true)
        const views = openViews(NAMES)
        const stream = views[NAMES.indexOf(name)]!
        let seen = ''
        const units = [...text.split(''), '']
        for (const [index, unit] of units.entries()) {
          for (const view of views) {
            view.push(unit, index === units.length - 1)
            expect(view.consumed).toBeLessThanOrEqual(index + 1)
          }
          seen += stream.text.slice(seen.length - stream.base)
          for (const view of views) view.trim(view.base + view.text.length - kept)
        }
        expect(seen).toBe(whole.text)
        const tail = mapOf(stream)
        expect(tail).toEqual(mapOf(whole).slice(whole.text.length - tail.length))
      }),
      { numRuns: 150 },
    )
  })

  it('maps every character to a range of the original, in order', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const view = openView(name)
        view.push(text, true)
        let before = 0
        for (const [start = 0, end = 0] of mapOf(view)) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
          before = start
        }
      }),
    )
  })
})
