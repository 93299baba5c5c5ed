import { digitAt, digitsOf } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

/** Philippines. */
export const phRules: readonly EntityRule[] = [
  entityRule({
    code: 'ph-mobile-number',
    entity: 'PH_MOBILE_NUMBER',
    label: 'a Philippine mobile number',
    severity: 'medium',
    pattern:
      /(?<![a-z0-9+])(?<!\d[-.])(?:(?:\+|00)63[ -]?|0[ -]?)\(?9\d{2}\)?[ -]?\d{3}[ -]?\d{4}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.5,
    validate: ({ text }) => (/^(?:\+|00)/u.test(text) ? 0.85 : /[ -]/u.test(text) ? 0.35 : 0.2),
    context: near(
      ['mobile', 'cell', 'phone', 'telepono', 'numero', 'gcash', 'viber', 'globe', 'philippin', 'manila'],
      0.25,
    ),
  }),
  entityRule({
    code: 'ph-tin',
    entity: 'PH_TIN',
    label: 'a Philippine tax number',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{3}(?:-\d{3}-\d{3}(?:-\d{3,5})?|\d{6}(?:\d{3,5})?)(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.05,
    validate: ({ text }) => isTin(digitsOf(text)) && (text.includes('-') ? 0.25 : 0.05),
    context: near(['tin', 'tax id', 'taxpayer', 'bir', 'tax'], 0.4),
  }),
]

/** The ninth digit is the weighted sum of the first eight mod 11; what follows is the branch. */
function isTin(digits: string): boolean {
  return weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === digitAt(digits, 8) && Number(digits.slice(0, 9)) > 0
}
