import { digitsOf, isRepeated } from '../checksums/digits.ts'
import { luhn } from '../checksums/luhn.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

/** Canada. */
export const caRules: readonly EntityRule[] = [
  entityRule({
    code: 'ca-sin',
    entity: 'CA_SIN',
    label: 'a Canadian social insurance number',
    severity: 'critical',
    // 8 is not issued; 0 only for tax numbers, and in every published example.
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?:[0-79]\d{2}(?: \d{3} \d{3}|-\d{3}-\d{3})|[0-79]\d{8})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.5,
    validate: ({ text }) => luhn(digitsOf(text)) && !isRepeated(digitsOf(text)) && (text.length === 9 ? 0.15 : 0.5),
    context: near([...whole('sin', 'nas'), 'social insurance', 'assurance sociale', 'canad'], 0.45),
  }),
]
