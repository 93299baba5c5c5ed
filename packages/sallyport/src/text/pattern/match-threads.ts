import { type AsciiSet, asciiOf, matchesNonAscii } from './character-set.ts'
import { measureNode } from './measure-pattern.ts'
import { parsePattern } from './parse-pattern.ts'
import type { CharacterNode, PatternNode } from './pattern-node.ts'

/** What one UTF-16 unit of a match may be. */
export interface UnitSet {
  readonly ascii: AsciiSet
  readonly nonAscii: boolean
}

/** One way in which a match may go on. */
export interface MatchThread {
  /** The next unit. Undefined when nothing is known of it: anything may follow. */
  readonly unit: UnitSet | undefined
  /** The ways to go on after that unit. */
  next(): readonly MatchThread[]
}

/**
 * The ways in which a match of `re` may begin. Followed unit by unit they tell where a costlier pattern may succeed, so
 * that it need not be run, nor compiled, anywhere else. An upper bound: lookarounds and boundaries are taken to hold.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function matchThreads(re: RegExp): readonly MatchThread[] {
  return expanded({ node: parsePattern(re.source, re.flags), after: undefined }, re.flags)
}

/** What is left of a pattern. Undefined: nothing, the match is complete. */
type Rest = { readonly node: PatternNode; readonly after: Rest } | 'unknown' | undefined

class Thread implements MatchThread {
  readonly unit: UnitSet
  readonly #rest: Rest
  readonly #flags: string
  #next: readonly MatchThread[] | undefined

  constructor(unit: UnitSet, rest: Rest, flags: string) {
    this.unit = unit
    this.#rest = rest
    this.#flags = flags
  }

  next(): readonly MatchThread[] {
    return (this.#next ??= expanded(this.#rest, this.#flags))
  }
}

const UNKNOWN: MatchThread = { unit: undefined, next: () => ANYTHING }
const ANYTHING: readonly MatchThread[] = [UNKNOWN]

function expanded(rest: Rest, flags: string): readonly MatchThread[] {
  const threads: MatchThread[] = []
  expand(rest, flags, threads)
  return threads.includes(UNKNOWN) ? ANYTHING : threads
}

function expand(rest: Rest, flags: string, threads: MatchThread[]): void {
  // A complete match may still depend on what follows.
  if (rest === undefined || rest === 'unknown') {
    threads.push(UNKNOWN)
    return
  }
  const { node, after } = rest
  switch (node.kind) {
    case 'character': {
      const unit = unitOf(node, flags)
      if (node.maxUnits === 1 || !unit.nonAscii) threads.push(new Thread(unit, after, flags))
      else {
        // Past U+FFFF one character takes two units, so that the place of the next one is not known.
        threads.push(new Thread({ ...unit, nonAscii: false }, after, flags))
        threads.push(new Thread({ ascii: NONE, nonAscii: true }, 'unknown', flags))
      }
      return
    }
    case 'assertion':
    case 'lookaround':
      return expand(after, flags, threads)
    case 'group':
      return expand({ node: node.body, after }, flags, threads)
    case 'alternation':
      for (const alternative of node.alternatives) expand({ node: alternative, after }, flags, threads)
      return
    case 'sequence': {
      let all = after
      for (const item of node.items.toReversed()) all = { node: item, after: all }
      return expand(all, flags, threads)
    }
    case 'quantifier': {
      if (node.max === 0) return expand(after, flags, threads)
      const isNullable = measureNode(node.body).minLength === 0
      const again: Rest = isNullable
        ? 'unknown'
        : node.max === 1
          ? after
          : { node: { ...node, min: Math.max(0, node.min - 1), max: node.max - 1 }, after }
      expand({ node: node.body, after: again }, flags, threads)
      if (node.min === 0 || isNullable) expand(after, flags, threads)
      return
    }
    default:
      node satisfies never
  }
}

const NONE: AsciiSet = new Uint32Array(4)
const units = new WeakMap<CharacterNode, Map<string, UnitSet>>()

function unitOf(node: CharacterNode, flags: string): UnitSet {
  let byFlags = units.get(node)
  if (byFlags === undefined) units.set(node, (byFlags = new Map()))
  let unit = byFlags.get(flags)
  if (unit === undefined) {
    unit = { ascii: asciiOf(node, flags), nonAscii: matchesNonAscii(node, flags) }
    byFlags.set(flags, unit)
  }
  return unit
}
