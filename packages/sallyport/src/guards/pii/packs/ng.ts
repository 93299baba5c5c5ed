import { isRepeated } from '../checksums/digits.ts'
import { verhoeff } from '../checksums/verhoeff.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

/** Nigeria. */
export const ngRules: readonly EntityRule[] = [
  entityRule({
    code: 'ng-nin',
    entity: 'NG_NIN',
    label: 'a Nigerian national identity number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{11}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.3,
    validate: ({ text }) => verhoeff(text) && !isRepeated(text),
    context: near([...whole('nin'), 'nimc', 'national identi', 'nigeria'], 0.6),
  }),
  entityRule({
    code: 'ng-vehicle-registration',
    entity: 'NG_VEHICLE_REGISTRATION',
    label: 'a Nigerian vehicle registration',
    severity: 'medium',
    pattern: /(?<![a-z0-9])[a-z]{3}[ -]?\d{3}[ -]?[a-z]{2}(?![a-z0-9])/u,
    confidence: 0.2,
    validate: ({ text }) => (text[3] === '-' ? 0.35 : true),
    context: near(['plate', 'vehicle', 'registration', 'nigeria', 'frsc'], 0.4),
  }),
]
