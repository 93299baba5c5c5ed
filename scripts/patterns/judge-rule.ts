import { checkSync } from 'recheck'
import { MAX_MATCH_LENGTH } from '../../packages/sallyport/src/compose/compile-rules.ts'
import type { Rule } from '../../packages/sallyport/src/guard/guard.ts'
import {
  matchWithoutLiteral,
  measurePattern,
  parsePattern,
  partialPattern,
} from '../../packages/sallyport/src/text/pattern/index.ts'
import { worstCaseSteps } from './worst-case-steps.ts'

/** Character tests of one attempt, some 20 µs: a text that makes every attempt that slow is still linear. */
const MAX_STEPS = 10_000
/** A partial pattern runs near the end of a chunk only, and asks at each step whether the text ends there. */
const MAX_PARTIAL_STEPS = 4 * MAX_STEPS
const RECHECK_TIMEOUT_MS = 10_000

export interface Judgement {
  readonly problems: readonly string[]
  readonly steps: number
  /** Whether the rule names literals, which then are proven to cover it. */
  readonly hasLiterals: boolean
}

/**
 * Says what is wrong with a rule's pattern.
 *
 * Recheck alone would be easily satisfied: it reasons about growth without bound, and in a bounded pattern nothing
 * grows, so it calls `(?:a{1,30}){1,30}b` safe, which takes 10^44 steps. So the pattern has to be bounded, recheck has
 * to agree that it is safe (it knows no lookarounds in unbounded patterns, which are refused here anyway), and the steps
 * of one attempt on the worst text that a search finds have to stay under a limit. Together: the work is the length of
 * the text times a known, small constant.
 */
export function judgeRule({ pattern, literals }: Rule): Judgement {
  const problems: string[] = []
  const { maxLength, behind, ahead } = measurePattern(pattern)
  for (const [what, reach] of Object.entries({ 'longest match': maxLength, lookbehind: behind, lookahead: ahead })) {
    if (reach > MAX_MATCH_LENGTH) problems.push(`its ${what} is ${reach} units, the limit is ${MAX_MATCH_LENGTH}`)
  }
  if (maxLength + behind + ahead === Infinity) return { problems, steps: Infinity, hasLiterals: false }

  const opinion = checkSync(pattern.source, pattern.flags.replaceAll(/[dgy]/g, ''), {
    checker: 'automaton',
    timeout: RECHECK_TIMEOUT_MS,
    maxNFASize: 1_000_000,
    maxPatternSize: 1_000_000,
    maxRepeatCount: 1_000_000,
  })
  if (opinion.status !== 'safe') problems.push(`recheck calls it ${opinion.status}`)

  const { steps, text } = worstCase(pattern)
  if (steps > MAX_STEPS) problems.push(`one attempt takes ${steps} steps on texts like ${JSON.stringify(text)}`)
  const partial = worstCase(partialPattern(pattern))
  if (partial.steps > MAX_PARTIAL_STEPS && steps <= MAX_STEPS) {
    problems.push(`its partial pattern takes ${partial.steps} steps on texts like ${JSON.stringify(partial.text)}`)
  }

  if (literals === undefined || literals.length === 0) return { problems, steps, hasLiterals: false }
  const missed = matchWithoutLiteral(pattern, literals)
  if (missed !== undefined) {
    problems.push(`none of its literals is in a match like ${JSON.stringify(abbreviate(missed))}`)
  }
  return { problems, steps, hasLiterals: true }
}

function worstCase(pattern: RegExp): { readonly steps: number; readonly text: string } {
  const { steps, text } = worstCaseSteps(parsePattern(pattern.source, pattern.flags), pattern.flags)
  return { steps, text: abbreviate(text) }
}

function abbreviate(text: string): string {
  return text.length > 100 ? `${text.slice(0, 60)}…${text.slice(-20)}` : text
}
