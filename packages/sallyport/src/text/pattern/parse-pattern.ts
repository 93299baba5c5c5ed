import { SallyportError } from '../../errors/sallyport-error.ts'
import type { CharacterNode, LookaroundNode, PatternNode } from './pattern-node.ts'
import { readClass, readEscape } from './read-class.ts'
import { refuse } from './refuse-pattern.ts'

/**
 * Parses a regular expression as our rules use them into a tree.
 *
 * Understood are alternation, sequences, groups, classes, the dot, escapes, greedy and lazy quantifiers, `^ $ \b \B` and
 * lookarounds, with the flags `i m s u` and `v` without set operations.
 *
 * @throws SallyportError `invalid-pattern` for a syntax error, and for what cannot be bounded or analysed:
 * backreferences, inline flags, set operations of the `v` flag. The message says what, where and how to mend it.
 */
export function parsePattern(source: string, flags: string): PatternNode {
  const key = `${flags}/${source}`
  const known = trees.get(key)?.deref()
  if (known !== undefined) return known
  const tree = new PatternParser(source, compile(source, flags)).parse()
  if (trees.size >= MAX_TREES) trees.clear()
  trees.set(key, new WeakRef(tree))
  return tree
}

/** Several measures are taken of each pattern, most of them at once. Trees that nobody holds may go. */
const trees = new Map<string, WeakRef<PatternNode>>()
const MAX_TREES = 10_000
/** The same letters and classes make up most patterns: one node each. */
const characters = new Map<string, CharacterNode>()
const MAX_CHARACTERS = 10_000

/** Leaves finding syntax errors to the engine. */
function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags)
  } catch (cause) {
    throw new SallyportError('invalid-pattern', `The pattern /${source}/${flags} is not a regular expression.`, {
      cause,
    })
  }
}

/** Relies on `source` being valid, so it only has to tell the constructs apart. */
class PatternParser {
  readonly #source: string
  readonly #unicode: boolean
  readonly #unicodeSets: boolean
  #at = 0

  constructor(source: string, { flags }: RegExp) {
    this.#source = source
    this.#unicodeSets = flags.includes('v')
    this.#unicode = this.#unicodeSets || flags.includes('u')
  }

  parse(): PatternNode {
    return this.#alternation()
  }

  #alternation(): PatternNode {
    const start = this.#at
    const alternatives = [this.#sequence()]
    while (this.#source[this.#at] === '|') {
      this.#at++
      alternatives.push(this.#sequence())
    }
    const [only] = alternatives
    if (alternatives.length === 1 && only !== undefined) return only
    return { kind: 'alternation', source: this.#slice(start), alternatives }
  }

  #sequence(): PatternNode {
    const start = this.#at
    const items: PatternNode[] = []
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      items.push(this.#quantified())
    }
    const [only] = items
    if (items.length === 1 && only !== undefined) return only
    return { kind: 'sequence', source: this.#slice(start), items }
  }

  #quantified(): PatternNode {
    const start = this.#at
    const body = this.#atom()
    const quantifier = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y
    quantifier.lastIndex = this.#at
    const found = quantifier.exec(this.#source)
    if (found === null) return body
    this.#at = quantifier.lastIndex
    const [token, least, comma, most] = found
    let min = token === '+' ? 1 : 0
    let max = token === '?' ? 1 : Infinity
    if (least !== undefined) {
      min = Number(least)
      max = comma === undefined ? min : most === '' ? Infinity : Number(most)
    }
    const lazy = this.#source[this.#at] === '?'
    if (lazy) this.#at++
    return { kind: 'quantifier', source: this.#slice(start), min, max, lazy, body }
  }

  #atom(): PatternNode {
    const start = this.#at
    switch (this.#source[start]) {
      case '(':
        return this.#group()
      case '[': {
        const { end, ...set } = readClass(this.#source, start, this.#unicode, this.#unicodeSets)
        this.#at = end
        return this.#character(start, set)
      }
      case '.':
        this.#at++
        return this.#character(start, { ranges: [], negated: false, open: true })
      case '^':
        this.#at++
        return { kind: 'assertion', source: '^', assertion: 'start' }
      case '$':
        this.#at++
        return { kind: 'assertion', source: '$', assertion: 'end' }
      case '\\':
        return this.#escape()
      default: {
        const code = this.#unicode ? (this.#source.codePointAt(start) ?? 0) : this.#source.charCodeAt(start)
        this.#at += code > 0xffff ? 2 : 1
        return this.#character(start, { ranges: [[code, code]], negated: false, open: false })
      }
    }
  }

  #escape(): PatternNode {
    const start = this.#at
    const next = this.#source[start + 1] ?? ''
    if (next === 'b' || next === 'B') {
      this.#at += 2
      return { kind: 'assertion', source: `\\${next}`, assertion: next === 'b' ? 'boundary' : 'not-boundary' }
    }
    if ((next >= '1' && next <= '9') || next === 'k') {
      refuse(
        this.#source,
        start,
        'a backreference',
        'write the repeated part out, or compare the parts in the validator',
      )
    }
    const { end, ...set } = readEscape(this.#source, start, this.#unicode)
    this.#at = end
    return this.#character(start, { negated: false, ...set })
  }

  #group(): PatternNode {
    const start = this.#at
    const opening = /\((?:\?(?:[:=!]|<[=!]|<(?<name>[^>]+)>))?/y
    opening.lastIndex = start
    const found = opening.exec(this.#source)
    const token = found?.[0] ?? '('
    const name = found?.groups?.['name']
    if (token === '(' && this.#source[start + 1] === '?') {
      refuse(this.#source, start, 'a group with inline flags', 'set the flags of the whole pattern')
    }
    this.#at += token.length
    const body = this.#alternation()
    this.#at++
    const source = this.#slice(start)
    const look = LOOKAROUNDS[token]
    if (look !== undefined) return { kind: 'lookaround', source, ...look, body }
    return { kind: 'group', source, capturing: token !== '(?:', ...(name === undefined ? {} : { name }), body }
  }

  #character(start: number, set: Pick<CharacterNode, 'ranges' | 'negated' | 'open'>): CharacterNode {
    const source = this.#slice(start)
    const key = `${this.#unicode ? 'u' : ''}${this.#unicodeSets ? 'v' : ''}/${source}`
    const known = characters.get(key)
    if (known !== undefined) return known
    const node = this.#newCharacter(source, set)
    if (characters.size >= MAX_CHARACTERS) characters.clear()
    characters.set(key, node)
    return node
  }

  #newCharacter(source: string, set: Pick<CharacterNode, 'ranges' | 'negated' | 'open'>): CharacterNode {
    const reachesAstral = set.open || set.negated || set.ranges.some(([, last]) => last > 0xffff)
    const onlyAstral = !set.open && !set.negated && set.ranges.every(([first]) => first > 0xffff)
    return {
      kind: 'character',
      source,
      ...set,
      minUnits: this.#unicode && onlyAstral && set.ranges.length > 0 ? 2 : 1,
      maxUnits: this.#unicode && reachesAstral ? 2 : 1,
    }
  }

  #slice(start: number): string {
    return this.#source.slice(start, this.#at)
  }
}

const LOOKAROUNDS: Readonly<Record<string, Pick<LookaroundNode, 'direction' | 'negative'>>> = {
  '(?=': { direction: 'ahead', negative: false },
  '(?!': { direction: 'ahead', negative: true },
  '(?<=': { direction: 'behind', negative: false },
  '(?<!': { direction: 'behind', negative: true },
}
