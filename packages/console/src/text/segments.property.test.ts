import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { segmentText } from './segments.ts'

const spans = fc.array(fc.record({ start: fc.integer({ min: -3, max: 45 }), end: fc.integer({ min: -3, max: 45 }) }), {
  maxLength: 8,
})

it('covers the text once, in order, and puts every finding on exactly the characters it spans', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), spans, (text, findings) => {
      const segments = segmentText(text, findings)
      expect(segments.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
      for (const { start, end, findings: here } of segments) {
        expect(end).toBeGreaterThan(start)
        for (const finding of findings) {
          const covers = finding.start < finding.end && finding.start <= start && finding.end >= end
          expect(here.includes(finding)).toBe(covers)
        }
      }
    }),
  )
})
