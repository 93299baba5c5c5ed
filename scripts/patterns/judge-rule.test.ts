import { describe, expect, it } from 'vitest'
import type { Rule } from '../../packages/sallyport/src/guard/rule.ts'
import { parsePattern } from '../../packages/sallyport/src/text/pattern/index.ts'
import { judgeRule } from './judge-rule.ts'
import { worstCaseSteps } from './worst-case-steps.ts'

function rule(pattern: RegExp, literals?: readonly string[]): Rule {
  return {
    code: 'sample',
    pattern,
    severity: 'low',
    confidence: 0.5,
    message: 'A sample.',
    ...(literals === undefined ? {} : { literals }),
  }
}

function stepsOf(source: string, flags = ''): number {
  return worstCaseSteps(parsePattern(source, flags), flags).steps
}

describe('worstCaseSteps', () => {
  it.each([
    // One test for each character, and the ways multiply: 2 + 4 + 8 … for two ways each time.
    ['abc', 3],
    ['a{5}', 5],
    ['ab|ac', 4],
    ['(?:a|a){1,10}', 2 ** 11 - 2],
    ['a?a?a?', 7],
    ['(?:(?!xyz)a){2}', 6],
    ['a(?<=ab)', 3],
  ])('of /%s/ are %i', (source, steps) => {
    expect(stepsOf(source)).toBe(steps)
  })

  it('are few for a repeat whose parts cannot be taken for each other, and many where they can', () => {
    expect(stepsOf('(?:\\w{1,15} ){0,10}x')).toBeLessThan(1000)
    expect(stepsOf('(?:\\w{1,15} ?){0,10}x')).toBeGreaterThan(1_000_000)
  })

  it('are a cube where three gaps overlap', () => {
    expect(stepsOf('[^.]{0,40} [^.]{0,40} [^.]{0,40}x', 'u')).toBeGreaterThan(4000)
  })
})

describe('judgeRule', () => {
  it('finds nothing wrong with a rule that is fit for hostile text', () => {
    const { problems, steps, hasLiterals } = judgeRule(rule(/gh[ps]_[A-Za-z0-9]{36}(?![A-Za-z0-9])/, ['ghp_', 'ghs_']))
    expect(problems).toEqual([])
    expect(steps).toBeGreaterThan(36)
    expect(hasLiterals).toBe(true)
  })

  it.each([
    ['has no longest match', rule(/key=\w+/), /longest match is Infinity/],
    ['looks ahead without end', rule(/key(?=.*x)/), /lookahead is Infinity/],
    ['is bounded, so that recheck calls it safe, but takes for ever', rule(/(?:a{1,30}){1,30}b/), /one attempt takes/],
    ['hides a slow search in a lookahead', rule(/(?=(?:a{1,30}){1,30}b)a/), /one attempt takes/],
    ['can match without its literals', rule(/(?:ghp|gho)_\w{4}/, ['ghp_']), /match like "gho_/],
  ])('objects to a pattern that %s', (_name, sample, problem) => {
    expect(judgeRule(sample).problems.join('\n')).toMatch(problem)
  })
})
