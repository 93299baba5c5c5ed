import type { RuleMatch } from '../../../guard/rule.ts'
import { digitAt, digitsOf, isRepeated } from '../checksums/digits.ts'
import { luhnSum } from '../checksums/luhn.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const SSN_WORDS = near(['ssn', 'ssns', 'social security', 'soc sec', 'ss#', 'ss number', 'ssid'], 0.5)
const ITIN_WORDS = near(['itin', 'tax', 'taxpayer', 'individual taxpayer', 'tin'], 0.4)
const BANK_WORDS = near(
  [
    'account n',
    'account #',
    'account is',
    'account:',
    'acct',
    'bank acc',
    'checking',
    'savings',
    'direct deposit',
    'wire',
  ],
  0.5,
)
const PASSPORT_WORDS = near(['passport', 'travel document'], 0.5)
const LICENSE_WORDS = near(
  [
    "driver's",
    'driver licen',
    'drivers licen',
    'driving licen',
    'license n',
    'licence n',
    'license #',
    'license id',
    'license is',
    'license:',
    ...whole('dl'),
    'dmv',
    'driving permit',
  ],
  0.5,
)

/** United States. */
export const usRules: readonly EntityRule[] = [
  entityRule({
    code: 'us-ssn',
    entity: 'US_SSN',
    label: 'a US social security number',
    severity: 'critical',
    pattern:
      /(?<![a-z0-9])(?<!\d[-.])(?:\d{3}-\d{2}-\d{4}|\d{3}\.\d{2}\.\d{4}|\d{3} \d{2} \d{4}|\d{3}[\u2010-\u2015\u2212]\d{2}[\u2010-\u2015\u2212]\d{4})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.85,
    validate: ({ text }) => isSsn(text) && (/[- \u2010-\u2212]/u.test(text) ? true : 0.6),
    context: SSN_WORDS,
  }),
  entityRule({
    code: 'us-ssn-unseparated',
    entity: 'US_SSN',
    label: 'a US social security number without its dashes',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?:\d{9}|\d{3}-\d{6}|\d{5}-\d{4}|\d{3} \d{6}|\d{5} \d{4})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.05,
    validate: ({ text }) => isSsn(text),
    context: SSN_WORDS,
  }),
  entityRule({
    code: 'us-itin',
    entity: 'US_ITIN',
    label: 'a US individual taxpayer number',
    pattern: /(?<![a-z0-9])(?<!\d[-.])9\d{2}[- ](?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]\d{4}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.55,
    context: ITIN_WORDS,
  }),
  entityRule({
    code: 'us-itin-unseparated',
    entity: 'US_ITIN',
    label: 'a US individual taxpayer number without its dashes',
    pattern:
      /(?<![a-z0-9])(?<!\d[-.])9\d{2}(?:[- ]?(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])|(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])[- ]?)\d{4}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.1,
    context: ITIN_WORDS,
  }),
  entityRule({
    code: 'us-bank-number',
    entity: 'US_BANK_NUMBER',
    label: 'a US bank account number',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{8,17}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.05,
    context: BANK_WORDS,
  }),
  entityRule({
    code: 'us-passport',
    entity: 'US_PASSPORT',
    label: 'a US passport number',
    pattern: /(?<![a-z0-9])(?:[a-z]\d{8}|\d{9})(?![a-z0-9])/u,
    confidence: 0.05,
    context: PASSPORT_WORDS,
  }),
  entityRule({
    code: 'us-driver-license',
    entity: 'US_DRIVER_LICENSE',
    label: 'a US driving licence number',
    // The states' formats with a letter; those of digits only are told by the context rule below.
    pattern:
      /(?<![a-z0-9])(?:[a-z]\d{3}[ -]?\d{3}[ -]?\d{2}[ -]?\d{3}[ -]?\d|[a-z]\d{3}[ -]\d{4}[ -]\d{4}|[a-z]\d{4}[ -]\d{5}[ -]\d{5}|[a-z]\d{3,18}|[a-z]{2}\d{2,7}|[a-z]\d{2,3} \d{3} \d{3}|\d{2}[a-z]{3}\d{5,6}|\d{3}[a-z]{2}\d{4}|\d{7,8}[a-z]{1,2}|[a-z]{1,5}\*{0,5}\d{3}[a-z0-9]{2}|[a-z]{3}\*{2}[a-z]{2}\d{3}[a-z]\d)(?![a-z0-9])/u,
    confidence: 0.05,
    context: LICENSE_WORDS,
  }),
  entityRule({
    code: 'us-driver-license-digits',
    entity: 'US_DRIVER_LICENSE',
    label: 'a US driving licence number of digits',
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?:\d{6,12}|\d{14}|\d{3} \d{3} \d{3}|\d{2} \d{3} \d{3})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.01,
    context: LICENSE_WORDS,
  }),
  entityRule({
    code: 'aba-routing-number',
    entity: 'ABA_ROUTING_NUMBER',
    label: 'a US bank routing number',
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?:[0-3]\d|6[1-9]|7[0-2]|80)\d{2}(?:-\d{4}-\d|\d{5})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.3,
    validate: isAbaNumber,
    context: near(['aba', 'routing', 'rtn', 'bank', 'transit', 'wire', ...whole('ach')], 0.6),
  }),
  entityRule({
    code: 'us-npi',
    entity: 'US_NPI',
    label: 'a US national provider identifier',
    severity: 'medium',
    pattern:
      /(?<![a-z0-9])(?<!\d[-.])[12](?:\d{9}|\d{3}[ -]\d{3}[ -]\d{3}|\d{2}[ -]\d{3}[ -]\d{4})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.3,
    // Luhn over the number with the constant prefix 80840 (CMS).
    validate: ({ text }) => !isRepeated(digitsOf(text).slice(0, 9)) && (luhnSum(digitsOf(text)) + 24) % 10 === 0,
    context: near(['npi', 'provider', 'national provider', 'physician', 'clinician'], 0.65),
  }),
  entityRule({
    code: 'us-mbi',
    entity: 'US_MBI',
    label: 'a US Medicare number',
    severity: 'critical',
    // Letters without S, L, O, I, B, Z; kinds of characters by position (CMS).
    pattern:
      /(?<![a-z0-9])[1-9][ac-hjkmnp-rt-y][0-9ac-hjkmnp-rt-y]\d(?:-[ac-hjkmnp-rt-y][0-9ac-hjkmnp-rt-y]\d-|[ac-hjkmnp-rt-y][0-9ac-hjkmnp-rt-y]\d)[ac-hjkmnp-rt-y]{2}\d{2}(?![a-z0-9])/u,
    confidence: 0.5,
    validate: ({ text }) => (text.includes('-') ? 0.7 : 0.45),
    context: near(['medicare', 'mbi', 'beneficiary', 'cms', 'medicaid', 'hic', 'hicn'], 0.4),
  }),
  entityRule({
    code: 'medical-license',
    entity: 'MEDICAL_LICENSE',
    label: 'a US DEA registration number',
    pattern: /(?<![a-z0-9])[a-hj-mp-uxr][a-z9]\d{7}(?![a-z0-9])/u,
    confidence: 0.5,
    validate: isDeaNumber,
    context: near(['dea', 'medical', 'certificate', 'physician', 'prescri', 'license', 'licence'], 0.45),
  }),
]

/** Numbers printed on sample cards and advertisements; the SSA has voided them. */
const SAMPLE_SSN = new Set(['078051120', '219099999', '457555462', '123456780'])

/** Rules of the SSA: area not 000, 666 or from 900 on, group not 00, serial not 0000. */
function isSsn(text: string): boolean {
  const digits = digitsOf(text)
  const area = digits.slice(0, 3)
  if (area === '000' || area === '666' || area[0] === '9') return false
  return digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000' && !isRepeated(digits) && !SAMPLE_SSN.has(digits)
}

/** Federal Reserve district ranges and weights 3, 7, 1. */
function isAbaNumber({ text }: RuleMatch): boolean | number {
  const digits = digitsOf(text)
  const prefix = Number(digits.slice(0, 2))
  const issued = prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix === 80
  return (
    issued && digits.length === 9 && !isRepeated(digits) && weightedSum(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0
  )
}

/** DEA check digit: the odd positions plus twice the even ones, last digit. */
function isDeaNumber({ text, before }: RuleMatch): boolean | number {
  const digits = digitsOf(text.slice(-7))
  const sum = weightedSum(digits, [1, 2, 1, 2, 1, 2])
  if (isRepeated(digits) || sum % 10 !== digitAt(digits, 6)) return false
  return /\bdea\b/u.test(before) ? 0.95 : 0.4
}
