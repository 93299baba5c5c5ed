import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScoreHistogram } from './score-histogram.ts'
import { areaUnderCurve, bootstrap, shareOf, thresholdAt } from './statistics.ts'

const score = fc.integer({ min: 0, max: 10_000 }).map((step) => step / 10_000)
const scores = fc.array(score, { minLength: 1, maxLength: 60 })

function histogram(list: readonly number[]): ScoreHistogram {
  const result = new ScoreHistogram()
  for (const each of list) result.add(each)
  return result
}

describe('areaUnderCurve', () => {
  it('is the share of pairs in which the attack scores higher, ties half', () => {
    fc.assert(
      fc.property(scores, scores, (attacks, harmless) => {
        let sum = 0
        for (const a of attacks) for (const b of harmless) sum += a > b ? 1 : a === b ? 0.5 : 0
        const expected = sum / attacks.length / harmless.length
        expect(areaUnderCurve(histogram(attacks), histogram(harmless))).toBeCloseTo(expected, 10)
      }),
    )
  })
})

describe('thresholdAt', () => {
  it('is reached by at most the share that is allowed, and one step lower by more', () => {
    fc.assert(
      fc.property(scores, fc.constantFrom(0.003, 0.01, 0.1, 0.5), (harmless, rate) => {
        const threshold = thresholdAt(histogram(harmless), rate)
        const reached = (from: number): number => harmless.filter((each) => each >= from - 1e-9).length
        expect(reached(threshold)).toBeLessThanOrEqual(rate * harmless.length)
        const next = Math.max(...harmless.filter((each) => each < threshold - 1e-9), -1)
        if (next >= 0) expect(reached(next)).toBeGreaterThan(rate * harmless.length)
      }),
    )
  })
})

describe('shareOf', () => {
  it('has the interval of Wilson', () => {
    // 10 of 100: 0.0552 to 0.1744 in the textbooks.
    expect(shareOf(10, 100)).toEqual({ value: 0.1, low: 0.0552, high: 0.1744, count: 10, of: 100 })
    expect(shareOf(0, 100)).toMatchObject({ value: 0, low: 0, high: 0.037 })
    expect(shareOf(0, 0)).toBeUndefined()
  })
})

describe('bootstrap', () => {
  const sample = histogram([...Array.from({ length: 300 }, () => 0.9), ...Array.from({ length: 700 }, () => 0.1)])
  const share = ([drawn]: readonly ScoreHistogram[]): number | undefined =>
    drawn && drawn.total > 0 ? drawn.countFrom(0.5) / drawn.total : undefined

  it('gives the same interval each time, about as wide as theory says', () => {
    const interval = bootstrap([sample], share)
    expect(interval).toEqual(bootstrap([sample], share))
    const width = (interval?.high ?? 0) - (interval?.low ?? 0)
    // 2 × 1.96 × sqrt(0.3 × 0.7 / 1000) = 0.057
    expect(width).toBeGreaterThan(0.04)
    expect(width).toBeLessThan(0.075)
  })
})
