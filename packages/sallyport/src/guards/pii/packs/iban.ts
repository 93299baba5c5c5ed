import { iban, ibanPattern } from '../checksums/iban.ts'
import { entityRule, type EntityRule } from '../entity-rule.ts'

/** International bank account numbers in any grouping and case, ending where the country's format ends. */
export const ibanRules: readonly EntityRule[] = [
  entityRule({
    code: 'iban',
    entity: 'IBAN_CODE',
    label: 'an international bank account number',
    severity: 'critical',
    pattern: new RegExp(`(?<![a-z0-9])(?:${ibanPattern('[ .\\u2010-\\u2015-]?')})(?![a-z0-9])`, 'u'),
    confidence: 0.99,
    validate: ({ text }) => iban(text.replace(/[\u2010-\u2015]/gu, '-')),
  }),
]
