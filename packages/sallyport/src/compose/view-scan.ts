import type { RuleMatch } from '../guard/rule.ts'
import type { ViewStream } from '../text/view.ts'
import { BEFORE_WINDOW, type CompiledRule, type ViewRules } from './compile-rules.ts'
import { GrowingMatches, type Window } from './growing-matches.ts'

/** A validated match at a view range, in absolute view indexes. */
export type ViewMatchHandler = (rule: CompiledRule, confidence: number, start: number, end: number) => void

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
  /** By index of the group; only those that were hit, which are few of many. */
  readonly #windows = new Map<number, Window[]>()
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
    if (!end) this.#growing.update(text, base, this.#windows)
    this.#waiting = Infinity
    for (const index of [...this.#windows.keys()].sort((a, b) => a - b)) {
      const windows = this.#windows.get(index)
      const group = this.#rules.groups[index]
      if (!windows || !group) continue
      // Where nothing waits for the answer, a window is run once, when later text cannot change it any more.
      const until = end || group.holds ? Infinity : length - group.reach - 1
      const due = windows.filter(({ from, hits }) => from <= until && hits >= group.minimumHits)
      if (due.length > 0) for (const rule of group.rules) this.#run(rule, due, until, end)
      const open = end ? undefined : keepOpen(windows, length - group.reach)
      if (open) this.#windows.set(index, open)
      else this.#windows.delete(index)
    }
    if (!end) {
      this.#growing.forget()
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
    const windows = this.#windows.get(index)
    const last = windows?.[windows.length - 1]
    if (last && from <= last.to + 1) {
      last.to = Math.max(last.to, to)
      last.hits++
      return
    }
    const window = { from: Math.max(0, from), to, hits: 1 }
    if (windows) windows.push(window)
    else this.#windows.set(index, [window])
  }

  #run(rule: CompiledRule, windows: readonly Window[], until: number, end: boolean): void {
    const { text, base } = this.#view
    const length = base + text.length
    for (const window of windows) {
      const to = Math.min(window.to, until)
      let from = Math.max(window.from, base, this.#cursors.get(rule) ?? 0)
      if (from > to) continue
      let low = Math.max(base, from - Math.max(rule.behind, 1))
      let high = Math.min(length, to + rule.maxLength + rule.ahead + 1)
      if (high - low + SLICE_SAVES > text.length) {
        low = base
        high = length
      }
      const piece = high - low === text.length ? text : text.slice(low - base, high - base)
      for (;;) {
        rule.pattern.lastIndex = from - low
        const found = rule.pattern.exec(piece)
        const start = found ? low + found.index : Infinity
        // An open place before `found` would take precedence once it has grown.
        if (!end && rule.holds && this.#growing.isOpenWithin(rule, from, Math.min(start, to))) return
        if (!found || start > to) break
        const matchEnd = start + found[0].length
        if (!end && rule.rule.context?.after && matchEnd + rule.rule.context.after > length) {
          if (rule.holds) this.#waiting = Math.min(this.#waiting, start)
          return
        }
        from = this.#accept(rule, found[0], start) ? matchEnd : rule.maxLength <= RETRY_UP_TO ? start + 1 : matchEnd
        if (from <= start) from = start + 1
        this.#cursors.set(rule, from)
        if (from > to) break
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
