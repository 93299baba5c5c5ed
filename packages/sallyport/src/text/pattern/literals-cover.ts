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
  return matchWithoutLiteral(re, literals) === undefined
}

/**
 * A text that the pattern takes for a match and that has none of the literals, as far as can be told without the
 * negative lookarounds: what an author has to add a literal for. Undefined when {@link literalsCover} is true, empty when
 * no such text was found but none could be ruled out.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function matchWithoutLiteral(re: RegExp, literals: readonly string[]): string | undefined {
  const search = new EscapeSearch(re.flags, literals)
  const escaped = search.escape(parsePattern(re.source, re.flags), START)
  if (escaped === undefined) return ''
  const [shortest] = [...escaped.values()].sort((a, b) => a.length - b.length)
  return shortest
}

/** More repetitions than this are taken for any number: it can only add ways around the literals. */
const MAX_COPIES = 64
/** Larger classes are taken to hold a character that no literal has. */
const MAX_LISTED = 256
const MAX_STEPS = 2_000_000

/** Scanner states that were reached without meeting a literal, each with a text that leads to it. */
type Ways = ReadonlyMap<number, string>

const START: Ways = new Map([[0, '']])

interface Choice {
  readonly text: string
  /** The text stands for all characters that occur in no literal: after it the scanner is back at its start. */
  readonly isOther: boolean
}

/** Follows sets of scanner states through the pattern; a state is dropped as soon as a literal was met. */
class EscapeSearch {
  readonly #flags: string
  readonly #scanner: LiteralScanner
  /** The characters literals are made of, as the pattern sees them: code points, or code units without the `u` flag. */
  readonly #symbols: readonly string[]
  readonly #choices = new Map<string, readonly Choice[]>()
  #steps = 0

  constructor(flags: string, literals: readonly string[]) {
    this.#flags = flags
    this.#scanner = new LiteralScanner(literals)
    const folded = literals.map(foldCase)
    this.#symbols = [...new Set(/[uv]/.test(flags) ? folded.flatMap((text) => [...text]) : folded.join('').split(''))]
  }

  /** Where the node leads without a literal; undefined when the search was given up. */
  escape(node: PatternNode, ways: Ways): Ways | undefined {
    this.#steps += ways.size
    if (this.#steps > MAX_STEPS) return undefined
    if (ways.size === 0) return ways
    switch (node.kind) {
      case 'character':
        return this.#advance(node, ways)
      case 'assertion':
        return ways
      case 'lookaround':
        return !node.negative && this.escape(node.body, START)?.size === 0 ? new Map() : ways
      case 'group':
        return this.escape(node.body, ways)
      case 'sequence': {
        let after: Ways | undefined = ways
        for (const item of node.items) after = after && this.escape(item, after)
        return after
      }
      case 'alternation':
        return this.#alternatives(node.alternatives, ways)
      case 'quantifier':
        return node.min > MAX_COPIES
          ? this.#repeat(node.body, MAX_COPIES, Infinity, ways)
          : this.#repeat(node.body, node.min, node.max, ways)
      default:
        return node satisfies never
    }
  }

  #alternatives(alternatives: readonly PatternNode[], ways: Ways): Ways | undefined {
    const all = new Map<number, string>()
    for (const alternative of alternatives) {
      const after = this.escape(alternative, ways)
      if (after === undefined) return undefined
      addNew(all, after)
    }
    return all
  }

  #repeat(body: PatternNode, min: number, max: number, ways: Ways): Ways | undefined {
    let after: Ways | undefined = ways
    for (let count = 0; count < min; count++) after = after && this.escape(body, after)
    if (after === undefined) return undefined
    const all = new Map(after)
    // Only states not seen before can lead on to new ones, so this ends, bounded repetition or not.
    let fresh: Ways = after
    for (let count = min; fresh.size > 0 && count < max; count++) {
      const next = this.escape(body, fresh)
      if (next === undefined) return undefined
      fresh = addNew(all, next)
    }
    return all
  }

  #advance(node: CharacterNode, ways: Ways): Ways {
    const choices = this.#choicesOf(node)
    const after = new Map<number, string>()
    for (const [state, text] of ways) {
      for (const choice of choices) {
        this.#steps++
        let isMet = false
        const scanned = this.#scanner.scan(choice.text, 0, state, () => {
          isMet = true
        })
        const next = choice.isOther ? 0 : scanned
        if ((choice.isOther || !isMet) && !after.has(next)) after.set(next, text + choice.text)
      }
    }
    return after
  }

  /** The symbols the node matches, and one more character when it matches some that no literal has. */
  #choicesOf(node: CharacterNode): readonly Choice[] {
    let choices = this.#choices.get(node.source)
    if (choices === undefined) {
      const alone = matcherOf(node, this.#flags)
      const matched = this.#symbols.filter((symbol) => variantsOf(symbol).some((variant) => alone.test(variant)))
      const other = this.#otherOf(node, alone)
      choices = matched.map((text) => ({ text, isOther: false }))
      if (other !== undefined) choices = [...choices, { text: other, isOther: true }]
      this.#choices.set(node.source, choices)
    }
    return choices
  }

  #otherOf(node: CharacterNode, alone: RegExp): string | undefined {
    const listed = foldedCharacters(node, this.#flags, MAX_LISTED)
    if (listed !== undefined) return listed.find((character) => !this.#symbols.includes(character))
    return SHOWN.find((character) => alone.test(character) && !this.#symbols.includes(character)) ?? '\ufffd'
  }
}

/** Characters that stand for a class in an example, the most readable first. */
const SHOWN: readonly string[] = [...'xyzqjvwk0123456789abcdefghilmnoprstu -_.,:;/']

/** Adds the ways to states that `all` does not have yet, and returns just those. */
function addNew(all: Map<number, string>, ways: Ways): Ways {
  const fresh = new Map([...ways].filter(([state]) => !all.has(state)))
  for (const [state, text] of fresh) all.set(state, text)
  return fresh
}

function variantsOf(symbol: string): readonly string[] {
  const variants = [symbol, /^[a-z]$/.test(symbol) ? symbol.toUpperCase() : symbol]
  if (symbol === 's') variants.push('\u017f')
  if (symbol === 'k') variants.push('\u212a')
  return variants
}
