import type { Severity } from '../../guard/finding.ts'
import type { Rule, RuleContext } from '../../guard/rule.ts'

/** A rule that always names its entity. */
export interface EntityRule extends Rule {
  readonly entity: string
}

interface EntityRuleInput extends Omit<Rule, 'severity' | 'message'> {
  readonly entity: string
  /** What the finding calls it: `Looks like <label>.` */
  readonly label: string
  /** Default `high`, `medium` for what is less than 0.2 sure without context: its placeholder must not win over a surer one. */
  readonly severity?: Severity
}

/** The ten digits: literals of rules whose match always holds a digit, so that text without one costs nothing. */
export const DIGITS: readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** A rule with the defaults of this guard: severity by confidence, digits as literals. */
export function entityRule({ label, ...rule }: EntityRuleInput): EntityRule {
  const severity: Severity = rule.confidence < 0.2 ? 'medium' : 'high'
  const pattern = new RegExp(afterEscapes(rule.pattern.source), rule.pattern.flags)
  return { severity, literals: DIGITS, ...rule, pattern, message: `Looks like ${label}.` }
}

/** In JSON and code a value may stand behind an escape, whose letters are no part of it: `\n4111…`, `\u003c4111…`. */
export const ESCAPE_BEFORE = String.raw`(?<=\\[nrt]|\\u[0-9a-f]{4})`

/** Lets a pattern that must not begin inside a word begin behind an escape. */
function afterEscapes(source: string): string {
  return source.replaceAll(/\(\?<!\[a-z0-9[^\]]*\]\)/g, (boundary) => `(?:${boundary}|${ESCAPE_BEFORE})`)
}

/** Context words looked for in the 60 characters before a match; streams need not wait for what comes after. */
export function near(words: readonly string[], boost = 0.45): RuleContext {
  return { words, boost, before: 60, after: 0 }
}

/** Short words that must not count as the start of longer ones: `car` but not `card`. Context words match at word starts only. */
export function whole(...words: readonly string[]): string[] {
  return words.flatMap((word) => [' ', ':', '#', '=', ',', '.', ')', '"', "'", '\n'].map((end) => word + end))
}
