import { isShortDate } from '../checksums/calendar.ts'
import { compact, digitAt, digitsOf, isRepeated } from '../checksums/digits.ts'
import { icao9303 } from '../checksums/icao9303.ts'
import { mod11And10 } from '../checksums/mod11-10.ts'
import { weightedDigitSum, weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const CARD_LETTERS = 'cfghjklmnprtvwxyz'
const NINE_CHARACTERS = new RegExp(`(?<![a-z0-9])[${CARD_LETTERS}][0-9${CARD_LETTERS}]{7}\\d(?![a-z0-9])`, 'u')

/** Germany. */
export const deRules: readonly EntityRule[] = [
  entityRule({
    code: 'de-tax-id',
    entity: 'DE_TAX_ID',
    label: 'a German tax identification number',
    pattern:
      /(?<![a-z0-9])(?<!\d[-.])[1-9]\d(?: \d{3}){3}(?![a-z0-9])|(?<![a-z0-9])(?<!\d[-.])[1-9]\d{10}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.4,
    validate: ({ text }) => isTaxId(digitsOf(text)),
    context: near(['steuer', 'idnr', 'identifikationsnummer', 'tax id', ...whole('tin')], 0.55),
  }),
  entityRule({
    code: 'de-tax-number',
    entity: 'DE_TAX_NUMBER',
    label: 'a German tax number',
    pattern: /(?<![a-z0-9])(?<!\d[-.,/])(?:(?:0[1-9]|1[0-6])\d{11}|\d{2,3}\/\d{3,4}\/\d{4,5})(?![a-z0-9])(?![-.,/]\d)/u,
    confidence: 0.2,
    validate: ({ text }) => (text.includes('/') ? 0.35 : true),
    context: near(['steuernummer', 'steuernr', 'st.n', 'stnr', 'finanzamt', 'tax number'], 0.45),
  }),
  entityRule({
    code: 'de-vat-id',
    entity: 'DE_VAT_ID',
    label: 'a German VAT number',
    severity: 'medium',
    literals: ['de'],
    pattern: /(?<![a-z0-9])de[ .-]?\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![a-z0-9])/u,
    confidence: 0.9,
    validate: ({ text }) => mod11And10(digitsOf(text)),
  }),
  entityRule({
    code: 'de-id-card',
    entity: 'DE_ID_CARD',
    label: 'a German identity card number',
    pattern: NINE_CHARACTERS,
    confidence: 0.4,
    validate: ({ text }) => icao9303(text) && (/[a-z].*[a-z]/u.test(text) ? 0.45 : 0.35),
    context: near(['ausweis', 'personalausweis', 'id card', 'identity card', ...whole('perso'), 'identitat'], 0.5),
  }),
  entityRule({
    code: 'de-id-card-old',
    entity: 'DE_ID_CARD',
    label: 'a German identity card number of the old form',
    pattern: /(?<![a-z0-9])t\d{8}(?![a-z0-9])/u,
    confidence: 0.25,
    context: near(['ausweis', 'personalausweis', 'id card', 'identity card', ...whole('perso')], 0.4),
  }),
  entityRule({
    code: 'de-passport',
    entity: 'DE_PASSPORT',
    label: 'a German passport number',
    pattern: NINE_CHARACTERS,
    confidence: 0.4,
    validate: ({ text }) => icao9303(text) && (/[a-z].*[a-z]/u.test(text) ? 0.45 : 0.35),
    context: near(
      ['reisepass', 'passport', 'passnummer', 'pass nr', 'pass no', 'pass.', ...whole('pass'), 'travel document'],
      0.5,
    ),
  }),
  entityRule({
    code: 'de-social-security',
    entity: 'DE_SOCIAL_SECURITY',
    label: 'a German pension insurance number',
    severity: 'critical',
    pattern:
      /(?<![a-z0-9])\d{2} ?(?:[0-2]\d|3[01]|5[1-9]|[67]\d|8[01])(?:0[1-9]|1[0-2])\d{2} ?[a-z] ?\d{3}(?![a-z0-9])/u,
    confidence: 0.9,
    validate: ({ text }) => isPensionNumber(compact(text)),
  }),
  entityRule({
    code: 'de-health-insurance',
    entity: 'DE_HEALTH_INSURANCE',
    label: 'a German health insurance number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])[a-z]\d{9}(?![a-z0-9])/u,
    confidence: 0.45,
    validate: ({ text }) => isHealthInsuranceNumber(text),
    context: near(
      [
        'krankenversich',
        'krankenkass',
        'versichert',
        'kvnr',
        'versicherungsnummer',
        'health insurance',
        'egk',
        'gesundheitskarte',
      ],
      0.5,
    ),
  }),
  entityRule({
    code: 'de-driving-licence',
    entity: 'DE_FUEHRERSCHEIN',
    label: 'a German driving licence number',
    pattern: /(?<![a-z0-9])[a-z]{2}\d{8}[a-z0-9](?![a-z0-9])/u,
    confidence: 0.25,
    context: near(['fuhrerschein', 'fahrerlaubnis', 'driving licen', 'driver'], 0.5),
  }),
  entityRule({
    code: 'de-doctor-number',
    entity: 'DE_LANR',
    label: 'a German doctor number',
    severity: 'medium',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{9}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.2,
    validate: ({ text }) =>
      (10 - (weightedSum(text, [4, 9, 4, 9, 4, 9]) % 10)) % 10 === digitAt(text, 6) && !isRepeated(text),
    context: near(['lanr', 'arztnummer', 'lebenslange arzt', 'doctor'], 0.6),
  }),
  entityRule({
    code: 'de-practice-number',
    entity: 'DE_BSNR',
    label: 'a German practice number',
    severity: 'low',
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?:0[1-9]|[1-9]\d)\d{7}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.05,
    context: near(['bsnr', 'betriebsstatte', 'praxisnummer'], 0.6),
  }),
  entityRule({
    code: 'de-commercial-register',
    entity: 'DE_HANDELSREGISTER',
    label: 'a German commercial register number',
    severity: 'low',
    literals: ['hra', 'hrb'],
    pattern: /(?<![a-z0-9])hr[ab] ?(?:nr\.? ?)?\d{1,6}(?: ?b)?(?![a-z0-9])/u,
    confidence: 0.6,
  }),
  entityRule({
    code: 'de-licence-plate',
    entity: 'DE_KFZ',
    label: 'a German number plate',
    severity: 'medium',
    pattern: /(?<![a-z0-9]|[a-z][-.'])[a-z]{1,3}(?: |-)[a-z]{1,2}[ -]?[1-9]\d{0,3}[eh]?(?![a-z0-9])(?![.,-]\d)/u,
    confidence: 0.1,
    context: near(
      ['kennzeichen', 'kfz', 'nummernschild', 'fahrzeug', 'number plate', 'licence plate', 'license plate'],
      0.45,
    ),
  }),
  entityRule({
    code: 'de-postcode',
    entity: 'DE_PLZ',
    label: 'a German postcode',
    severity: 'low',
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?!99999)(?:0[1-9]|[1-9]\d)\d{3}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.05,
    context: near(['plz', 'postleitzahl', 'wohnhaft', 'anschrift'], 0.5),
  }),
]

/** MOD 11,10 and the rule on repeats: one digit of the first ten occurs twice or thrice. Numbers without repeat are samples. */
function isTaxId(digits: string): boolean | number {
  if (!mod11And10(digits)) return false
  const counts = [...'0123456789'].map((digit) => digits.slice(0, 10).split(digit).length - 1)
  const most = Math.max(...counts)
  return most > 3 ? false : most === 1 || counts.filter((count) => count > 1).length > 1 ? 0.3 : 0.45
}

/** Area, birth date (day plus 50 for replaced numbers), initial, serial; digit sums with weights 2 1 2 5 7 1 2 1 2 1 2 1. */
function isPensionNumber(text: string): boolean {
  const letter = text.charCodeAt(8) - 64
  const digits = text.slice(0, 8) + String(letter).padStart(2, '0') + text.slice(9)
  const day = Number(digits.slice(2, 4)) % 50
  if (!isShortDate(Number(digits.slice(6, 8)), Number(digits.slice(4, 6)), day)) return false
  return weightedDigitSum(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === digitAt(digits, 12)
}

/** Letter as two digits, digit sums with weights 1 and 2. */
function isHealthInsuranceNumber(text: string): boolean {
  const digits = String(text.charCodeAt(0) - 96).padStart(2, '0') + text.slice(1)
  return weightedDigitSum(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === digitAt(digits, 10)
}
