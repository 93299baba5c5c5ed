import type { Rule, RuleMatch } from '../../guard/rule.ts'
import type { Severity } from '../../guard/finding.ts'

export const LANGUAGES = ['shell', 'sql', 'python', 'javascript'] as const
export type Language = (typeof LANGUAGES)[number]

/** One dangerous construct. Patterns read the folded view: lower case, one blank for many, line ends kept. */
export interface CodeRow {
  readonly code: string
  readonly pattern: RegExp
  readonly literals: readonly string[]
  readonly severity: Severity
  readonly confidence: number
  readonly message: string
  readonly validate?: (match: RuleMatch) => boolean | number
}

export function codeRule(row: CodeRow): Rule {
  return { ...row, views: ['folded', 'decoded'] }
}
