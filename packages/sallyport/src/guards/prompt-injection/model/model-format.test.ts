import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lengthPenalty, LONG_TEXT, SHORT_TEXT } from './model-format.ts'

const slopes = { shortSlope: 0.6, longSlope: 0.3 }

describe('lengthPenalty', () => {
  it('is nothing for short texts, never falls and has no step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), (offset) => {
        const here = lengthPenalty(slopes, offset)
        const next = lengthPenalty(slopes, offset + 1)
        if (offset <= SHORT_TEXT) expect(here).toBe(0)
        expect(next).toBeGreaterThanOrEqual(here)
        expect(next - here).toBeLessThan(0.03)
      }),
    )
  })

  it('rises by its slopes for each e-fold', () => {
    expect(lengthPenalty(slopes, SHORT_TEXT * Math.E)).toBeCloseTo(0.6, 10)
    expect(lengthPenalty(slopes, LONG_TEXT * Math.E) - lengthPenalty(slopes, LONG_TEXT)).toBeCloseTo(0.3, 10)
  })
})
