import type { RuleMatch } from '../../guard/rule.ts'
import type { EntityRule } from './entity-rule.ts'

/**
 * Drops matches below a confidence. The threshold is on the final figure, so the boost of context words is reckoned in;
 * all rules of this guard look for them before the match only, within what a validator sees.
 */
export function atLeast(rule: EntityRule, minimum: number): EntityRule {
  if (minimum <= 0) return rule
  const words = rule.context === undefined ? undefined : contextPattern(rule.context.words)
  return {
    ...rule,
    validate: (match: RuleMatch) => {
      const verdict = rule.validate?.(match) ?? true
      if (verdict === false) return false
      const base = verdict === true ? rule.confidence : verdict
      const boost = words?.test(match.before.slice(-(rule.context?.before ?? 60))) ? (rule.context?.boost ?? 0) : 0
      return Math.min(1, base + boost) >= minimum ? verdict : false
    },
  }
}

function contextPattern(words: readonly string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})`, 'iu')
}
