import { compact, digitsOf } from '../checksums/digits.ts'
import { verhoeff } from '../checksums/verhoeff.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const VEHICLE_WORDS = near(
  ['vehicle', 'registration', 'bike', ...whole('car', 'rto'), 'number plate', 'license plate'],
  0.4,
)

/** India. */
export const inRules: readonly EntityRule[] = [
  entityRule({
    code: 'in-aadhaar',
    entity: 'IN_AADHAAR',
    label: 'an Indian Aadhaar number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.:])[2-9]\d{3}(?:[ :-]\d{4}[ :-]|\d{4})\d{4}(?![a-z0-9])(?![-.:]\d)/u,
    confidence: 0.4,
    validate: ({ text }) => isAadhaar(digitsOf(text)) && (text.includes(' ') ? 0.55 : text.length > 12 ? 0.45 : 0.35),
    context: near(['aadhaar', 'aadhar', 'adhaar', 'uidai', ...whole('uid'), 'आधार'], 0.55),
  }),
  entityRule({
    code: 'in-pan',
    entity: 'IN_PAN',
    label: 'an Indian tax account number (PAN)',
    // The fourth letter tells the kind of holder.
    pattern: /(?<![a-z0-9])[a-z]{3}[abcfghjklpt][a-z]\d{4}[a-z](?![a-z0-9])/u,
    confidence: 0.55,
    validate: ({ text }) => (text[3] === 'p' || text[3] === 'c' ? 0.6 : 0.5),
    context: near([...whole('pan'), 'permanent account', 'income tax'], 0.35),
  }),
  entityRule({
    code: 'in-pan-unusual',
    entity: 'IN_PAN',
    label: 'something like an Indian tax account number',
    pattern:
      /(?<![a-z0-9])(?:[a-z]{3}[d-eim-oq-su-z][a-z]\d{4}[a-z]|(?=[a-z]{0,9}\d)(?=\d{0,9}[a-z])[a-z0-9]\d{4}[a-z]{5})(?![a-z0-9])/u,
    confidence: 0.05,
    context: near([...whole('pan'), 'permanent account', 'income tax'], 0.45),
  }),
  entityRule({
    code: 'in-gstin',
    entity: 'IN_GSTIN',
    label: 'an Indian goods and services tax number',
    severity: 'medium',
    pattern: /(?<![a-z0-9])(?:0[1-9]|[12]\d|3[0-8]|97|99)-?[a-z]{5}-?\d{4}-?[a-z][0-9a-z]-?z[0-9a-z](?![a-z0-9])/u,
    confidence: 0.8,
    validate: ({ text }) => (gstinCheck(compact(text)) ? 0.95 : 0.7),
  }),
  entityRule({
    code: 'in-gstin-unusual',
    entity: 'IN_GSTIN',
    label: 'something like an Indian goods and services tax number',
    // Some account numbers have digits among their first five characters.
    pattern:
      /(?<![a-z0-9])(?:0[1-9]|[12]\d|3[0-7])(?=[a-z]{0,4}\d)(?=(?:\d{0,2}[a-z]){3})[a-z0-9]{5}\d{4}[a-z][0-9a-z]z[0-9a-z](?![a-z0-9])/u,
    confidence: 0.3,
    context: near([...whole('gst'), 'gstin', 'tax'], 0.4),
  }),
  entityRule({
    code: 'in-passport',
    entity: 'IN_PASSPORT',
    label: 'an Indian passport number',
    pattern: /(?<![a-z0-9])[a-pr-wy][1-9]\d ?\d{4}[1-9](?![a-z0-9])/u,
    confidence: 0.1,
    context: near(['passport', 'travel document'], 0.5),
  }),
  entityRule({
    code: 'in-voter',
    entity: 'IN_VOTER',
    label: 'an Indian voter number',
    pattern: /(?<![a-z0-9])[a-z]{3}\d{7}(?![a-z0-9])/u,
    confidence: 0.3,
    validate: ({ text }) => (/^.[abcdghjkmnprsy]/u.test(text) ? 0.3 : 0.2),
    context: near(['voter', 'vote', 'epic', 'election', 'elector'], 0.45),
  }),
  entityRule({
    code: 'in-vehicle-registration',
    entity: 'IN_VEHICLE_REGISTRATION',
    label: 'an Indian vehicle registration',
    severity: 'medium',
    pattern:
      /(?<![a-z0-9])(?:(?:an|ap|ar|as|br|cg|ch|dd|dl|dn|ga|gj|hp|hr|jh|jk|ka|kl|la|ld|mh|ml|mn|mp|mz|nl|od|or|pb|py|rj|sk|tn|tr|ts|tg|uk|up|wb)[ -]?\d{1,2}[ -]?(?:[a-z][ -]?)?[a-z]{1,2}[ -]?\d{4}|\d{2}[ -]?bh[ -]?\d{4}[ -]?[a-z]{1,2})(?![a-z0-9])/u,
    confidence: 0.5,
    validate: ({ text }) => (/[ -]/u.test(text) ? 0.45 : 0.55),
    context: VEHICLE_WORDS,
  }),
  entityRule({
    code: 'in-diplomatic-registration',
    entity: 'IN_VEHICLE_REGISTRATION',
    label: 'an Indian diplomatic vehicle registration',
    severity: 'medium',
    // Country, corps (diplomatic, consular, United Nations), serial number.
    pattern: /(?<![a-z0-9])(?<!\d[-.])[1-9]\d{0,2}[ -]?(?:cd|cc|un)[ -]?[1-9]\d{1,3}(?![a-z0-9])(?![.,-]\d)/u,
    confidence: 0.15,
    context: VEHICLE_WORDS,
  }),
]

function isAadhaar(digits: string): boolean {
  return verhoeff(digits) && digits !== [...digits].toReversed().join('')
}

/** Luhn's scheme in base 36 over the first 14 characters. */
function gstinCheck(text: string): boolean {
  let sum = 0
  for (let index = 0; index < 14; index++) {
    const product = parseInt(text[index] ?? '0', 36) * (index % 2 === 0 ? 1 : 2)
    sum += Math.floor(product / 36) + (product % 36)
  }
  return parseInt(text[14] ?? '', 36) === (36 - (sum % 36)) % 36
}
