import { measureNode } from './measure-pattern.ts'
import { parsePattern } from './parse-pattern.ts'
import type { CharacterNode, LookaroundNode, PatternNode } from './pattern-node.ts'

/**
 * Builds the pattern that says whether more text could matter: run sticky at index `s` of a buffer, it matches if the
 * text from `s` to the end of the buffer could still become, extend or change a match of `re` that starts at `s`.
 *
 * It may say yes needlessly, never no wrongly: a no means that some read of every possible path failed before the end of
 * the buffer, so that appended text is never looked at. `s` must not lie between the halves of a surrogate pair.
 * It is a few times as long as `re` and repeats nothing that `re` does not repeat.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function partialPattern(re: RegExp): RegExp {
  const source = cut(parsePattern(re.source, re.flags)) ?? NEVER
  return new RegExp(source, `${re.flags.replaceAll(/[dgy]/g, '')}y`)
}

/**
 * The end of the buffer. Not `$`, which the `m` flag lets match before any line end; and V8 copies what follows a `$`
 * into each branch, which makes compiling several times slower.
 */
const END = '(?![\\s\\S])'
const NEVER = '(?!)'

/**
 * The source for "this node is cut by the end of the buffer"; undefined when it never reads forward. What it returns
 * matches at the end itself.
 */
function cut(node: PatternNode): string | undefined {
  switch (node.kind) {
    case 'character':
      return endBefore(node)
    case 'assertion':
      return node.assertion === 'start' ? undefined : END
    case 'group':
      return cut(node.body)
    case 'alternation':
      return cutAlternatives(node.alternatives)
    case 'sequence':
      return cutSequence(node.items)
    case 'quantifier': {
      const last = node.max === 0 ? undefined : cut(node.body)
      return last === undefined || node.max === 1 ? last : `${complete(node.body)}${times(0, node.max - 1)}${last}`
    }
    case 'lookaround':
      return cutLookaround(node)
    default:
      return node satisfies never
  }
}

function cutAlternatives(alternatives: readonly PatternNode[]): string | undefined {
  const words = alternatives.map(wordOf).filter((word) => word !== undefined)
  const others = alternatives.filter((alternative) => wordOf(alternative) === undefined)
  return either([...others.map(cut), words.length === 0 ? undefined : `${prefixesOf(words)}${END}`])
}

/** The last part that can be cut is, or one before it was, and then the last matches at the end, too. */
function cutSequence(items: readonly PatternNode[]): string | undefined {
  for (const [fromEnd, item] of items.toReversed().entries()) {
    const source = cut(item)
    if (source !== undefined) return completeOrCutSequence(items.slice(0, items.length - 1 - fromEnd)) + source
  }
  return undefined
}

/** A lookahead that reads to the end of the buffer is undecided, whether it is wanted or forbidden. */
function cutLookaround(node: LookaroundNode): string | undefined {
  if (node.direction === 'ahead') {
    const source = cut(node.body)
    return source === undefined ? undefined : `(?=${source})`
  }
  const { ahead } = measureNode(node.body)
  return ahead === 0 ? undefined : `(?=[\\s\\S]${times(0, ahead - 1)}${HALF_PAIR}?${END})`
}

/**
 * The source for "this node matches, or is cut, or was never reached because a part before it was cut": then the buffer
 * is at its end, where every source this returns matches. So parts can simply stand in a row, each copied once.
 */
function completeOrCut(node: PatternNode): string {
  switch (node.kind) {
    case 'character':
      return `(?:${node.source}|${endBefore(node)})`
    case 'assertion':
      return node.assertion === 'end' ? node.source : `(?:${node.source}|${END})`
    case 'group':
      return `(?:${completeOrCut(node.body)})`
    case 'alternation':
      return completeOrCutAlternatives(node.alternatives)
    case 'sequence':
      return completeOrCutSequence(node.items)
    case 'quantifier': {
      if (node.body.kind !== 'character') return `${completeOrCut(node.body)}${times(node.min, node.max)}`
      const fewer = node.min < 2 ? '' : `${node.body.source}${times(0, node.min - 1)}`
      return `(?:${complete(node)}|${fewer}${endBefore(node.body)})`
    }
    case 'lookaround': {
      const undecided = cutLookaround(node)
      // What a lookahead cannot decide yet settles the matter: the rest is skipped.
      return `(?:${complete(node)}|${END}${undecided === undefined ? '' : `|${undecided}[\\s\\S]*`})`
    }
    default:
      return node satisfies never
  }
}

/** The words of an alternation as they are, then the beginnings of all of them as one: V8 takes long for choices. */
function completeOrCutAlternatives(alternatives: readonly PatternNode[]): string {
  const words = alternatives.map(wordOf).filter((word) => word !== undefined)
  const sources = alternatives.map((alternative) =>
    wordOf(alternative) === undefined ? completeOrCut(alternative) : complete(alternative),
  )
  return [...sources, ...(words.length === 0 ? [] : [`${prefixesOf(words)}${END}`])].join('|')
}

/** Literals that stand side by side are taken together, as a word. */
function completeOrCutSequence(items: readonly PatternNode[]): string {
  let source = ''
  let word: string[] = []
  const flush = () => {
    if (word.length > 0) source += `(?:${word.join('')}|${prefixesOf([word])}${END})`
    word = []
  }
  for (const item of items) {
    if (isLiteral(item)) {
      word.push(item.source)
      continue
    }
    flush()
    source += completeOrCut(item)
  }
  flush()
  return source
}

/** The literals of a node that is nothing but literals, at least one. */
function wordOf(node: PatternNode): readonly string[] | undefined {
  if (isLiteral(node)) return [node.source]
  if (node.kind !== 'sequence' || node.items.length === 0 || !node.items.every(isLiteral)) return undefined
  return node.items.map((item) => item.source)
}

function isLiteral(node: PatternNode): boolean {
  if (node.kind !== 'character' || node.open || node.negated || endBefore(node) !== END) return false
  const [range, ...others] = node.ranges
  return others.length === 0 && range !== undefined && range[0] === range[1]
}

/** Matches every beginning of every word that is not the whole word, the empty one too. */
function prefixesOf(words: readonly (readonly string[])[]): string {
  const longer = new Map<string, (readonly string[])[]>()
  for (const [first, ...rest] of words) {
    if (first === undefined || rest.length === 0) continue
    const same = longer.get(first)
    if (same === undefined) longer.set(first, [rest])
    else same.push(rest)
  }
  if (longer.size === 0) return ''
  return `(?:${[...longer].map(([first, rests]) => first + prefixesOf(rests)).join('|')})?`
}

const HALF_PAIR = '[\\uD800-\\uDBFF]'

/** Half a surrogate pair at the end is no character yet, for a node that could match it or the whole pair. */
function endBefore({ maxUnits, ranges }: CharacterNode): string {
  const isOpenToHalf = maxUnits === 2 || ranges.some(([first, last]) => first <= 0xdfff && last >= 0xd800)
  return isOpenToHalf ? `${HALF_PAIR}?${END}` : END
}

function times(min: number, max: number): string {
  return `{${min},${max === Infinity ? '' : max}}`
}

function either(sources: readonly (string | undefined)[]): string | undefined {
  const [first, ...others] = sources.filter((source) => source !== undefined)
  if (first === undefined || others.length === 0) return first
  return `(?:${[first, ...others].join('|')})`
}

/** The node itself without captures: names may not appear twice, and nothing refers to them. */
function complete(node: PatternNode): string {
  switch (node.kind) {
    case 'character':
    case 'assertion':
      return node.source
    case 'group':
      return `(?:${complete(node.body)})`
    case 'alternation':
      return node.alternatives.map(complete).join('|')
    case 'sequence':
      return node.items.map(complete).join('')
    case 'quantifier':
      return `${complete(node.body)}${node.source.slice(node.body.source.length)}`
    case 'lookaround':
      return `(?${node.direction === 'behind' ? '<' : ''}${node.negative ? '!' : '='}${complete(node.body)})`
    default:
      return node satisfies never
  }
}
