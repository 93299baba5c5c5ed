import { digitsOf, isRepeated } from '../checksums/digits.ts'
import { luhn } from '../checksums/luhn.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

/** Italy. */
export const itRules: readonly EntityRule[] = [
  entityRule({
    code: 'it-fiscal-code',
    entity: 'IT_FISCAL_CODE',
    label: 'an Italian fiscal code',
    severity: 'critical',
    // Digits may be replaced by the letters L M N P Q R S T U V when two people would share a code, hardly ever all.
    pattern:
      /(?<![a-z0-9])(?=[a-z]{6,14}\d)[a-z]{6}[0-9lmnp-v]{2}[abcdehlmprst][0-9lmnp-v]{2}[a-z][0-9lmnp-v]{3}[a-z](?![a-z0-9])/u,
    confidence: 0.95,
    validate: ({ text }) => fiscalCodeLetter(text) === text[15],
  }),
  entityRule({
    code: 'it-vat-code',
    entity: 'IT_VAT_CODE',
    label: 'an Italian VAT number',
    severity: 'medium',
    pattern: /(?<![a-z0-9])(?<!\d[-.])(?:it ?)?\d(?:[ _]?\d){10}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.4,
    validate: ({ text }) => luhn(digitsOf(text)) && !isRepeated(digitsOf(text)) && (text.startsWith('it') ? 0.8 : 0.3),
    context: near(['piva', 'p.iva', 'p. iva', 'partita iva', ...whole('iva', 'vat')], 0.6),
  }),
  entityRule({
    code: 'it-driving-licence',
    entity: 'IT_DRIVER_LICENSE',
    label: 'an Italian driving licence number',
    pattern: /(?<![a-z0-9])(?:[a-z]{2}\d{7}[a-z]|u1[b-hl-npr-z0-9]{7}[a-z])(?![a-z0-9])/u,
    confidence: 0.2,
    context: near(['patente', 'driving licen', 'driver'], 0.5),
  }),
  entityRule({
    code: 'it-identity-card',
    entity: 'IT_IDENTITY_CARD',
    label: 'an Italian identity card number',
    pattern: /(?<![a-z0-9])(?:[a-z]{2} ?\d{7}|\d{7}[a-z]{2}|[a-z]{2}\d{5}[a-z]{2})(?![a-z0-9])/u,
    confidence: 0.05,
    context: near(["carta d'identita", 'documento', ...whole('cie'), 'identita'], 0.5),
  }),
  entityRule({
    code: 'it-passport',
    entity: 'IT_PASSPORT',
    label: 'an Italian passport number',
    pattern: /(?<![a-z0-9])[a-z]{2}\d{7}(?![a-z0-9])/u,
    confidence: 0.05,
    context: near(['passaporto', 'passport', 'italian'], 0.5),
  }),
]

/** Control letter (Decreto 23/12/1976): values by position, odd ones by a table of their own. */
function fiscalCodeLetter(text: string): string {
  let sum = 0
  for (let index = 0; index < 15; index++) {
    const value = parseInt(text[index] ?? '0', 36)
    const plain = value > 9 ? value - 10 : value
    sum += index % 2 === 0 ? (ODD[plain] ?? 0) : plain
  }
  return String.fromCharCode(97 + (sum % 26))
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23] as const
