import { parsePattern } from './parse-pattern.ts'
import type { PatternNode } from './pattern-node.ts'

/**
 * True when the pattern starts with a negative lookbehind that keeps it from following any of `[a-z0-9]`. Says no when
 * in doubt.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function startsAtWord(re: RegExp): boolean {
  let first = parsePattern(re.source, re.flags)
  while (first.kind === 'sequence' || (first.kind === 'group' && first.body.kind !== 'alternation')) {
    const inner: PatternNode | undefined = first.kind === 'sequence' ? first.items[0] : first.body
    if (!inner) return false
    first = inner
  }
  return first.kind === 'lookaround' && first.direction === 'behind' && first.negative && coversWord(first.body)
}

function coversWord(node: PatternNode): boolean {
  switch (node.kind) {
    case 'character':
      return !node.negated && covers(node.ranges, 0x61, 0x7a) && covers(node.ranges, 0x30, 0x39)
    case 'alternation':
      return node.alternatives.some(coversWord)
    case 'group':
      return coversWord(node.body)
    case 'sequence':
      return node.items.length === 1 && node.items.every(coversWord)
    case 'quantifier':
    case 'assertion':
    case 'lookaround':
      return false
    default:
      return node satisfies never
  }
}

function covers(ranges: readonly (readonly [number, number])[], from: number, to: number): boolean {
  return ranges.some(([first, last]) => first <= from && last >= to)
}
