import { defineGuard, type GuardContext } from '../../guard/guard.ts'
import type { Rule } from '../../guard/rule.ts'
import { STAGES } from '../../guard/stage.ts'
import type { EntityRule } from './entity-rule.ts'
import { atLeast } from './minimum-confidence.ts'
import { applyOperator } from './operators/apply-operator.ts'
import { piiOptions, type PiiOptions } from './options.ts'
import { PACKS, PACK_NAMES } from './packs/index.ts'

/**
 * Finds personal data: cards, bank accounts, national identifiers, e-mail, telephone and network addresses … by pattern,
 * checksum and the words before it. Each finding names its entity in Presidio's spelling. Redaction is one-way,
 * but for entities with the operator `pseudonymize` while somebody keeps their values (`sallyport/vault`).
 */
export const pii = defineGuard<PiiOptions>({
  meta: {
    id: 'pii',
    summary: 'Finds personal data by pattern, checksum and context, and takes it out.',
    stages: STAGES,
    threats: ['LLM02:2026'],
    codes: {
      'placeholder-look-alike': 'Looks like a placeholder and is none of this conversation.',
    },
  },
  options: piiOptions,
  rules: selectRules,
  open: (options, { pseudonymizer }) => (usesPlaceholders(options) ? pseudonymizer?.findLookAlikes() : undefined),
  replace: (match, text, options, context) => {
    const entity = match.entity ?? 'PII'
    const operator = options.operators[entity] ?? options.operator
    const placeholder = operator.operator === 'pseudonymize' ? placeholderFor(entity, text, context) : undefined
    return placeholder ?? applyOperator(operator, entity, text, options.digest)
  },
  restores: ({ restore }, { stage, tool }) => {
    if (stage === 'tool-call') {
      const granted = tool !== undefined && Object.hasOwn(restore.tools, tool) ? restore.tools[tool] : []
      return (entity) => (granted === 'all' || granted?.some((each) => each === entity) ? 'restore' : 'keep')
    }
    return (_, origins) => (restore.origins.some((origin) => origins.has(origin)) ? 'restore' : 'name')
  },
})

function usesPlaceholders({ operator, operators }: PiiOptions): boolean {
  return [operator, ...Object.values(operators)].some((each) => each?.operator === 'pseudonymize')
}

function placeholderFor(
  entity: string,
  value: string,
  { pseudonymizer, stage, origin }: GuardContext,
): string | undefined {
  // Arguments the model wrote earlier may hold what a tool gave it: nobody has been shown that.
  return pseudonymizer?.placeholder(entity, value, stage === 'tool-call' ? 'tool' : origin)
}

function selectRules({ packs, entities, minimumConfidence }: PiiOptions): readonly Rule[] {
  const chosen: readonly EntityRule[] = (entities || packs === 'all' ? PACK_NAMES : packs).flatMap(
    (name) => PACKS[name],
  )
  return chosen
    .filter((rule) => entities === undefined || entities.includes(rule.entity))
    .map((rule) => atLeast(rule, minimumConfidence))
}
