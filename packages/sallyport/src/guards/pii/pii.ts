import { defineGuard } from '../../guard/guard.ts'
import type { Rule } from '../../guard/rule.ts'
import { STAGES } from '../../guard/stage.ts'
import type { EntityRule } from './entity-rule.ts'
import { atLeast } from './minimum-confidence.ts'
import { applyOperator } from './operators/apply-operator.ts'
import { piiOptions, type PiiOptions } from './options.ts'
import { PACKS, PACK_NAMES } from './packs/index.ts'

/**
 * Finds personal data: cards, bank accounts, national identifiers, e-mail, telephone and network addresses … by pattern,
 * checksum and the words before it. Each finding names its entity in Presidio's spelling. Redaction is one-way.
 */
export const pii = defineGuard<PiiOptions>({
  meta: {
    id: 'pii',
    summary: 'Finds personal data by pattern, checksum and context, and takes it out.',
    stages: STAGES,
    threats: ['LLM02:2026'],
  },
  options: piiOptions,
  rules: selectRules,
  replace: (match, text, options) => {
    const entity = match.entity ?? 'PII'
    const operator = options.operators[entity] ?? options.operator
    return applyOperator(operator, entity, text, options.digest)
  },
})

function selectRules({ packs, entities, minimumConfidence }: PiiOptions): readonly Rule[] {
  const chosen: readonly EntityRule[] = (entities || packs === 'all' ? PACK_NAMES : packs).flatMap(
    (name) => PACKS[name],
  )
  return chosen
    .filter((rule) => entities === undefined || entities.includes(rule.entity))
    .map((rule) => atLeast(rule, minimumConfidence))
}
