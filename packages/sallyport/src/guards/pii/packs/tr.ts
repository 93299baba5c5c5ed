import { digitAt } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

/** Türkiye. */
export const trRules: readonly EntityRule[] = [
  entityRule({
    code: 'tr-national-id',
    entity: 'TR_NATIONAL_ID',
    label: 'a Turkish national identity number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])[1-9]\d{9}[02468](?![a-z0-9])(?![-.]\d)/u,
    // Two check digits: one number in a hundred, among the even ones one in fifty, fits by chance.
    confidence: 0.5,
    validate: ({ text }) => isNationalId(text),
    context: near([...whole('tc', 't.c'), 'tckn', 'kimlik', 'turkish', 'turkiye', 'national id', 'vatandaslik'], 0.5),
  }),
  entityRule({
    code: 'tr-licence-plate',
    entity: 'TR_LICENSE_PLATE',
    label: 'a Turkish number plate',
    severity: 'medium',
    pattern:
      /(?<![a-z0-9])(?<!\d[-.,:/])(?:0[1-9]|[1-7]\d|8[01])(?: ?[a-z]{1,3} ?\d{2,5}|-(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-)[a-z]{1,3}-\d{2,4})(?![a-z0-9])(?![.,:-]\d)/u,
    confidence: 0.15,
    context: near(['plaka', 'license plate', 'number plate'], 0.5),
  }),
  entityRule({
    code: 'tr-phone-number',
    entity: 'TR_PHONE_NUMBER',
    label: 'a Turkish telephone number',
    severity: 'medium',
    pattern:
      /(?<![a-z0-9+])(?<!\d[-.])(?:(?:\+|00)90[ -]?(?:\(0\) ?)?|0[ -]?)?\(?[2-5]\d{2}\)?(?:[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2})(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.2,
    validate: ({ text }) => (/^(?:\+|00)90/u.test(text) ? 0.85 : /^0.{0,3}5/u.test(text) ? 0.35 : 0.1),
    context: near(['telefon', 'gsm', 'numara', 'iletisim', ...whole('cep', 'ara')], 0.45),
  }),
]

function isNationalId(text: string): boolean {
  const tenth = ((weightedSum(text, [7, 9, 7, 9, 7, 9, 7, 9, 7]) % 10) + 10) % 10
  const eleventh = weightedSum(text, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10
  return tenth === digitAt(text, 9) && eleventh === digitAt(text, 10)
}
