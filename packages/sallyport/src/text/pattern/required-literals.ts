import { foldedCharacters } from './character-set.ts'
import { parsePattern } from './parse-pattern.ts'
import type { PatternNode, QuantifierNode } from './pattern-node.ts'

const MAX_LITERALS = 64
const MAX_LENGTH = 32
/** From here on a few short literals are better than many long ones. */
const LONG_ENOUGH = 6
const MAX_WITH_SINGLES = 4

/**
 * Finds literals of which every match of `re`, or what its lookarounds read, contains at least one: what a prefilter
 * looks for before the pattern runs. They are in lower case, to be compared without ASCII case.
 *
 * @returns at most 64 literals of two or more characters, single characters only when nothing longer is required, and
 * undefined when there is no such set.
 * @throws SallyportError `invalid-pattern`, see {@link parsePattern}.
 */
export function requiredLiterals(re: RegExp): readonly string[] | undefined {
  const { required } = analyse(parsePattern(re.source, re.flags), re.flags)
  return required === undefined ? undefined : withoutSuperstrings(required)
}

interface Requirement {
  /** Everything the node can match, when that is a short list. */
  readonly exact?: readonly string[] | undefined
  /** Each match contains one of these. */
  readonly required?: readonly string[] | undefined
}

function analyse(node: PatternNode, flags: string): Requirement {
  switch (node.kind) {
    case 'character':
      return known(foldedCharacters(node, flags, MAX_LITERALS))
    case 'assertion':
      return known([''])
    case 'group':
      return analyse(node.body, flags)
    case 'lookaround':
      return node.negative ? known(['']) : { exact: [''], required: analyse(node.body, flags).required }
    case 'alternation':
      return analyseAlternatives(node.alternatives.map((alternative) => analyse(alternative, flags)))
    case 'sequence':
      return analyseSequence(node.items.map((item) => analyse(item, flags)))
    case 'quantifier':
      return analyseRepetition(node, analyse(node.body, flags))
    default:
      return node satisfies never
  }
}

function known(exact: readonly string[] | undefined): Requirement {
  return { exact, required: usable(exact) }
}

function analyseAlternatives(parts: readonly Requirement[]): Requirement {
  return { exact: unite(parts.map((part) => part.exact)), required: usable(unite(parts.map((part) => part.required))) }
}

/** Joins neighbours whose matches are known into longer literals, and keeps the best of all it saw. */
function analyseSequence(parts: readonly Requirement[]): Requirement {
  let best: readonly string[] | undefined
  let run: readonly string[] | undefined = ['']
  let exact = true
  for (const part of parts) {
    best = better(better(best, part.required), usable(run))
    const joined: readonly string[] | undefined = part.exact && concatenate(run, part.exact)
    if (joined !== undefined) {
      run = joined
      continue
    }
    exact = false
    run = part.exact ?? ['']
  }
  return { exact: exact ? run : undefined, required: better(best, usable(run)) }
}

function analyseRepetition(node: QuantifierNode, body: Requirement): Requirement {
  const required = node.min > 0 ? body.required : undefined
  if (body.exact === undefined) return { required }
  if (body.exact.every((text) => text === '')) return { exact: body.exact, required }
  let power: readonly string[] | undefined = ['']
  const counts: (readonly string[] | undefined)[] = []
  for (let count = 0; count <= node.max && power !== undefined; count++) {
    if (count >= node.min) counts.push(power)
    const longer: readonly string[] | undefined = concatenate(power, body.exact)
    if (longer === undefined && count < node.min) return { required: better(required, usable(power)) }
    power = count === node.max ? power : longer
  }
  const exact = power === undefined ? undefined : unite(counts)
  return { exact, required: better(required, usable(exact ?? counts[0])) }
}

function concatenate(heads: readonly string[], tails: readonly string[]): readonly string[] | undefined {
  if (heads.length * tails.length > MAX_LITERALS) return undefined
  const all = new Set(heads.flatMap((head) => tails.map((tail) => head + tail)))
  return [...all].every((text) => text.length <= MAX_LENGTH) ? [...all] : undefined
}

function unite(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const all = new Set<string>()
  for (const set of sets) {
    if (set === undefined) return undefined
    for (const text of set) all.add(text)
  }
  return all.size <= MAX_LITERALS ? [...all] : undefined
}

/** A set with the empty text in it says nothing, and one with many single characters next to nothing. */
function usable(set: readonly string[] | undefined): readonly string[] | undefined {
  if (set === undefined || set.length === 0) return undefined
  const least = shortest(set)
  return least === 0 || (least === 1 && set.length > MAX_WITH_SINGLES) ? undefined : set
}

/** Longer literals hit less often, up to a length where fewer are better; the rest is taste. */
function better(a: readonly string[] | undefined, b: readonly string[] | undefined): readonly string[] | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const gain =
    Math.min(LONG_ENOUGH, shortest(b)) - Math.min(LONG_ENOUGH, shortest(a)) ||
    a.length - b.length ||
    shortest(b) - shortest(a)
  return gain > 0 ? b : a
}

function shortest(set: readonly string[]): number {
  return Math.min(...set.map((text) => text.length))
}

function withoutSuperstrings(set: readonly string[]): readonly string[] {
  return set.filter((text) => !set.some((other) => other !== text && text.includes(other)))
}
