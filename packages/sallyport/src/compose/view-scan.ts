import type { RuleMatch } from '../guard/rule.ts'
import type { ViewStream } from '../text/view.ts'
import { BEFORE_WINDOW, type CompiledRule, type RuleGroup, type ViewRules } from './compile-rules.ts'

/** A validated match at a view range, in absolute view indexes. */
export type ViewMatchHandler = (rule: CompiledRule, confidence: number, start: number, end: number) => void

/** Start positions at which a rule may match, inclusive, absolute view indexes. */
interface Window {
  from: number
  to: number
  /** Literal hits that opened it. */
  hits: number
}

/** A pattern runs on a slice of the buffer when that leaves out at least this many characters. */
const SLICE_SAVES = 64
/** Kept text is cut off once this much of it is no longer needed. */
const TRIM_ABOVE = 16_384
/** A failed checksum retries one character later for short rules; long ones go on after the match, to stay linear. */
const RETRY_UP_TO = 256

/**
 * Runs the rules of one view over a text that arrives in chunks. Which matches come out does not depend on the chunks:
 * a match is only accepted when no later text can change it or put an earlier one in its place.
 */
export class ViewScan {
  readonly #view: ViewStream
  readonly #rules: ViewRules
  readonly #onMatch: ViewMatchHandler
  /** Where the next match of a rule may start, by rule. */
  readonly #cursors = new Map<CompiledRule, number>()
  readonly #windows: (Window[] | undefined)[] = []
  readonly #growing: GrowingMatches
  #state = 0
  #scannedTo = 0
  /** Earliest start of a match that is complete but still waits for what follows it. */
  #waiting = Infinity

  constructor(view: ViewStream, rules: ViewRules, onMatch: ViewMatchHandler) {
    this.#view = view
    this.#rules = rules
    this.#onMatch = onMatch
    this.#growing = new GrowingMatches(rules, (rule) => this.#cursors.get(rule) ?? 0)
  }

  /** Scans what was added to the view since the last call. */
  scan(end: boolean): void {
    const { text, base } = this.#view
    const length = base + text.length
    this.#openWindows(text, base, length)
    this.#waiting = Infinity
    for (let index = 0; index < this.#windows.length; index++) {
      const windows = this.#windows[index]
      const group = this.#rules.groups[index]
      if (!windows || !group) continue
      const worthwhile = group.minimumHits > 1 ? windows.filter(({ hits }) => hits >= group.minimumHits) : windows
      if (worthwhile.length > 0) for (const rule of group.rules) this.#run(rule, worthwhile, end)
      this.#windows[index] = end ? undefined : keepOpen(windows, length - group.reach)
    }
    if (!end) {
      this.#growing.update(text, base)
      this.#trim(length)
    }
  }

  /** Absolute view index before which no rule that holds text can match any more. */
  get settled(): number {
    return Math.min(this.#growing.earliest, this.#waiting, this.#view.base + this.#view.text.length)
  }

  #openWindows(text: string, base: number, length: number): void {
    const { literals, literalLengths, groupsOfLiteral, groups, always } = this.#rules
    const from = Math.max(this.#scannedTo, base)
    if (literals) {
      this.#state = literals.scan(text, from - base, this.#state, (literal, endIndex) => {
        const hitEnd = base + endIndex
        const hitStart = hitEnd - (literalLengths[literal] ?? 0)
        for (const index of groupsOfLiteral[literal] ?? []) {
          const group = groups[index]
          if (group) this.#addWindow(index, hitEnd - group.reach, hitStart + group.behind)
        }
      })
    }
    const everywhere = always === undefined ? undefined : groups[always]
    if (always !== undefined && everywhere) this.#addWindow(always, from - everywhere.reach, length)
    this.#scannedTo = length
  }

  #addWindow(index: number, from: number, to: number): void {
    const windows = (this.#windows[index] ??= [])
    const last = windows.at(-1)
    if (last && from <= last.to + 1) {
      last.to = Math.max(last.to, to)
      last.hits++
    } else windows.push({ from: Math.max(0, from), to, hits: 1 })
  }

  #run(rule: CompiledRule, windows: readonly Window[], end: boolean): void {
    const { text, base } = this.#view
    const length = base + text.length
    const tail = length - rule.maxLength - rule.ahead
    for (const window of windows) {
      let from = Math.max(window.from, base, this.#cursors.get(rule) ?? 0)
      if (from > window.to) continue
      let low = Math.max(base, from - Math.max(rule.behind, 1))
      let high = Math.min(length, window.to + rule.maxLength + rule.ahead + 1)
      if (high - low + SLICE_SAVES > text.length) {
        low = base
        high = length
      }
      const piece = high - low === text.length ? text : text.slice(low - base, high - base)
      for (;;) {
        rule.pattern.lastIndex = from - low
        const found = rule.pattern.exec(piece)
        const start = found ? low + found.index : Infinity
        if (!end) {
          // Only starts this close to the end can still change; an earlier one would take precedence over `found`.
          const open = this.#growing.firstOpen(rule, Math.max(from, tail), Math.min(start, window.to), text, base)
          if (open !== undefined) return
        }
        if (!found || start > window.to) break
        const matchEnd = start + found[0].length
        if (!end && rule.rule.context?.after && matchEnd + rule.rule.context.after > length) {
          if (rule.holds) this.#waiting = Math.min(this.#waiting, start)
          return
        }
        from = this.#accept(rule, found[0], start) ? matchEnd : rule.maxLength <= RETRY_UP_TO ? start + 1 : matchEnd
        if (from <= start) from = start + 1
        this.#cursors.set(rule, from)
        if (from > window.to) break
      }
    }
  }

  #accept(rule: CompiledRule, matched: string, start: number): boolean {
    if (matched.length === 0) return false
    const { text, base, name } = this.#view
    const { rule: declared } = rule
    const at = start - base
    const end = at + matched.length
    let { confidence } = declared
    if (declared.validate) {
      const match: RuleMatch = {
        text: matched,
        before: text.slice(Math.max(0, at - BEFORE_WINDOW), at),
        after: text.slice(end, end + (declared.context?.after ?? 0)),
        view: name,
      }
      const answer = declared.validate(match)
      if (answer === false) return false
      if (typeof answer === 'number') confidence = answer
    }
    if (declared.context && rule.contextPattern && confidence < 1) {
      const { before = 60, after = 0, boost } = declared.context
      const near =
        rule.contextPattern.test(text.slice(Math.max(0, at - Math.min(before, BEFORE_WINDOW)), at)) ||
        (after > 0 && rule.contextPattern.test(text.slice(end, end + after)))
      if (near) confidence = Math.min(1, confidence + boost)
    }
    this.#onMatch(rule, confidence, start, start + matched.length)
    return true
  }

  #trim(length: number): void {
    const needed = Math.min(this.settled, length - this.#rules.reach) - this.#rules.behind - BEFORE_WINDOW - 1
    if (needed - this.#view.base > TRIM_ABOVE) this.#view.trim(needed)
  }
}

function keepOpen(windows: readonly Window[], tail: number): Window[] | undefined {
  const open: Window[] = []
  for (const window of windows) if (window.to >= tail) open.push({ ...window, from: Math.max(window.from, tail) })
  return open.length > 0 ? open : undefined
}

interface Growing {
  readonly rule: CompiledRule
  readonly start: number
}

/**
 * The places where a match could still grow out of the end of the text. A place that cannot match now never will
 * (a prefix of what can grow can grow), so each character is looked at once and only open places again.
 */
class GrowingMatches {
  readonly #byFirst: (readonly CompiledRule[])[] | undefined
  readonly #nonAscii: readonly CompiledRule[] = []
  readonly #cursor: (rule: CompiledRule) => number
  #open: Growing[] = []
  #checkedTo = 0
  #end = 0

  constructor(rules: ViewRules, cursor: (rule: CompiledRule) => number) {
    this.#cursor = cursor
    const holding = rules.all.filter((rule) => rule.holds)
    if (holding.length === 0) return
    ;({ byFirst: this.#byFirst, nonAscii: this.#nonAscii } = firstCharacterIndex(rules, holding))
  }

  /** Absolute view index of the earliest open place, or the end of the text. */
  get earliest(): number {
    return this.#open[0]?.start ?? this.#end
  }

  update(text: string, base: number): void {
    this.#end = base + text.length
    if (!this.#byFirst) return
    const stillOpen = this.#open.filter(
      ({ rule, start }) => start >= this.#cursor(rule) && isOpenAt(rule, start, text, base),
    )
    for (let at = Math.max(this.#checkedTo, base); at < this.#end; at++) {
      const code = text.charCodeAt(at - base)
      for (const rule of code < 128 ? (this.#byFirst[code] ?? []) : this.#nonAscii) {
        if (at >= this.#cursor(rule) && isOpenAt(rule, at, text, base)) stillOpen.push({ rule, start: at })
      }
    }
    this.#open = stillOpen
    this.#checkedTo = this.#end
  }

  /** The first start in `from..to` (to inclusive, may be Infinity) where `rule` could still match or change. */
  firstOpen(rule: CompiledRule, from: number, to: number, text: string, base: number): number | undefined {
    const first = rule.first()
    const last = Math.min(to, base + text.length - 1)
    for (let at = Math.max(from, base); at <= last; at++) {
      const code = text.charCodeAt(at - base)
      const possible = first.empty || (code < 128 ? ((first.ascii[code >> 5] ?? 0) >>> (code & 31)) & 1 : first.nonAscii)
      if (possible && isOpenAt(rule, at, text, base)) return at
    }
    return undefined
  }
}

function isOpenAt(rule: CompiledRule, at: number, text: string, base: number): boolean {
  if (at + rule.maxLength + rule.ahead < base + text.length) return false
  const partial = rule.partial()
  partial.lastIndex = at - base
  return partial.test(text)
}

interface FirstCharacterIndex {
  readonly byFirst: (readonly CompiledRule[])[]
  readonly nonAscii: readonly CompiledRule[]
}

const indexes = new WeakMap<ViewRules, FirstCharacterIndex>()

function firstCharacterIndex(rules: ViewRules, holding: readonly CompiledRule[]): FirstCharacterIndex {
  const known = indexes.get(rules)
  if (known) return known
  const byFirst: CompiledRule[][] = Array.from({ length: 128 }, () => [])
  const nonAscii: CompiledRule[] = []
  for (const rule of holding) {
    const first = rule.first()
    for (let code = 0; code < 128; code++) {
      if (first.empty || ((first.ascii[code >> 5] ?? 0) >>> (code & 31)) & 1) byFirst[code]?.push(rule)
    }
    if (first.nonAscii || first.empty) nonAscii.push(rule)
  }
  const index = { byFirst, nonAscii }
  indexes.set(rules, index)
  return index
}

export type { RuleGroup }
