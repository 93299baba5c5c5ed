import { digitAt, digitsOf, isRepeated } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const VEHICLE_WORDS = near(
  [
    'vehicle',
    'car registration',
    'number plate',
    'numberplate',
    'licence plate',
    'license plate',
    'dvla',
    ...whole('reg', 'vrm', 'car'),
  ],
  0.45,
)

/** United Kingdom. */
export const ukRules: readonly EntityRule[] = [
  entityRule({
    code: 'uk-nhs',
    entity: 'UK_NHS',
    label: 'a UK NHS number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])(?<!\d[-.])\d{3}[ -]?\d{3}[ -]?\d{4}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.4,
    validate: ({ text }) => isNhsNumber(digitsOf(text)) && (text.length > 11 ? 0.5 : 0.3),
    context: near(['nhs', 'national health', 'health service', 'patient', 'hospital number'], 0.5),
  }),
  entityRule({
    code: 'uk-nino',
    entity: 'UK_NINO',
    label: 'a UK national insurance number',
    severity: 'critical',
    // First letter not D, F, I, Q, U, V, second not O either; some pairs are never issued (HMRC, NIM39110).
    pattern:
      /(?<![a-z0-9])(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z][abceghj-nprstw-z](?: ?\d{2}){3} ?[a-d](?![a-z0-9])/u,
    confidence: 0.7,
    context: near(['nino', 'national insurance', 'ni number', 'ni no', 'insurance'], 0.3),
  }),
  entityRule({
    code: 'uk-passport',
    entity: 'UK_PASSPORT',
    label: 'a UK passport number',
    pattern: /(?<![a-z0-9])[a-z]{2}\d{7}(?![a-z0-9])/u,
    confidence: 0.1,
    context: near(['passport', 'travel document'], 0.5),
  }),
  entityRule({
    code: 'uk-postcode',
    entity: 'UK_POSTCODE',
    label: 'a UK postcode',
    severity: 'low',
    pattern:
      /(?<![a-z0-9])(?:gir ?0aa|[a-pr-uwyz](?:\d[0-9a-hjkps-uw]?|[a-hk-y]\d[0-9abehmnprv-y]?) ?\d[abd-hjlnp-uw-z]{2})(?![a-z0-9])/u,
    confidence: 0.15,
    context: near(
      ['postcode', 'post code', 'postal code', 'address', 'live at', 'lives at', 'deliver to', 'ship to', 'london'],
      0.4,
    ),
  }),
  entityRule({
    code: 'uk-vehicle-registration',
    entity: 'UK_VEHICLE_REGISTRATION',
    label: 'a UK vehicle registration',
    severity: 'medium',
    pattern: /(?<![a-z0-9])[a-hj-pr-y][a-hj-pr-y](?:0[2-9]|[12]\d|5[1-9]|[67]\d)[ -]?[a-hj-pr-z]{3}(?![a-z0-9])/u,
    confidence: 0.4,
    context: VEHICLE_WORDS,
  }),
  entityRule({
    code: 'uk-vehicle-registration-old',
    entity: 'UK_VEHICLE_REGISTRATION',
    label: 'a UK vehicle registration of before 2001',
    severity: 'medium',
    pattern:
      /(?<![a-z0-9])(?:[a-hj-npr-tv-y]\d{1,3}[ -]?[a-hj-pr-z]{3}|[a-hj-pr-z]{3}[ -]?\d{1,3}[a-hj-npr-tv-y])(?![a-z0-9])/u,
    confidence: 0.15,
    // Roads and models read the same: `A127 was`, `X3 and`.
    validate: ({ text }) =>
      !/(?<![a-z])(?:was|and|for|par|the|has|are|but|can|may|not|all|per|get|set|ago|day|use|had|her|his|our|out|now|new|top|map|key|max|min|bis|von|des|der|les|que)(?![a-z])/u.test(
        text,
      ),
    context: VEHICLE_WORDS,
  }),
  entityRule({
    code: 'uk-driving-licence',
    entity: 'UK_DRIVING_LICENCE',
    label: 'a UK driving licence number',
    // Surname filled with nines, decade, month (plus 50 for women), day, year, initials.
    pattern:
      /(?<![a-z0-9])(?=[a-z9]{5}[ \d])[a-z]{1,5}9{0,4} ?\d(?:[05][1-9]|[16][0-2]) ?(?:0[1-9]|[12]\d|3[01])\d ?[a-z][a-z9][0-9a-z]{3}(?: ?\d{2})?(?![a-z0-9])/u,
    // The tie-breaker after the initials counts down from nine.
    confidence: 0.85,
    validate: ({ text }) => (/\d[0-9a-z]{2}(?: ?\d{2})?$/u.test(text) ? true : 0.55),
  }),
]

/** Weights 10 to 2, check digit 11 minus the remainder; 10 is never issued. */
function isNhsNumber(digits: string): boolean {
  if (isRepeated(digits)) return false
  const check = (11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return check !== 10 && check === digitAt(digits, 9)
}
