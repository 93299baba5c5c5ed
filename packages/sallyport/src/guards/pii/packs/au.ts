import { digitAt, digitsOf, isRepeated } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

/** Australia. */
export const auRules: readonly EntityRule[] = [
  entityRule({
    code: 'au-abn',
    entity: 'AU_ABN',
    label: 'an Australian business number',
    severity: 'low',
    pattern: /(?<![a-z0-9])(?<!\d[-.])[1-9]\d(?: \d{3} \d{3} \d{3}|\d{9})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.45,
    // Remainder mod 89: one number in 89 fits by chance.
    validate: ({ text }) => isAbn(digitsOf(text)) && (text.length > 11 ? 0.6 : 0.4),
    context: near(['abn', 'business number', 'australian business'], 0.5),
  }),
  entityRule({
    code: 'au-acn',
    entity: 'AU_ACN',
    label: 'an Australian company number',
    severity: 'low',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{3}(?: \d{3} \d{3}|\d{6})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.25,
    validate: ({ text }) => isAcn(digitsOf(text)),
    context: near(['acn', 'company number', 'australian company'], 0.6),
  }),
  entityRule({
    code: 'au-tfn',
    entity: 'AU_TFN',
    label: 'an Australian tax file number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{3}(?: \d{3} \d{2,3}|\d{5,6})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.25,
    validate: ({ text }) => isTfn(digitsOf(text)),
    context: near(['tfn', 'tax file'], 0.65),
  }),
  entityRule({
    code: 'au-medicare',
    entity: 'AU_MEDICARE',
    label: 'an Australian Medicare number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])[2-6]\d{3}(?: \d{5} \d|\d{6})(?:[ /-]?\d)?(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.3,
    validate: ({ text }) => isMedicare(digitsOf(text)) && (text.includes(' ') ? 0.5 : 0.25),
    context: near(['medicare', 'irn', 'health card'], 0.6),
  }),
]

function isAbn(digits: string): boolean {
  const sum = weightedSum(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10
  return sum % 89 === 0
}

function isAcn(digits: string): boolean {
  return (10 - (weightedSum(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === digitAt(digits, 8) && !isRepeated(digits)
}

/** Nine digits today, eight in older numbers. */
function isTfn(digits: string): boolean {
  if (isRepeated(digits)) return false
  const weights = digits.length === 9 ? [1, 4, 3, 7, 5, 8, 6, 9, 10] : [10, 7, 8, 4, 6, 3, 5, 1]
  return weightedSum(digits, weights) % 11 === 0
}

/** The ninth digit checks the first eight; the tenth counts the cards issued, an eleventh names the person on the card. */
function isMedicare(digits: string): boolean {
  return weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digitAt(digits, 8) && digits[9] !== '0'
}
