import { type AsciiSet, asciiOf } from './character-set.ts'
import { measureNode } from './measure-pattern.ts'
import { parsePattern } from './parse-pattern.ts'
import type { LookaroundNode, PatternNode } from './pattern-node.ts'

/** What may stand right before a match. */
export interface PreviousCharacters {
  /** Bit `code % 32` of word `code / 32` is set for each ASCII character a match can follow. */
  readonly ascii: AsciiSet
}

/**
 * The ASCII characters a match of `re` can follow, as its leading lookbehinds allow: inside a word most patterns need
 * not be tried. An upper bound; characters past U+007F are always taken to be allowed.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function previousCharacters(re: RegExp): PreviousCharacters {
  return { ascii: allowedBefore(parsePattern(re.source, re.flags), re.flags) }
}

const ALL: AsciiSet = new Uint32Array(4).fill(0xffffffff)

function allowedBefore(node: PatternNode, flags: string): AsciiSet {
  switch (node.kind) {
    case 'character':
    case 'assertion':
      return ALL
    case 'lookaround':
      return node.direction === 'behind' ? beforeLookbehind(node, flags) : ALL
    case 'group':
      return allowedBefore(node.body, flags)
    case 'alternation':
      return node.alternatives.map((each) => allowedBefore(each, flags)).reduce(either)
    case 'sequence': {
      let allowed = ALL
      for (const item of node.items) {
        allowed = both(allowed, allowedBefore(item, flags))
        // Only what takes no character still stands at the start of the match.
        if (measureNode(item).maxLength > 0) break
      }
      return allowed
    }
    case 'quantifier':
      return node.min > 0 ? allowedBefore(node.body, flags) : ALL
    default:
      return node satisfies never
  }
}

function beforeLookbehind(node: LookaroundNode, flags: string): AsciiSet {
  if (!node.negative) {
    const last = lastOf(node.body, flags)
    return last.empty ? ALL : last.ascii
  }
  // Only an alternative of exactly one character forbids that character whatever stands before it.
  const forbidden = singles(node.body)
    .map((single) => asciiOf(single, flags))
    .reduce(either, new Uint32Array(4))
  return forbidden.map((word) => ~word)
}

function singles(node: PatternNode): Extract<PatternNode, { kind: 'character' }>[] {
  if (node.kind === 'character') return [node]
  if (node.kind === 'group') return singles(node.body)
  if (node.kind === 'alternation') return node.alternatives.flatMap(singles)
  if (node.kind === 'sequence' && node.items[0] && node.items.length === 1) return singles(node.items[0])
  return []
}

interface LastCharacters {
  readonly ascii: AsciiSet
  readonly empty: boolean
}

function lastOf(node: PatternNode, flags: string): LastCharacters {
  switch (node.kind) {
    case 'character':
      return { ascii: asciiOf(node, flags), empty: false }
    case 'assertion':
    case 'lookaround':
      return { ascii: new Uint32Array(4), empty: true }
    case 'group':
      return lastOf(node.body, flags)
    case 'alternation':
      return node.alternatives
        .map((each) => lastOf(each, flags))
        .reduce((a, b) => ({ ascii: either(a.ascii, b.ascii), empty: a.empty || b.empty }))
    case 'sequence': {
      let last: LastCharacters = { ascii: new Uint32Array(4), empty: true }
      for (const item of node.items.toReversed()) {
        const next = lastOf(item, flags)
        last = { ascii: either(last.ascii, next.ascii), empty: next.empty }
        if (!next.empty) break
      }
      return last
    }
    case 'quantifier': {
      if (node.max === 0) return { ascii: new Uint32Array(4), empty: true }
      const body = lastOf(node.body, flags)
      return { ...body, empty: body.empty || node.min === 0 }
    }
    default:
      return node satisfies never
  }
}

function either(a: AsciiSet, b: AsciiSet): AsciiSet {
  return a.map((word, index) => word | (b[index] ?? 0))
}

function both(a: AsciiSet, b: AsciiSet): AsciiSet {
  return a.map((word, index) => word & (b[index] ?? 0))
}
