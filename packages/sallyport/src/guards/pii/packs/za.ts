import { isShortDate } from '../checksums/calendar.ts'
import { luhn } from '../checksums/luhn.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

/** South Africa. */
export const zaRules: readonly EntityRule[] = [
  entityRule({
    code: 'za-id-number',
    entity: 'ZA_ID_NUMBER',
    label: 'a South African identity number',
    severity: 'critical',
    // Birth date, serial, citizenship (0 citizen, 1 resident, 2 refugee), 8 or 9, Luhn digit.
    pattern:
      /(?<![a-z0-9])(?<!\d[-.])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}[012][89]\d(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.55,
    validate: ({ text }) =>
      isShortDate(Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4, 6))) && luhn(text),
    context: near(['id number', 'identity', 'south africa', 'sa id', 'rsa id', 'said', 'refugee', 'resident'], 0.4),
  }),
]
