import { hasAscii, type MatchThread } from '../text/pattern/index.ts'
import type { CompiledRule, ViewRules } from './compile-rules.ts'

/** Units at the start of a match by which its rules are found. */
export const INDEXED_UNITS = 6

/** Stands for every unit past U+007F, and for the place before the text. */
const OTHER = 128
/** States kept; hostile text could make many. Beyond it they are made anew each time. */
const MAX_STATES = 4_000

/** One way in which a match of a rule may go on. */
interface RuleThread {
  readonly id: number
  readonly rule: CompiledRule
  readonly thread: MatchThread
  next: readonly RuleThread[] | undefined
}

/** What is still possible after some units. Places with the same possibilities share a state, whatever led there. */
export interface StartState {
  /** Units read. */
  readonly depth: number
  readonly rules: readonly CompiledRule[]
  readonly threads: readonly RuleThread[]
  readonly next: Map<number, StartState>
}

/**
 * The rules that hold text, by the unit before and the first few of their matches. Few words begin like something that
 * is looked for, so that most patterns for what may still grow are never run, nor even compiled.
 */
export class StartIndex {
  /** Rules whose literal stands before the match, by group: tried only near a hit. */
  readonly keyed: readonly (readonly [group: number, rules: readonly CompiledRule[]])[]
  readonly #holding: readonly CompiledRule[]
  readonly #firstOf = new Map<CompiledRule, readonly RuleThread[]>()
  readonly #states = new Map<string, StartState>()
  readonly #afterUnit: (StartState | undefined)[] = []
  #threads = 0

  constructor({ groups, all }: ViewRules) {
    this.keyed = groups
      .map(({ rules }, index) => [index, rules.filter((rule) => rule.holds && rule.isKeyed())] as const)
      .filter(([, rules]) => rules.length > 0)
    this.#holding = all.filter((rule) => rule.holds && !rule.isKeyed())
  }

  /** The state of a place in the text of which nothing has been read yet. */
  open(text: string, offset: number): StartState {
    const previous = offset > 0 ? unitAt(text, offset - 1) : OTHER
    return (this.#afterUnit[previous] ??= this.#after(previous))
  }

  /** Reads on from a place, up to {@link INDEXED_UNITS} of its units. */
  advance(from: StartState, text: string, offset: number): StartState {
    let state = from
    const end = Math.min(offset + INDEXED_UNITS, text.length)
    for (let at = offset + state.depth; at < end && state.threads.length > 0; at++) {
      const unit = unitAt(text, at)
      let next = state.next.get(unit)
      if (next === undefined) {
        next = this.#narrowed(state, unit)
        if (this.#states.size < MAX_STATES) state.next.set(unit, next)
      }
      state = next
    }
    return state
  }

  #after(previous: number): StartState {
    const rules = this.#holding.filter((rule) => previous === OTHER || hasAscii(rule.previous().ascii, previous))
    return this.#state(
      0,
      rules.flatMap((rule) => {
        let first = this.#firstOf.get(rule)
        if (first === undefined) this.#firstOf.set(rule, (first = this.#own(rule, rule.threads())))
        return first
      }),
    )
  }

  #narrowed({ depth, threads }: StartState, unit: number): StartState {
    const left = new Set<RuleThread>()
    for (const each of threads) {
      const set = each.thread.unit
      if (set !== undefined && !(unit === OTHER ? set.nonAscii : hasAscii(set.ascii, unit))) continue
      for (const next of set === undefined ? [each] : (each.next ??= this.#own(each.rule, each.thread.next()))) {
        left.add(next)
      }
    }
    return this.#state(depth + 1, [...left])
  }

  #own(rule: CompiledRule, threads: readonly MatchThread[]): readonly RuleThread[] {
    return threads.map((thread) => ({ id: this.#threads++, rule, thread, next: undefined }))
  }

  #state(depth: number, threads: readonly RuleThread[]): StartState {
    const key = `${depth}:${threads.map(({ id }) => id).join()}`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    const state = { depth, threads, rules: [...new Set(threads.map(({ rule }) => rule))], next: new Map() }
    if (this.#states.size < MAX_STATES) this.#states.set(key, state)
    return state
  }
}

function unitAt(text: string, offset: number): number {
  return Math.min(text.charCodeAt(offset), OTHER)
}

const indexes = new WeakMap<ViewRules, StartIndex>()

export function startIndexOf(rules: ViewRules): StartIndex {
  let index = indexes.get(rules)
  if (!index) {
    index = new StartIndex(rules)
    indexes.set(rules, index)
  }
  return index
}
