import type { RuleMatch } from '../../../guard/rule.ts'
import { digitsOf, isRepeated } from '../checksums/digits.ts'
import { luhn } from '../checksums/luhn.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const CONTEXT = near(
  [
    'card',
    'credit',
    'debit',
    'visa',
    'mastercard',
    'master card',
    'amex',
    'american express',
    'diners',
    'discover',
    'jcb',
    'maestro',
    'unionpay',
    ...whole('cc', 'pan', 'cvv', 'cvc'),
    'expir',
    'payment',
    'kreditkarte',
    'karte',
    'tarjeta',
    'carte',
    'cartao',
    'carta di credito',
    'карт',
    '信用卡',
    '卡号',
    'カード',
    '카드',
  ],
  0.45,
)

/**
 * Between two digits: nothing, a blank, dash, dot, slash, underscore, or one of them with blanks around. All kinds of
 * blanks are one space in the folded view and non-breaking hyphens are U+2010.
 */
const SEP = '[ .\\u2010-\\u2015\\u2212_/-]{0,3}'
const BEFORE = '(?<![a-z0-9])(?<![0-9][.])'
const AFTER = '(?![a-z0-9])(?![.][0-9])'

function digits(prefix: string, more: number | string): string {
  return `${prefix}(?:${SEP}\\d){${more}}`
}

function two(first: string, second: string): string {
  return `${first}${SEP}${second}`
}

/** Payment cards: issuer range and length (ISO/IEC 7812, the networks' published ranges), then Luhn. */
export const creditCardRules: readonly EntityRule[] = [
  entityRule({
    code: 'credit-card',
    entity: 'CREDIT_CARD',
    label: 'a payment card number',
    severity: 'critical',
    pattern: new RegExp(
      `${BEFORE}(?:${digits('4', 15)}|${digits(two('[569]', '\\d'), 14)}|${digits(two('2', '[2-7]'), 14)}|` +
        `${digits(two('8', '[12]'), 14)}|${digits(two('3', '5'), 14)}|${digits(two('3', '[47]'), 13)}|${digits(two('3', '[0689]'), 12)})${AFTER}`,
      'u',
    ),
    confidence: 0.9,
    validate: (match) => validCard(match, COMMON_RANGES, 0.9),
    context: CONTEXT,
  }),
  entityRule({
    code: 'credit-card-lines',
    entity: 'CREDIT_CARD',
    label: 'a payment card number written on four lines',
    severity: 'critical',
    pattern: new RegExp(`${BEFORE}[2-689]\\d{3}(?: ?\\n ?\\d{4}){3}${AFTER}`, 'u'),
    confidence: 0.5,
    validate: (match) => validCard(match, COMMON_RANGES, 0.5),
    context: CONTEXT,
  }),
  entityRule({
    code: 'credit-card-long',
    entity: 'CREDIT_CARD',
    label: 'a payment card number of 17 to 19 digits',
    severity: 'critical',
    pattern: new RegExp(`${BEFORE}${digits('[3-6]', '16,18')}${AFTER}`, 'u'),
    confidence: 0.4,
    validate: (match) => validCard(match, LONG_RANGES, 0.4),
    context: CONTEXT,
  }),
  entityRule({
    code: 'credit-card-rare',
    entity: 'CREDIT_CARD',
    label: 'a payment card number of a rare length',
    severity: 'critical',
    pattern: new RegExp(`${BEFORE}(?:${digits('[456]', '11,14')}|${digits('[12]', 14)})${AFTER}`, 'u'),
    confidence: 0.3,
    validate: (match) => validCard(match, RARE_RANGES, 0.3),
    context: CONTEXT,
  }),
]

/** Issuer range and number length; sources: ISO/IEC 7812 registrations as the networks publish them. */
const COMMON_RANGES =
  /^(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|220[0-4]\d{12}|3[47]\d{13}|3(?:0[0-59]|[689]\d)\d{11}|35\d{14}|6(?:011|4[4-9]\d|5\d\d|2\d\d|0\d\d|1\d\d|3\d\d|7\d\d|8\d\d|9\d\d)\d{12}|5[0678]\d{14}|8[12]\d{14}|9792\d{12})$/
const LONG_RANGES = /^(?:4\d{18}|3(?:0[0-59]|[5689]\d)\d{13,16}|(?:62|64|65|81|50|5[678]|6\d)\d{15,17})$/
const RARE_RANGES = /^(?:4\d{12}|(?:50|5[678]|6\d)\d{10,13}|1\d{14}|(?:2131|1800)\d{11})$/

/** Numbers named like this are rarely cards even when Luhn fits by chance (one in ten); an IMEI always passes Luhn. */
const OTHER_NUMBER =
  /\b(?:imei|meid|tracking|track|parcel|order|invoice|serial|isbn|ean|gtin|upc|sku|ticket|batch|shipment|transaction|iccid|snowflake|timestamp)(?:[ _-]?(?:no|nr|num|number|code|id|ref|reference))?[^a-z0-9]{0,6}(?:is )?$/u
const CARD_WORD = /\b(?:card|visa|mastercard|amex|credit|debit)/u

function validCard(match: RuleMatch, ranges: RegExp, confidence: number): boolean | number {
  const number = digitsOf(match.text)
  if (!ranges.test(number) || isRepeated(number) || !luhn(number)) return false
  const groups = match.text.split(/[^0-9]+/u)
  if (!isCardGrouping(groups, match.text)) return false
  if (OTHER_NUMBER.test(match.before) && !CARD_WORD.test(match.before)) return Math.min(confidence, 0.3)
  return confidence
}

/** Any grouping, but not a decimal number (`4.53…`) and not a list of small numbers. */
function isCardGrouping(groups: readonly string[], text: string): boolean {
  if (groups.length === 1) return true
  if (groups.every((group) => group.length === 1)) return true
  if (text.includes('.') && groups.length === 2) return false
  return groups.every((group, index) => group.length > 1 || index === groups.length - 1) && groups.length <= 9
}
