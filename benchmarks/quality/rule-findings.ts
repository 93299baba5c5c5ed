import { compileRules } from '../../packages/sallyport/src/compose/compile-rules.ts'
import { RuleScan } from '../../packages/sallyport/src/compose/rule-scan.ts'
import type { GuardDefinition } from '../../packages/sallyport/src/guard/guard.ts'

export interface RuleFinding {
  readonly code: string
  readonly confidence: number
  readonly start: number
  readonly end: number
}

/** What the declared rules of one guard, with its default options, find in a text; through the scanner of the gates. */
export function openRuleFinder<Options>(guard: GuardDefinition<Options>): (text: string) => RuleFinding[] {
  const rules = guard.rules?.(guard.options.parse({})) ?? []
  const set = compileRules([{ guard: guard as GuardDefinition, rules, holds: () => true }], 'input', 'user')
  return (text) =>
    Array.from(new RuleScan(set).push(text, true), ({ rule, confidence, start, end }) => ({
      code: rule.rule.code,
      confidence,
      start,
      end,
    }))
}
