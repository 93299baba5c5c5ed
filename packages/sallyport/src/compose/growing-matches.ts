import type { CompiledRule, ViewRules } from './compile-rules.ts'
import { INDEXED_UNITS, type StartIndex, startIndexOf, type StartState } from './start-index.ts'

/** Start positions at which a rule may match, inclusive, absolute view indexes. */
export interface Window {
  from: number
  to: number
  /** Literal hits that opened it. */
  hits: number
}

interface Growing {
  readonly rule: CompiledRule
  readonly start: number
}

/** A place so near the end that its first units cannot tell yet. */
interface Tentative {
  readonly start: number
  readonly state: StartState
  readonly rules: readonly CompiledRule[]
}

/**
 * The places where a match could still grow out of the end of the text. A place that cannot match now never will
 * (a prefix of what can grow can grow), so each character is looked at once and only open places again.
 */
export class GrowingMatches {
  readonly #rules: ViewRules
  readonly #cursor: (rule: CompiledRule) => number
  readonly #isActive: boolean
  #index: StartIndex | undefined
  #open: Growing[] = []
  #tentative: readonly Tentative[] = []
  /** Up to here every place has been looked at. */
  #readTo = 0
  #end = 0

  constructor(rules: ViewRules, cursor: (rule: CompiledRule) => number) {
    this.#cursor = cursor
    this.#rules = rules
    this.#isActive = rules.all.some((rule) => rule.holds)
  }

  /** Absolute view index of the earliest open place, or the end of the text. */
  get earliest(): number {
    return Math.min(this.#open[0]?.start ?? this.#end, this.#tentative[0]?.start ?? this.#end)
  }

  update(text: string, base: number, windows: ReadonlyMap<number, readonly Window[]>): void {
    this.#end = base + text.length
    if (!this.#isActive) return
    this.#index ??= startIndexOf(this.#rules)
    const open = this.#open.filter(
      ({ rule, start }) => start >= this.#cursor(rule) && isOpenAt(rule, start, text, base),
    )
    const tryAt = (rule: CompiledRule, start: number): void => {
      if (start >= this.#cursor(rule) && isOpenAt(rule, start, text, base)) open.push({ rule, start })
    }
    const tentative: Tentative[] = []
    const read = (from: StartState, start: number, index: StartIndex): void => {
      const state = index.advance(from, text, start - base)
      if (state.rules.length === 0) return
      if (state.depth === INDEXED_UNITS) for (const rule of state.rules) tryAt(rule, start)
      else tentative.push({ start, state, rules: state.rules.filter((rule) => this.#mayReachEnd(rule, start)) })
    }
    for (const { state, start } of this.#tentative) read(state, start, this.#index)
    for (let at = Math.max(this.#readTo, base); at < this.#end; at++) {
      read(this.#index.open(text, at - base), at, this.#index)
    }
    for (const [index, rules] of this.#index.keyed) {
      for (const window of windows.get(index) ?? []) {
        const to = Math.min(window.to, this.#end - 1)
        for (let at = Math.max(window.from, this.#readTo, base); at <= to; at++)
          for (const rule of rules) tryAt(rule, at)
      }
    }
    this.#open = open.sort((a, b) => a.start - b.start)
    this.#tentative = tentative.filter(({ rules }) => rules.length > 0)
    this.#readTo = this.#end
  }

  /** Whether the rule has an open place from `from` to `to`, both inclusive. */
  isOpenWithin(rule: CompiledRule, from: number, to: number): boolean {
    return (
      this.#open.some((open) => open.rule === rule && open.start >= from && open.start <= to) ||
      this.#tentative.some(({ start, rules }) => start >= from && start <= to && rules.includes(rule))
    )
  }

  /** Drops open places inside matches that have been accepted meanwhile. */
  forget(): void {
    if (this.#open.length > 0) this.#open = this.#open.filter(({ rule, start }) => start >= this.#cursor(rule))
    if (this.#tentative.length === 0) return
    this.#tentative = this.#tentative
      .map((place) => ({ ...place, rules: place.rules.filter((rule) => place.start >= this.#cursor(rule)) }))
      .filter(({ rules }) => rules.length > 0)
  }

  #mayReachEnd(rule: CompiledRule, start: number): boolean {
    return start >= this.#cursor(rule) && start + rule.maxLength + rule.ahead >= this.#end
  }
}

function isOpenAt(rule: CompiledRule, at: number, text: string, base: number): boolean {
  if (at + rule.maxLength + rule.ahead < base + text.length) return false
  const partial = rule.partial()
  partial.lastIndex = at - base
  return partial.test(text)
}
