import { isDate } from '../checksums/calendar.ts'
import { digitAt } from '../checksums/digits.ts'
import { weightedSum } from '../checksums/weighted-sum.ts'
import { entityRule, near, type EntityRule } from '../entity-rule.ts'

/** Poland. */
export const plRules: readonly EntityRule[] = [
  entityRule({
    code: 'pl-pesel',
    entity: 'PL_PESEL',
    label: 'a Polish PESEL number',
    severity: 'critical',
    pattern:
      /(?<![a-z0-9])(?<!\d[-.])\d{2}(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])\d{5}(?![a-z0-9])(?![-.]\d)/u,
    confidence: 0.45,
    validate: ({ text }) => isPesel(text),
    context: near(['pesel'], 0.5),
  }),
]

/** The month carries the century: plus 20 from 2000 on, plus 80 before 1900. */
function isPesel(text: string): boolean {
  const month = Number(text.slice(2, 4))
  const century = [1900, 2000, 2100, 2200, 1800][Math.floor(month / 20)] ?? 1900
  if (!isDate(century + Number(text.slice(0, 2)), month % 20, Number(text.slice(4, 6)))) return false
  return (10 - (weightedSum(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === digitAt(text, 10)
}
