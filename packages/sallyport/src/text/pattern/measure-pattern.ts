import { parsePattern } from './parse-pattern.ts'
import type { PatternNode } from './pattern-node.ts'

/** How far a pattern reaches, in UTF-16 code units. */
export interface PatternReach {
  /** Fewest units a match takes. */
  readonly minLength: number
  /** Most units a match takes; `Infinity` when unbounded. */
  readonly maxLength: number
  /** Units before the start of a match that a lookbehind, `^` or `\b` may look at. */
  readonly behind: number
  /** Units after the end of a match that a lookahead, `$` or `\b` may look at. */
  readonly ahead: number
}

/**
 * Measures how long a match can be and how far around it the pattern looks: what a stream has to hold back and to keep.
 * The figures are upper bounds (`minLength` a lower one), exact for patterns without contradictions.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function measurePattern(re: RegExp): PatternReach {
  return measureNode(parsePattern(re.source, re.flags))
}

/** {@link measurePattern} for a parsed pattern or a part of one. */
export function measureNode(node: PatternNode): PatternReach {
  switch (node.kind) {
    case 'character':
      return { minLength: node.minUnits, maxLength: node.maxUnits, behind: 0, ahead: 0 }
    case 'assertion':
      return {
        ...NOTHING,
        behind: node.assertion === 'end' ? 0 : 1,
        ahead: node.assertion === 'start' ? 0 : 1,
      }
    case 'group':
      return measureNode(node.body)
    case 'alternation':
      return measureAlternatives(node.alternatives.map(measureNode))
    case 'sequence':
      return measureSequence(node.items.map(measureNode))
    case 'quantifier': {
      if (node.max === 0) return NOTHING
      const body = measureNode(node.body)
      return {
        ...body,
        minLength: node.min * body.minLength,
        maxLength: body.maxLength === 0 ? 0 : node.max * body.maxLength,
      }
    }
    case 'lookaround': {
      const body = measureNode(node.body)
      return node.direction === 'ahead'
        ? { ...NOTHING, behind: body.behind, ahead: body.maxLength + body.ahead }
        : { ...NOTHING, behind: body.maxLength + body.behind, ahead: body.ahead }
    }
    default:
      return node satisfies never
  }
}

const NOTHING: PatternReach = { minLength: 0, maxLength: 0, behind: 0, ahead: 0 }

function measureAlternatives(parts: readonly PatternReach[]): PatternReach {
  return {
    minLength: Math.min(...parts.map((part) => part.minLength)),
    maxLength: Math.max(...parts.map((part) => part.maxLength)),
    behind: Math.max(...parts.map((part) => part.behind)),
    ahead: Math.max(...parts.map((part) => part.ahead)),
  }
}

/** What a part looks at beyond the match is shortened by what the parts between take at least. */
function measureSequence(parts: readonly PatternReach[]): PatternReach {
  let minLength = 0
  let maxLength = 0
  let behind = 0
  for (const part of parts) {
    behind = Math.max(behind, part.behind - minLength)
    minLength += part.minLength
    maxLength += part.maxLength
  }
  let ahead = 0
  let taken = 0
  for (const part of parts.toReversed()) {
    ahead = Math.max(ahead, part.ahead - taken)
    taken += part.minLength
  }
  return { minLength, maxLength, behind, ahead }
}
