import { foldCase, foldedCharacters, matcherOf } from './character-set.ts'
import { LiteralScanner } from './literal-scanner.ts'
import { parsePattern } from './parse-pattern.ts'
import type { CharacterNode, PatternNode } from './pattern-node.ts'

/**
 * Proves that every match of `re`, or what its positive lookarounds read, contains at least one of `literals`, compared
 * without ASCII case: that a prefilter with these literals misses nothing.
 *
 * It walks the pattern as an automaton and the literals side by side and looks for a way to the end that meets none.
 * False when there may be one, and when the search grows too large to tell.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function literalsCover(re: RegExp, literals: readonly string[]): boolean {
  if (literals.length === 0) return false
  const search = new EscapeSearch(re.flags, literals)
  return search.escape(parsePattern(re.source, re.flags), new Set([0]))?.size === 0
}

/** More repetitions than this are taken for any number: it can only add ways around the literals. */
const MAX_COPIES = 64
/** Larger classes are taken to hold a character that no literal has. */
const MAX_LISTED = 256
const MAX_STEPS = 2_000_000

/** Follows sets of scanner states through the pattern; a state is dropped as soon as a literal was met. */
class EscapeSearch {
  readonly #flags: string
  readonly #scanner: LiteralScanner
  /** The characters literals are made of, as the pattern sees them: code points, or code units without the `u` flag. */
  readonly #symbols: readonly string[]
  readonly #choices = new Map<string, readonly string[]>()
  #steps = 0

  constructor(flags: string, literals: readonly string[]) {
    this.#flags = flags
    this.#scanner = new LiteralScanner(literals)
    const folded = literals.map(foldCase)
    this.#symbols = [...new Set(/[uv]/.test(flags) ? folded.flatMap((text) => [...text]) : folded.join('').split(''))]
  }

  /** The states after the node on ways that met no literal; undefined when the search was given up. */
  escape(node: PatternNode, states: ReadonlySet<number>): ReadonlySet<number> | undefined {
    this.#steps += states.size
    if (this.#steps > MAX_STEPS) return undefined
    if (states.size === 0) return states
    switch (node.kind) {
      case 'character':
        return this.#advance(node, states)
      case 'assertion':
        return states
      case 'lookaround':
        return !node.negative && this.escape(node.body, new Set([0]))?.size === 0 ? new Set() : states
      case 'group':
        return this.escape(node.body, states)
      case 'sequence': {
        let after: ReadonlySet<number> | undefined = states
        for (const item of node.items) after = after && this.escape(item, after)
        return after
      }
      case 'alternation': {
        const all = new Set<number>()
        for (const alternative of node.alternatives) {
          const after = this.escape(alternative, states)
          if (after === undefined) return undefined
          for (const state of after) all.add(state)
        }
        return all
      }
      case 'quantifier':
        return this.#repeat(
          node.body,
          Math.min(node.min, MAX_COPIES),
          node.min > MAX_COPIES ? Infinity : node.max,
          states,
        )
      default:
        return node satisfies never
    }
  }

  #repeat(body: PatternNode, min: number, max: number, states: ReadonlySet<number>): ReadonlySet<number> | undefined {
    let after: ReadonlySet<number> | undefined = states
    for (let count = 0; count < min; count++) after = after && this.escape(body, after)
    if (after === undefined) return undefined
    const all = new Set(after)
    // Only states not seen before can lead on to new ones, so this ends, bounded repetition or not.
    let fresh: ReadonlySet<number> | undefined = after
    for (let count = min; fresh.size > 0 && count < max; count++) {
      const next: ReadonlySet<number> | undefined = this.escape(body, fresh)
      if (next === undefined) return undefined
      fresh = new Set([...next].filter((state) => !all.has(state)))
      for (const state of fresh) all.add(state)
    }
    return all
  }

  #advance(node: CharacterNode, states: ReadonlySet<number>): ReadonlySet<number> {
    const choices = this.#choicesOf(node)
    const after = new Set<number>()
    for (const state of states) {
      for (const choice of choices) {
        this.#steps++
        if (choice === OTHER) {
          after.add(0)
          continue
        }
        let isMet = false
        const next = this.#scanner.scan(choice, 0, state, () => {
          isMet = true
        })
        if (!isMet) after.add(next)
      }
    }
    return after
  }

  /** The symbols the node matches, and `OTHER` when it matches a character that no literal has. */
  #choicesOf(node: CharacterNode): readonly string[] {
    let choices = this.#choices.get(node.source)
    if (choices === undefined) {
      const alone = matcherOf(node, this.#flags)
      const matched = this.#symbols.filter((symbol) => variantsOf(symbol).some((variant) => alone.test(variant)))
      choices = this.#matchesOther(node) ? [...matched, OTHER] : matched
      this.#choices.set(node.source, choices)
    }
    return choices
  }

  #matchesOther(node: CharacterNode): boolean {
    const characters = foldedCharacters(node, this.#flags, MAX_LISTED)
    return characters === undefined || characters.some((character) => !this.#symbols.includes(character))
  }
}

/** Stands for any character that occurs in no literal: after it the scanner is back at its start. */
const OTHER = ''

function variantsOf(symbol: string): readonly string[] {
  const variants = [symbol, /^[a-z]$/.test(symbol) ? symbol.toUpperCase() : symbol]
  if (symbol === 's') variants.push('\u017f')
  if (symbol === 'k') variants.push('\u212a')
  return variants
}
