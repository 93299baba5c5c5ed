import { compileRules } from '../../packages/sallyport/src/compose/compile-rules.ts'
import { RuleScan } from '../../packages/sallyport/src/compose/rule-scan.ts'
import type { GuardDefinition, Match } from '../../packages/sallyport/src/guard/guard.ts'
import { openModelScan } from '../../packages/sallyport/src/guards/prompt-injection/model/open-model-scan.ts'
import { promptInjection } from '../../packages/sallyport/src/guards/prompt-injection/prompt-injection.ts'

/** How a text is read: as a user's request or as a document. */
export type Head = 'user' | 'document'

/** Scores at which `recommended` records, and at which it blocks input or redacts documents. */
export const THRESHOLDS: Readonly<Record<Head, { readonly review: number; readonly block: number }>> = {
  user: { review: 0.5, block: 0.8 },
  document: { review: 0.5, block: 0.6 },
}

const CONTEXTS = {
  user: { stage: 'input', origin: 'user' },
  document: { stage: 'retrieval', origin: 'retrieved' },
} as const

const ruleSets = { user: rulesOf('user'), document: rulesOf('document') }

function rulesOf(head: Head): ReturnType<typeof compileRules> {
  const guard = promptInjection as unknown as GuardDefinition
  const rules = promptInjection.rules?.(promptInjection.options.parse({})) ?? []
  return compileRules([{ guard, rules, holds: () => false }], CONTEXTS[head].stage, CONTEXTS[head].origin)
}

/** What the rules find in a text. */
export function ruleMatches(text: string, head: Head): Match[] {
  return Array.from(new RuleScan(ruleSets[head]).push(text, true), ({ rule, confidence, start, end }) => {
    const { code, severity, message } = rule.rule
    return { start, end, code, severity, confidence, message }
  })
}

/** What the learned model finds in a text. */
export function modelMatches(text: string, head: Head): readonly Match[] {
  return openModelScan(CONTEXTS[head])?.push(text, true) ?? []
}

/** The guard's score for what was found. */
export function scoreOf(matches: readonly Match[], head: Head): number {
  return promptInjection.score?.(matches, CONTEXTS[head], true) ?? 0
}

/** The guard's score for a text: rules and model. */
export function injectionScore(text: string, head: Head): number {
  return scoreOf([...ruleMatches(text, head), ...modelMatches(text, head)], head)
}

/** A share in percent with Wilson's 95 % interval, for tables. */
export function shareWithInterval(count: number, of: number): string {
  if (of === 0) return ''
  const z2 = 1.96 * 1.96
  const share = count / of
  const centre = (share + z2 / (2 * of)) / (1 + z2 / of)
  const half = (1.96 / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))
  const percent = (value: number): string => (100 * Math.max(0, Math.min(1, value))).toFixed(1)
  return `${percent(share)} (${percent(centre - half)}–${percent(centre + half)})`
}
