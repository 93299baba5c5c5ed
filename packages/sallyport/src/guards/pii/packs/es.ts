import { digitsOf } from '../checksums/digits.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

/** Spain. */
export const esRules: readonly EntityRule[] = [
  entityRule({
    code: 'es-nif',
    entity: 'ES_NIF',
    label: 'a Spanish tax identification number',
    pattern: /(?<![a-z0-9])(?<!\d[.,])\d{7,8}-?[a-hj-np-tv-z](?![a-z0-9])/u,
    confidence: 0.6,
    validate: ({ text }) => hasLetter(digitsOf(text), text) && (digitsOf(text).length === 8 ? 0.65 : 0.4),
    context: near(['dni', 'nif', 'documento nacional', 'identificacion', 'identidad'], 0.35),
  }),
  entityRule({
    code: 'es-nie',
    entity: 'ES_NIE',
    label: 'a Spanish foreigner number',
    pattern: /(?<![a-z0-9])[xyz]-?\d{7,8}-?[a-hj-np-tv-z](?![a-z0-9])/u,
    confidence: 0.85,
    validate: ({ text }) => hasLetter('xyz'.indexOf(text[0] ?? '') + digitsOf(text), text),
  }),
  entityRule({
    code: 'es-passport',
    entity: 'ES_PASSPORT',
    label: 'a Spanish passport number',
    pattern: /(?<![a-z0-9])[a-z]{3}\d{6}(?![a-z0-9])/u,
    confidence: 0.05,
    context: near(['pasaporte', 'passport'], 0.5),
  }),
]

/** Check letter: remainder mod 23 (Orden INT/2058/2008). */
function hasLetter(number: string, text: string): boolean {
  return 'trwagmyfpdxbnjzsqvhlcke'[Number(number) % 23] === text.at(-1)
}
