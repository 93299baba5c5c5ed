import { foldedCharacters } from './character-set.ts'
import { parsePattern } from './parse-pattern.ts'
import type { PatternNode } from './pattern-node.ts'

/**
 * Fewest of these characters a match of the pattern contains: a card number cannot stand where there are only four digits,
 * nor a hardware address where there is one colon. A lower bound; lookarounds count nothing.
 *
 * @param characters Single characters, letters in lower case.
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function minimumCount(re: RegExp, characters: ReadonlySet<string>): number {
  const count = (node: PatternNode): number => {
    switch (node.kind) {
      case 'character':
        return foldedCharacters(node, re.flags, characters.size)?.every((each) => characters.has(each)) ? 1 : 0
      case 'group':
        return count(node.body)
      case 'alternation':
        return Math.min(...node.alternatives.map(count))
      case 'sequence':
        return node.items.reduce((sum, item) => sum + count(item), 0)
      case 'quantifier':
        return node.min * count(node.body)
      case 'assertion':
      case 'lookaround':
        return 0
      default:
        return node satisfies never
    }
  }
  return count(parsePattern(re.source, re.flags))
}
