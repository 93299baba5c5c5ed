import { digitAt, digitsOf, isRepeated } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

/** Thailand. */
export const thRules: readonly EntityRule[] = [
  entityRule({
    code: 'th-national-id',
    entity: 'TH_TNIN',
    label: 'a Thai national identity number',
    severity: 'critical',
    // Kind of person, then the province of issue.
    pattern:
      /(?<![a-z0-9])(?<!\d[-.])[1-9](?:-(?:[13]\d|2[0-7]|4\d|5[0-8]|6[0-7]|7[0-7]|8[0-6]|9[0-6])\d{2}-\d{5}-\d{2}-\d|(?:[134]\d|2[0-7]|5[0-8]|6[0-7]|7[0-7]|8[0-6]|9[0-6])\d{10})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.4,
    validate: ({ text }) => isNationalId(digitsOf(text)) && (text.length > 13 ? 0.9 : 0.35),
    context: near(['thai', 'tnin', 'national id', 'บัตร', 'ประชาชน', 'เลข'], 0.5),
  }),
]

/** Weights 13 to 2. A date in milliseconds of this century starts with 1 or 2 as well, hence the low confidence without context. */
function isNationalId(digits: string): boolean {
  const sum = weightedSum(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
  return !isRepeated(digits) && (11 - (sum % 11)) % 10 === digitAt(digits, 12)
}
