import { isShortDate } from '../checksums/calendar.ts'
import { digitAt, digitsOf } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

const WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5] as const

/** South Korea. */
export const krRules: readonly EntityRule[] = [
  entityRule({
    code: 'kr-resident-number',
    entity: 'KR_RRN',
    label: 'a Korean resident number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[1-4]\d{6}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.5,
    validate: ({ text }) => residentConfidence(text, 11),
    context: near(['rrn', 'resident', '주민', '주민등록', 'korean'], 0.45),
  }),
  entityRule({
    code: 'kr-foreigner-number',
    entity: 'KR_FRN',
    label: 'a Korean foreigner number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[5-8]\d{6}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.5,
    validate: ({ text }) => residentConfidence(text, 13),
    context: near(['frn', 'foreign', '외국인', '외국인등록', 'alien'], 0.45),
  }),
  entityRule({
    code: 'kr-business-number',
    entity: 'KR_BRN',
    label: 'a Korean business number',
    severity: 'low',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{3}(?:-\d{2}-|\d{2})\d{5}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.45,
    validate: ({ text }) => isBusinessNumber(digitsOf(text)) && (text.includes('-') ? 0.6 : 0.2),
    context: near(['brn', 'business registration', '사업자', '사업자등록'], 0.4),
  }),
  entityRule({
    code: 'kr-driving-licence',
    entity: 'KR_DRIVER_LICENSE',
    label: 'a Korean driving licence number',
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?:1[1-9]|2[0-68])[ -]?\d{2}[ -]?\d{6}[ -]?\d{2}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.5,
    validate: ({ text }) => (text.length > 14 ? 0.6 : 0.1),
    context: near(['licen', '면허', '운전면허', 'driver'], 0.4),
  }),
  entityRule({
    code: 'kr-passport',
    entity: 'KR_PASSPORT',
    label: 'a Korean passport number',
    pattern: /(?<![a-z0-9])[dgmors]\d{3}(?:[a-z]\d{4}|\d{5})(?![a-z0-9])/u,
    confidence: 0.1,
    context: near(['passport', '여권', '여권번호'], 0.5),
  }),
]

/** Numbers issued since October 2020 carry no check digit, so a failing one only lowers the confidence. */
function residentConfidence(text: string, base: number): boolean | number {
  const digits = digitsOf(text)
  if (!isShortDate(Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6)))) return false
  const valid = (base - (weightedSum(digits, WEIGHTS) % 11)) % 10 === digitAt(digits, 12)
  if (text.includes('-')) return valid ? 0.9 : 0.6
  return valid ? 0.45 : 0.15
}

function isBusinessNumber(digits: string): boolean {
  const sum = weightedSum(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((digitAt(digits, 8) * 5) / 10)
  return (10 - (sum % 10)) % 10 === digitAt(digits, 9)
}
