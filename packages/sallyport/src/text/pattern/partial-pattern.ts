import { measureNode } from './measure-pattern.ts'
import { parsePattern } from './parse-pattern.ts'
import type { CharacterNode, LookaroundNode, PatternNode, QuantifierNode } from './pattern-node.ts'

/**
 * Builds the pattern that says whether more text could matter: run sticky at index `s` of a buffer, it matches if the
 * text from `s` to the end of the buffer could still become, extend or change a match of `re` that starts at `s`.
 *
 * It may say yes needlessly, never no wrongly: a no means that some read of every possible path failed before the end of
 * the buffer, so that appended text is never looked at. `s` must not lie between the halves of a surrogate pair.
 * Its size is at most that of `re` times the depth of its groups, and it repeats nothing that `re` does not repeat.
 *
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function partialPattern(re: RegExp): RegExp {
  const source = partial(parsePattern(re.source, re.flags), re.multiline ? '(?![\\s\\S])' : '$') ?? NEVER
  return new RegExp(source, `${re.flags.replaceAll(/[dgy]/g, '')}y`)
}

const NEVER = '(?!)'

/**
 * The source for "this node is cut by the end of the buffer"; undefined when it never reads forward. `end` matches at
 * the end of the buffer only, which `$` does not with the `m` flag.
 */
function partial(node: PatternNode, end: string): string | undefined {
  switch (node.kind) {
    case 'character':
      return readsHalfPair(node) ? endOrHalfPair(end) : end
    case 'assertion':
      return node.assertion === 'start' ? undefined : end
    case 'group':
      return partial(node.body, end)
    case 'alternation':
      return either(node.alternatives.map((alternative) => partial(alternative, end)))
    case 'sequence':
      return partialSequence(node.items, end)
    case 'quantifier':
      return partialQuantifier(node, end)
    case 'lookaround':
      return partialLookaround(node, end)
    default:
      return node satisfies never
  }
}

/** The first part is cut, or it is whole and the rest is cut. Built from the end, so that each part is copied once. */
function partialSequence(items: readonly PatternNode[], end: string): string | undefined {
  let rest: string | undefined
  for (const item of items.toReversed()) {
    rest = either([rest === undefined ? undefined : `${complete(item)}${rest}`, partial(item, end)])
  }
  return rest
}

/** Some whole repetitions, then one that is cut. */
function partialQuantifier(node: QuantifierNode, end: string): string | undefined {
  if (node.max === 0) return undefined
  const cut = partial(node.body, end)
  if (cut === undefined || node.max === 1) return cut
  const most = node.max === Infinity ? '' : String(node.max - 1)
  return `${complete(node.body)}{0,${most}}${cut}`
}

/** A lookahead that reads to the end of the buffer is undecided, whether it is wanted or forbidden. */
function partialLookaround(node: LookaroundNode, end: string): string | undefined {
  if (node.direction === 'ahead') {
    const cut = partial(node.body, end)
    return cut === undefined ? undefined : `(?=${cut})`
  }
  const { ahead } = measureNode(node.body)
  if (ahead === 0) return undefined
  return `(?=[\\s\\S]{0,${ahead === Infinity ? '' : ahead - 1}}${endOrHalfPair(end)})`
}

/** Half a surrogate pair at the end is no character yet: the other half changes it. */
function endOrHalfPair(end: string): string {
  return `(?=[\\uD800-\\uDBFF]?${end})`
}

function readsHalfPair({ maxUnits, ranges }: CharacterNode): boolean {
  return maxUnits === 2 || ranges.some(([first, last]) => first <= 0xdfff && last >= 0xd800)
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
