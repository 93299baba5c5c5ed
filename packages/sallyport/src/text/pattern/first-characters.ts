import { type AsciiSet, asciiOf, matchesNonAscii } from './character-set.ts'
import { parsePattern } from './parse-pattern.ts'
import type { PatternNode } from './pattern-node.ts'

/** What a match can start with. */
export interface FirstCharacters {
  /** Bit `code % 32` of word `code / 32` is set for each ASCII character a match can start with. */
  readonly ascii: AsciiSet
  /** True when a match can start with a character past U+007F. */
  readonly nonAscii: boolean
  /** True when a match can be empty, and so start anywhere. */
  readonly empty: boolean
}

/**
 * The characters a match of `re` can start with, so that a scanner tries it only where it may succeed. An upper bound:
 * lookarounds and boundaries are taken to hold.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function firstCharacters(re: RegExp): FirstCharacters {
  return firstOf(parsePattern(re.source, re.flags), re.flags)
}

const NOTHING: FirstCharacters = { ascii: new Uint32Array(4), nonAscii: false, empty: true }

function firstOf(node: PatternNode, flags: string): FirstCharacters {
  switch (node.kind) {
    case 'character':
      return { ascii: asciiOf(node, flags), nonAscii: matchesNonAscii(node, flags), empty: false }
    case 'assertion':
    case 'lookaround':
      return NOTHING
    case 'group':
      return firstOf(node.body, flags)
    case 'alternation':
      return node.alternatives
        .map((alternative) => firstOf(alternative, flags))
        .reduce((all, next) => ({ ...union(all, next), empty: all.empty || next.empty }))
    case 'sequence': {
      let first = NOTHING
      for (const item of node.items) {
        const next = firstOf(item, flags)
        first = { ...union(first, next), empty: next.empty }
        if (!next.empty) break
      }
      return first
    }
    case 'quantifier': {
      if (node.max === 0) return NOTHING
      const body = firstOf(node.body, flags)
      return { ...body, empty: body.empty || node.min === 0 }
    }
    default:
      return node satisfies never
  }
}

function union(a: FirstCharacters, b: FirstCharacters): Pick<FirstCharacters, 'ascii' | 'nonAscii'> {
  return { ascii: a.ascii.map((word, index) => word | (b.ascii[index] ?? 0)), nonAscii: a.nonAscii || b.nonAscii }
}
