import type { PiiOperator } from '../options.ts'

/** What stands in place of a value. One-way: nothing here can be turned back into the value without the digest's key. */
export function applyOperator(
  operator: PiiOperator,
  entity: string,
  value: string,
  digest: ((value: string) => string) | undefined,
): string {
  switch (operator.operator) {
    case 'redact':
      return `[${entity}]`
    case 'mask':
      return mask(value, operator.keepLast, operator.character)
    case 'pseudonymize':
      // Whoever keeps no values gets none back.
      return `[${entity}]`
    case 'hash':
      return digest === undefined ? `[${entity}]` : `[${entity}:${digest(value)}]`
    default:
      return operator satisfies never
  }
}

/** Letters and digits become the character, separators stay, so that `4111-1111…` keeps its shape. At most half stays readable. */
function mask(value: string, keepLast: number, character: string): string {
  const points = [...value]
  const total = points.filter(isWordCharacter).length
  const hidden = total - Math.min(keepLast, Math.floor(total / 2))
  let seen = 0
  return points.map((point) => (isWordCharacter(point) && seen++ < hidden ? character : point)).join('')
}

function isWordCharacter(point: string): boolean {
  return /[\p{L}\p{N}]/u.test(point)
}
