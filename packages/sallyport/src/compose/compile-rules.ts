import type { GuardDefinition } from '../guard/guard.ts'
import type { Rule, ViewName } from '../guard/rule.ts'
import type { Origin, Stage } from '../guard/stage.ts'
import { SallyportError } from '../errors/sallyport-error.ts'
import {
  literalsCover,
  LiteralScanner,
  type MatchThread,
  matchThreads,
  measurePattern,
  minimumCount,
  parsePattern,
  partialPattern,
  previousCharacters,
  type PreviousCharacters,
  requiredLiterals,
} from '../text/pattern/index.ts'

/** Characters before a match that validators and context words may see. */
export const BEFORE_WINDOW = 100
/** Longest match a rule may have: it bounds what a stream can be made to hold back. */
export const MAX_MATCH_LENGTH = 8192

/** A rule made ready for scanning; one per gate and rule. */
export interface CompiledRule {
  readonly guard: string
  readonly rule: Rule
  readonly pattern: RegExp
  readonly maxLength: number
  /** Characters before a match that decide about it. */
  readonly behind: number
  /** Characters after a match that decide about it. */
  readonly ahead: number
  /** Literal hits every match contains: more than one only where the literals are single characters. */
  readonly minimumHits: number
  readonly views: readonly ViewName[]
  readonly contextPattern: RegExp | undefined
  /** Whether text waits for this rule: it can lead to an edit or a denial. Monitoring never delays a stream. */
  readonly holds: boolean
  /** Sticky pattern that tells whether a match could still grow out of the end of the text. Compiled on first use. */
  readonly partial: () => RegExp
  /** How a match can begin. */
  readonly threads: () => readonly MatchThread[]
  /** What a match can follow. */
  readonly previous: () => PreviousCharacters
  /** True when the literal stands in the lookbehind: no match can begin before a literal was hit. */
  readonly isKeyed: () => boolean
}

/** Rules that share a set of literals: one hit opens one window for all of them. */
export interface RuleGroup {
  readonly rules: readonly CompiledRule[]
  /** Longest match plus lookahead of its rules. */
  readonly reach: number
  readonly behind: number
  readonly minimumHits: number
  /** Text waits for the rules of the group; the others are run when nothing near a window can change any more. */
  readonly holds: boolean
}

/** The rules that read one view, with their shared literal prefilter. */
export interface ViewRules {
  readonly all: readonly CompiledRule[]
  readonly groups: readonly RuleGroup[]
  readonly literals: LiteralScanner | undefined
  readonly literalLengths: readonly number[]
  /** Indexes into `groups`, by literal index. */
  readonly groupsOfLiteral: readonly (readonly number[])[]
  /** Index of the group of rules without literals, which run everywhere. */
  readonly always: number | undefined
  /** Largest reach and behind of all rules: how much text a later match may need. */
  readonly reach: number
  readonly behind: number
}

export interface RuleSource {
  readonly guard: GuardDefinition
  readonly rules: readonly Rule[]
  readonly holds: (rule: Rule) => boolean
}

export type RuleSet = ReadonlyMap<ViewName, ViewRules>

/**
 * Compiles the rules of all guards of a gate into one set per view.
 *
 * @throws SallyportError `invalid-pattern` for a pattern that is not bounded or uses what the scanner cannot follow.
 */
export function compileRules(sources: readonly RuleSource[], stage: Stage, origin: Origin): RuleSet {
  const perView = new Map<ViewName, CompiledRule[]>()
  for (const { guard, rules, holds } of sources) {
    for (const rule of rules) {
      if (rule.stages && !rule.stages.includes(stage)) continue
      if (rule.origins && !rule.origins.includes(origin)) continue
      const compiled = compileRule(guard.meta.id, rule, holds(rule))
      for (const view of compiled.views) {
        const list = perView.get(view)
        if (list) list.push(compiled)
        else perView.set(view, [compiled])
      }
    }
  }
  const set = new Map<ViewName, ViewRules>()
  for (const [view, rules] of perView) set.set(view, indexByLiteral(rules))
  return set
}

/** Compiling is the same for every stage and origin but for `holds`; patterns are measured once. */
const measured = new WeakMap<RegExp, MeasuredPattern>()

interface MeasuredPattern {
  readonly pattern: RegExp
  readonly maxLength: number
  readonly behind: number
  readonly ahead: number
  /** By the rule's literals, which differ even where rules share a pattern. */
  readonly minimumHits: Map<string, number>
  partial?: RegExp
  threads?: readonly MatchThread[]
  previous?: PreviousCharacters
  isKeyed?: boolean
}

/**
 * Measures a rule's pattern, once per pattern.
 *
 * @throws SallyportError `invalid-pattern` when it is not bounded or uses what the scanner cannot follow.
 */
export function measureRule(guard: string, rule: Rule): MeasuredPattern {
  const known = measured.get(rule.pattern)
  if (known) return known
  const { maxLength, behind, ahead } = measurePattern(rule.pattern)
  if (maxLength > MAX_MATCH_LENGTH) {
    throw new SallyportError(
      'invalid-pattern',
      `Rule ${guard}/${rule.code}: its longest match is ${maxLength} characters, the limit is ${MAX_MATCH_LENGTH}. ` +
        'Write bounded repeats such as {0,64} instead of * and +.',
    )
  }
  const flags = `${rule.pattern.flags.replace(/[gyd]/g, '')}g`
  const pattern = new RegExp(rule.pattern.source, flags)
  const shape = { pattern, maxLength, behind, ahead, minimumHits: new Map() }
  measured.set(rule.pattern, shape)
  return shape
}

function compileRule(guard: string, rule: Rule, holds: boolean): CompiledRule {
  const shape = measureRule(guard, rule)
  return {
    guard,
    rule,
    pattern: shape.pattern,
    maxLength: shape.maxLength,
    behind: shape.behind,
    ahead: Math.max(shape.ahead, rule.context?.after ?? 0),
    minimumHits: minimumHits(rule, shape),
    views: rule.views ?? ['folded'],
    contextPattern: rule.context ? contextPattern(rule.context.words) : undefined,
    holds,
    partial: () => (shape.partial ??= partialPattern(rule.pattern)),
    threads: () => (shape.threads ??= matchThreads(rule.pattern)),
    previous: () => (shape.previous ??= previousCharacters(rule.pattern)),
    isKeyed: () => (shape.isKeyed ??= isKeyed(rule)),
  }
}

function minimumHits({ pattern, literals = [] }: Rule, shape: MeasuredPattern): number {
  if (literals.length === 0 || literals.some((literal) => literal.length !== 1)) return 1
  const characters = literals.join('').toLowerCase()
  const known = shape.minimumHits.get(characters)
  if (known !== undefined) return known
  const hits = Math.max(1, minimumCount(pattern, new Set(characters)))
  shape.minimumHits.set(characters, hits)
  return hits
}

/** Whether the pattern starts with a lookbehind that contains one of the rule's literals whenever it holds. */
function isKeyed({ pattern, literals }: Rule): boolean {
  if (!literals || !pattern.source.startsWith('(?<=')) return false
  const tree = parsePattern(pattern.source, pattern.flags)
  const first = tree.kind === 'sequence' ? tree.items[0] : tree
  if (first?.kind !== 'lookaround' || first.direction !== 'behind' || first.negative) return false
  const body = new RegExp(first.body.source, pattern.flags.replace('y', ''))
  // Mostly the literals stand in the lookbehind word for word, which is seen at once.
  const required = requiredLiterals(body)
  if (required?.every((word) => literals.some((literal) => word.includes(literal)))) return true
  return literalsCover(body, literals)
}

function contextPattern(words: readonly string[]): RegExp {
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})`, 'iu')
}

/** Characters of a literal that are looked for: a few more hits than whole words have, and smaller tables. */
const PREFIX = 6

function indexByLiteral(rules: readonly CompiledRule[]): ViewRules {
  const grouped = new Map<string, CompiledRule[]>()
  for (const compiled of rules) {
    const literals = [...new Set(compiled.rule.literals ?? [])].toSorted().join('\u0000')
    const key = `${compiled.minimumHits}\u0000${compiled.holds}\u0000${literals}`
    const members = grouped.get(key)
    if (members) members.push(compiled)
    else grouped.set(key, [compiled])
  }
  const groups: RuleGroup[] = []
  const groupsOf = new Map<string, number[]>()
  let always: number | undefined
  for (const [key, members] of grouped) {
    const index = groups.length
    const [hits, holds, ...literals] = key.split('\u0000')
    groups.push({
      rules: members,
      reach: Math.max(...members.map((rule) => rule.maxLength + rule.ahead)),
      behind: Math.max(...members.map((rule) => rule.behind)),
      minimumHits: Number(hits),
      holds: holds === 'true',
    })
    if (literals[0] === '') always = index
    else {
      for (const prefix of new Set(literals.map((literal) => literal.slice(0, PREFIX)))) {
        groupsOf.set(prefix, [...(groupsOf.get(prefix) ?? []), index])
      }
    }
  }
  const literals = [...groupsOf.keys()]
  return {
    all: rules,
    groups,
    literals: literals.length > 0 ? scannerFor(literals) : undefined,
    literalLengths: literals.map((literal) => literal.length),
    groupsOfLiteral: [...groupsOf.values()],
    always,
    reach: Math.max(0, ...groups.map((group) => group.reach)),
    behind: Math.max(0, ...groups.map((group) => group.behind)),
  }
}

/** Views and stages mostly look for the same literals, and the table is the costly part. */
const scanners = new Map<string, WeakRef<LiteralScanner>>()

function scannerFor(literals: readonly string[]): LiteralScanner {
  const key = literals.join('\u0000')
  const known = scanners.get(key)?.deref()
  if (known) return known
  const scanner = new LiteralScanner(literals)
  scanners.set(key, new WeakRef(scanner))
  return scanner
}
