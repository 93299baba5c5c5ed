import { compact, digitAt } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, whole, type EntityRule } from '../entity-rule.ts'

const NRIC_WORDS = near(['nric', 'ic no', ...whole('fin'), 'identity card', 'singapore'], 0.4)

/** Singapore. */
export const sgRules: readonly EntityRule[] = [
  entityRule({
    code: 'sg-nric-fin',
    entity: 'SG_NRIC_FIN',
    label: 'a Singapore identity number',
    severity: 'critical',
    pattern: /(?<![a-z0-9])[stfgm]\d{7}[a-z](?![a-z0-9])/u,
    confidence: 0.85,
    validate: ({ text }) => (nricLetter(text) === text.at(-1)?.toUpperCase() ? 0.85 : 0.15),
    context: NRIC_WORDS,
  }),
  entityRule({
    code: 'sg-nric-fin-unusual',
    entity: 'SG_NRIC_FIN',
    label: 'something like a Singapore identity number',
    pattern: /(?<![a-z0-9])[a-eh-ln-ru-z]\d{7}[a-z](?![a-z0-9])/u,
    confidence: 0.05,
    context: NRIC_WORDS,
  }),
  entityRule({
    code: 'sg-uen',
    entity: 'SG_UEN',
    label: 'a Singapore entity number',
    severity: 'low',
    pattern: /(?<![a-z0-9])(?:\d{8}[a-z]|(?:19|20)\d{7}[a-z]|[tsr]\d{2}[a-z][a-z0-9]\d{4}[a-z])(?![a-z0-9])/u,
    confidence: 0.5,
    validate: ({ text }) => isUen(compact(text)) && (text.length === 9 ? 0.4 : 0.55),
    context: near(['uen', 'acra', 'entity number', 'company', 'business registration'], 0.4),
  }),
]

/** Weights 2 7 6 5 4 3 2, an offset by the first letter, and a letter table for citizens, foreigners and the M series. */
function nricLetter(text: string): string | undefined {
  const kind = text[0] ?? ''
  const sum = weightedSum(text.slice(1), [2, 7, 6, 5, 4, 3, 2])
  if (kind === 's' || kind === 't') return 'JZIHGFEDCBA'[(sum + (kind === 't' ? 4 : 0)) % 11]
  if (kind === 'm') return 'KLJNPQRTUWX'[10 - ((sum + 3) % 11)]
  return 'XWUTRQPNMLK'[(sum + (kind === 'g' ? 4 : 0)) % 11]
}

/** The three forms of ACRA: business, company by year, others by kind. */
function isUen(text: string): boolean {
  const check = text.at(-1)
  if (text.length === 9) return 'XMKECAWLJDB'[weightedSum(text, [10, 4, 9, 3, 8, 2, 7, 1]) % 11] === check
  if (digitAt(text, 0) > 0) return 'ZKCMDNERGWH'[weightedSum(text, [10, 8, 6, 4, 9, 7, 5, 3, 1]) % 11] === check
  const weights = [4, 3, 5, 3, 10, 2, 2, 5, 7]
  let sum = 0
  for (let index = 0; index < 9; index++) sum += OTHER_ALPHABET.indexOf(text[index] ?? '') * (weights[index] ?? 0)
  return OTHER_ALPHABET[(((sum - 5) % 11) + 11) % 11] === check
}

const OTHER_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWX0123456789'
