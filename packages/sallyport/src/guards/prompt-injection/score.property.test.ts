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
      fc.property(fc.array(match, { maxLength: 12 }), match, fc.boolean(), (matches, added, isScanned) => {
        const before = injectionScore(matches, context, isScanned)
        expect(injectionScore([...matches, added], context, isScanned)).toBeGreaterThanOrEqual(before - 1e-12)
      }),
    )
  })

  it.each([
    ['to block, where no model reads the text', false, 0.8],
    ['to record, where a model reads it, too', true, 0.5],
  ])(
    'does not depend on the order and stays between the strongest match, or what suffices %s, and the cap',
    (_, isScanned, enough) => {
      fc.assert(
        fc.property(fc.array(match, { minLength: 1, maxLength: 12 }), (matches) => {
          const score = injectionScore(matches, context, isScanned)
          expect(injectionScore(matches.toReversed(), context, isScanned)).toBeCloseTo(score, 12)
          expect(score).toBeLessThanOrEqual(0.99)
          expect(score).toBeGreaterThanOrEqual(
            Math.min(enough, Math.max(...matches.map(({ confidence }) => confidence))) - 1e-12,
          )
        }),
      )
    },
  )

  it('does not let rules block alone what a model has read and not agreed to, and lets what both say block', () => {
    const rule: Match = { code: 'override-a', confidence: 0.92, start: 0, end: 40, severity: 'high', message: '' }
    const word = (confidence: number): Match => ({ ...rule, code: 'model', end: 200, confidence })
    expect(injectionScore([rule, word(0.01)], context, true)).toBeLessThan(0.6)
    expect(injectionScore([rule, word(0.2)], context, true)).toBeGreaterThan(0.85)
    expect(injectionScore([rule], context, false)).toBeGreaterThan(0.8)
  })

  it('hears what a window would say in a short text where a rule matches in a long one, and only there', () => {
    const rule: Match = { code: 'override-a', confidence: 0.8, start: 0, end: 40, severity: 'high', message: '' }
    const window: Match = { ...rule, code: 'model', end: 200, confidence: 0.05, support: 0.6 }
    expect(injectionScore([rule, window], context, true)).toBeGreaterThan(0.85)
    expect(injectionScore([window], context, true)).toBeCloseTo(0.05, 12)
    expect(injectionScore([{ ...rule, start: 9_000, end: 9_040 }, window], context, true)).toBeLessThan(0.6)
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
