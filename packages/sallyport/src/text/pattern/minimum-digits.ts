import { parsePattern } from './parse-pattern.ts'
import type { PatternNode } from './pattern-node.ts'

/**
 * Fewest ASCII digits a match of the pattern contains: a card number cannot stand where there are only four. A lower
 * bound; lookarounds count nothing.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function minimumDigits(re: RegExp): number {
  return digitsOf(parsePattern(re.source, re.flags))
}

function digitsOf(node: PatternNode): number {
  switch (node.kind) {
    case 'character':
      return !node.negated && !node.open && node.ranges.every(([first, last]) => first >= 0x30 && last <= 0x39) ? 1 : 0
    case 'group':
      return digitsOf(node.body)
    case 'alternation':
      return Math.min(...node.alternatives.map(digitsOf))
    case 'sequence':
      return node.items.reduce((sum, item) => sum + digitsOf(item), 0)
    case 'quantifier':
      return node.min * digitsOf(node.body)
    case 'assertion':
    case 'lookaround':
      return 0
    default:
      return node satisfies never
  }
}
