import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Match } from '../../guard/guard.ts'
import { injectionScore } from './score.ts'

const context = { stage: 'input', origin: 'user' } as const
const match = fc
  .record({
    family: fc.constantFrom('override', 'persona', 'extraction', 'tool', 'indirect', 'model'),
    rule: fc.constantFrom('a', 'b', 'c', 'd'),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    start: fc.nat(5_000),
  })
  .map(({ family, rule, confidence, start }): Match => ({
    code: family === 'model' ? 'model' : `${family}-${rule}`,
    confidence,
    start,
    end: start + 120,
    severity: 'medium',
    message: '',
  }))

describe('injectionScore', () => {
  it('never falls when a match is added', () => {
    fc.assert(
      fc.property(fc.array(match, { maxLength: 12 }), match, (matches, added) => {
        const before = injectionScore(matches, context)
        expect(injectionScore([...matches, added], context)).toBeGreaterThanOrEqual(before - 1e-12)
      }),
    )
  })

  it('does not depend on the order and stays between the strongest match, or what suffices to block, and the cap', () => {
    fc.assert(
      fc.property(fc.array(match, { minLength: 1, maxLength: 12 }), (matches) => {
        const score = injectionScore(matches, context)
        expect(injectionScore(matches.toReversed(), context)).toBeCloseTo(score, 12)
        expect(score).toBeLessThanOrEqual(0.99)
        expect(score).toBeGreaterThanOrEqual(
          Math.min(0.8, Math.max(...matches.map(({ confidence }) => confidence))) - 1e-12,
        )
      }),
    )
  })

  it('counts the same code once however often it stands there', () => {
    fc.assert(
      fc.property(match, fc.integer({ min: 1, max: 50 }), (one, times) => {
        const copies = Array.from({ length: times }, () => one)
        expect(injectionScore(copies, context)).toBe(injectionScore([one], context))
      }),
    )
  })

  it('does not add up weak evidence that stands far apart', () => {
    const far = [0, 4_000, 8_000].map((start, index): Match => ({
      code: `family${index}-x`,
      confidence: 0.4,
      start,
      end: start + 5,
      severity: 'low',
      message: '',
    }))
    expect(injectionScore(far, context)).toBeCloseTo(0.4, 12)
    expect(
      injectionScore(
        far.map((weak) => ({ ...weak, start: 0 })),
        context,
      ),
    ).toBeGreaterThan(0.5)
  })
})
