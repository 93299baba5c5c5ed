import { isDate, isShortDate } from '../checksums/calendar.ts'
import { digitsOf, isRepeated } from '../checksums/digits.ts'
import { luhn } from '../checksums/luhn.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

/** Finland and Sweden. */
export const nordicRules: readonly EntityRule[] = [
  entityRule({
    code: 'fi-personal-identity-code',
    entity: 'FI_PERSONAL_IDENTITY_CODE',
    label: 'a Finnish personal identity code',
    severity: 'critical',
    pattern: /(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+a-fu-y]\d{3}[0-9a-fhj-npr-y](?![a-z0-9])/u,
    confidence: 0.95,
    validate: ({ text }) => isHetu(text),
  }),
  entityRule({
    code: 'se-personal-number',
    entity: 'SE_PERSONNUMMER',
    label: 'a Swedish personal number',
    severity: 'critical',
    pattern:
      /(?<![a-z0-9])(?<!\d[-.+])(?:1[89]|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|6[1-9]|[78]\d|9[01])[-+]?\d{4}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.5,
    validate: ({ text }) => isPersonnummer(text),
    context: near(
      [
        'personnummer',
        'personnr',
        'pnr',
        'samordningsnummer',
        'personal identity',
        'personal number',
        'swedish',
        'svensk',
      ],
      0.45,
    ),
  }),
  entityRule({
    code: 'se-organisation-number',
    entity: 'SE_ORGANISATIONSNUMMER',
    label: 'a Swedish organisation number',
    severity: 'low',
    pattern: /(?<![a-z0-9])(?<!\d[-.])[1-9]\d[2-9]\d{3}-?\d{4}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.3,
    validate: ({ text }) => luhn(digitsOf(text)) && !isRepeated(digitsOf(text)) && (text.includes('-') ? 0.4 : 0.2),
    context: near(['organisationsnummer', 'orgnr', 'org nr', 'org.nr', 'company identity', 'foretag', 'bolag'], 0.5),
  }),
]

/** Date, sign of the century, check character: remainder mod 31 of date and serial. */
function isHetu(text: string): boolean {
  const sign = text[6] ?? ''
  const century = sign === '+' ? 1800 : 'abcdef'.includes(sign) ? 2000 : 1900
  const year = century + Number(text.slice(4, 6))
  if (!isDate(year, Number(text.slice(2, 4)), Number(text.slice(0, 2))) || text.slice(7, 10) < '002') return false
  return '0123456789abcdefhjklmnprstuvwxy'[Number(text.slice(0, 6) + text.slice(7, 10)) % 31] === text[10]
}

/** Luhn over the last ten digits; coordination numbers have 60 added to the day. */
function isPersonnummer(text: string): boolean | number {
  const digits = digitsOf(text)
  const short = digits.slice(-10)
  const month = Number(short.slice(2, 4))
  const day = Number(short.slice(4, 6)) % 60
  const year = digits.length === 12 ? Number(digits.slice(0, 4)) : undefined
  const exists = year === undefined ? isShortDate(Number(short.slice(0, 2)), month, day) : isDate(year, month, day)
  if (!exists || !luhn(short)) return false
  return year !== undefined ? (text.length > 12 ? 0.8 : 0.6) : text.length > 10 ? 0.55 : 0.25
}
