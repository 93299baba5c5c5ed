import { type Action, type Outcome, strongerOutcome } from '../guard/decision.ts'
import type { Finding } from '../guard/finding.ts'
import type { ConversationText, GuardContext, GuardScan, Match } from '../guard/guard.ts'
import type { Pseudonymizer } from '../guard/pseudonyms.ts'
import type { Origin, Stage } from '../guard/stage.ts'
import type { Verdict } from '../guard/verdict.ts'
import { actionFor, ladderFor, lowestThreshold } from './action-table.ts'
import { applyEdits, type RankedEdit, uniteEdits } from './apply-edits.ts'
import type { OutsideEvidence } from './ask-opinions.ts'
import type { RuleSet } from './compile-rules.ts'
import type { IsExcepted } from './exceptions.ts'
import { placedMatches, reasonFor, surest, withoutRepeats } from './explain-findings.ts'
import { GuardState, MAX_KEPT } from './guard-state.ts'
import { decisionFor, type GateGuard, type GateSettings, holds } from './gate-guard.ts'
import { RuleScan } from './rule-scan.ts'

export interface GateScanSetup {
  readonly stage: Stage
  readonly origin: Origin
  readonly guards: readonly GateGuard[]
  readonly guardOf: ReadonlyMap<string, GateGuard>
  readonly rules: RuleSet
  readonly settings: GateSettings
  readonly isExcepted: IsExcepted | undefined
  readonly onlyRules: boolean
  readonly conversation?: ConversationText | undefined
  readonly evidence?: readonly OutsideEvidence[] | undefined
  readonly pseudonymizer?: Pseudonymizer | undefined
  /** True for values that whoever reads the text has written. */
  readonly isOwn?: ((value: string) => boolean) | undefined
  /** Begin as a follower: see {@link GateScan.follow}. */
  readonly asleep?: boolean
}

interface FoundMatch {
  readonly guard: GateGuard
  readonly match: Match
}

interface OwnScan {
  readonly guard: GateGuard
  readonly scan: GuardScan
  readonly holds: boolean
}

export interface ScanStep {
  readonly text: string
  readonly editedFrom: number | undefined
  readonly findings: readonly Finding[]
}

/** Characters before the first edit that the second reading sees but cannot change. */
const CONTEXT = 256
/** Original text kept behind the released part, for replacements and fingerprints that need the matched text. */
const KEEP_BEHIND = 16_384
const SEVERITY_RANK = { info: 0, low: 1, medium: 2, high: 3, critical: 4 } as const

/**
 * One text on its way through a gate. Text is released only when no guard that could edit or stop it can still match
 * in it, and nothing from the first denied span on is ever released.
 */
export class GateScan {
  readonly #setup: GateScanSetup
  readonly #context: GuardContext
  #ruleScan: RuleScan | undefined
  /** Absolute offset at which the rule scan began. */
  #ruleOffset = 0
  readonly #own: readonly OwnScan[]
  readonly #states = new Map<GateGuard, GuardState>()
  #text = ''
  /** Absolute offset of `#text[0]`. */
  #base = 0
  #pushed = 0
  #released = 0
  /** Matches of guards that hold text, waiting until nothing before them can change. */
  #waiting: FoundMatch[] = []
  #edits: RankedEdit[] = []
  #allEdits: RankedEdit[] = []
  #findings: Finding[] = []
  #omitted = 0
  #outcome: Outcome = 'allow'
  #reason = ''
  #deniedAt: number | undefined
  #failed = false
  #began = false
  /** Where the text began, when it came in one piece and is kept as a whole. */
  #wholeFrom: number | undefined

  constructor(setup: GateScanSetup) {
    this.#setup = setup
    const { stage, origin, conversation, pseudonymizer } = setup
    this.#context = { stage, origin, ...(conversation && { conversation }), ...(pseudonymizer && { pseudonymizer }) }
    this.#ruleScan = setup.asleep ? undefined : new RuleScan(setup.rules)
    this.#own = setup.onlyRules ? [] : this.#openOwn()
  }

  #openOwn(): OwnScan[] {
    const own: OwnScan[] = []
    for (const guard of this.#setup.guards) {
      const scan = this.#guarded(guard, () => guard.definition.open?.(guard.options, this.#context))
      if (!scan) continue
      const codes = Object.keys(guard.definition.meta.codes ?? {})
      const held =
        codes.length === 0 ? holds(guard, '', undefined) : codes.some((code) => holds(guard, code, undefined))
      own.push({ guard, scan, holds: held })
    }
    return own
  }

  /**
   * Takes text that is already judged and unchanged. Guards' own scans keep their state by it (a code fence stays open),
   * the rules sleep, and nothing is reported. The first `push` wakes the scan: from there on text can be edited.
   */
  follow(chunk: string): void {
    this.#pushed += chunk.length
    this.#text = (this.#text + chunk).slice(-CONTEXT)
    this.#base = this.#pushed - this.#text.length
    this.#released = this.#pushed
    for (const { guard, scan } of this.#own) this.#guarded(guard, () => scan.push(chunk, false))
  }

  /** Takes the next chunk and gives back the text that may leave now, and where in it the first edit stands. */
  push(chunk: string, end: boolean): ScanStep {
    if (this.#deniedAt !== undefined && !end) return { text: '', editedFrom: undefined, findings: [] }
    const before = this.#findings.length
    if (!this.#began && end) this.#wholeFrom = this.#pushed
    this.#began = true
    const context = this.#ruleScan ? '' : this.#wake()
    this.#pushed += chunk.length
    this.#text += chunk
    this.#collect(chunk, context, end)
    const settled = end ? this.#pushed : this.#settled()
    this.#judgeUpTo(settled)
    if (end) this.#judgeScores()
    return { ...this.#release(settled), findings: this.#findings.slice(before) }
  }

  /** Rules start to read; gives back the text before, as context for what they look back at. */
  #wake(): string {
    this.#ruleScan = new RuleScan(this.#setup.rules)
    this.#ruleOffset = this.#base
    return this.#text
  }

  /** What denied the text, once it is denied: nothing after it leaves. */
  get denied(): string | undefined {
    return this.#deniedAt === undefined ? undefined : this.#reason
  }

  /** The answer so far; final after `push(…, true)`. */
  verdict(): Verdict {
    const edits = uniteEdits(this.#allEdits)
    const score: Record<string, number> = {}
    for (const id of this.#setup.settings.alwaysScored) score[id] = 0
    for (const [guard, state] of this.#states) score[guard.definition.meta.id] = state.score
    return {
      outcome: this.#outcome,
      decision: decisionFor(this.#outcome, this.#reason),
      findings: withoutRepeats(this.#findings),
      edits: edits.map(({ start, end, replacement }) => ({ start, end, replacement })),
      text: this.#wholeFrom === undefined ? '' : this.#applied(this.#wholeFrom, this.#pushed, edits),
      score,
      ...(this.#omitted > 0 && { omittedFindings: this.#omitted }),
    }
  }

  /** Output may be streamed, so there guards act match by match, in batch too: the same text gives the same verdict. */
  get #streamed(): boolean {
    return this.#context.stage === 'output'
  }

  #collect(chunk: string, context: string, end: boolean): void {
    try {
      for (const { rule, confidence, ...span } of this.#ruleScan?.push(context + chunk, end) ?? []) {
        const start = span.start + this.#ruleOffset
        const matchEnd = span.end + this.#ruleOffset
        const guard = this.#setup.guardOf.get(rule.guard)
        if (!guard) continue
        const { code, severity, message, entity } = rule.rule
        const match = {
          start,
          end: matchEnd,
          code,
          severity,
          confidence,
          message,
          ...(entity !== undefined && { entity }),
        }
        this.#take({ guard, match }, rule.holds)
      }
    } catch (error) {
      this.#fail('rules', error)
    }
    for (const { guard, scan, holds: held } of this.#own) {
      const matches = this.#guarded(guard, () => scan.push(chunk, end)) ?? []
      for (const match of matches) this.#take({ guard, match }, held)
    }
    if (end) this.#hearOthers()
    if ((this.#ruleScan?.work ?? 0) > this.#setup.settings.maxWork) {
      this.#deny(this.#released, 'budget-exhausted: the text is too costly to check completely')
    }
  }

  #hearOthers(): void {
    for (const heard of this.#setup.evidence ?? []) {
      const guard = this.#setup.guardOf.get(heard.guard)
      if (!guard) continue
      if ('match' in heard) this.#judge({ guard, match: heard.match })
      else if (heard.failed === 'abstain' || guard.failOpen) this.#reportFailure(heard.guard, 'failed-open')
      else this.#fail(heard.guard, heard)
    }
  }

  #take(found: FoundMatch, held: boolean): void {
    if (held) this.#waiting.push(found)
    else this.#judge(found)
  }

  #settled(): number {
    let settled = Math.min(this.#pushed, (this.#ruleScan?.settled ?? Infinity) + this.#ruleOffset)
    for (const { scan, holds: held } of this.#own) if (held) settled = Math.min(settled, scan.settled)
    return settled
  }

  #judgeUpTo(settled: number): void {
    if (this.#waiting.length === 0) return
    const ready: FoundMatch[] = []
    const later: FoundMatch[] = []
    for (const found of this.#waiting) {
      if (found.match.start < settled || settled >= this.#pushed) ready.push(found)
      else later.push(found)
    }
    if (ready.length === 0) return
    this.#waiting = later
    ready.sort((a, b) => a.match.start - b.match.start || a.match.end - b.match.end)
    for (const found of ready) this.#judge(found)
  }

  #judge({ guard, match }: FoundMatch): void {
    const { definition, policy } = guard
    const { isExcepted, isOwn, settings } = this.#setup
    if (isOwn && definition.restores && isOwn(this.#slice(match.start, match.end))) return
    let print: string | undefined
    const fingerprint = (): string | undefined =>
      (print ??= settings.fingerprint?.(this.#slice(match.start, match.end)))
    if (isExcepted !== undefined) {
      const counts = actionFor(ladderFor(policy, match.code, match.entity), match.confidence) !== undefined
      if (isExcepted(definition.meta.id, match.code, match.entity, fingerprint, counts)) return
    }
    const state = this.#stateOf(guard)
    if (!state.take(match, this.#wholeFrom !== undefined, this.#released)) return
    if (definition.scored) {
      // The combined score only grows, so a block decided now is decided for good; the rest waits for the end.
      if (actionFor(policy.ladder, state.score) === 'block') {
        this.#deny(match.start, reasonFor(definition.meta.id, surest(state.matches)))
      }
      if (!this.#streamed) return
    }
    if (definition.scored && match.start === match.end) return
    const ladder = ladderFor(policy, match.code, match.entity)
    const action = actionFor(ladder, match.confidence)
    if (action === undefined) return
    this.#report(guard, match, action, fingerprint())
    this.#outcome = strongerOutcome(this.#outcome, action)
    if (action === 'redact') this.#edit(guard, match)
    if (action === 'review' && this.#outcome === 'review') this.#reason ||= reasonFor(definition.meta.id, match)
    if (action === 'block') this.#deny(match.start, reasonFor(definition.meta.id, match))
  }

  /** Scored guards are decided as a whole, when everything has been read. */
  #judgeScores(): void {
    for (const [guard, state] of this.#states) {
      const { definition, policy } = guard
      if (!definition.scored || state.matches.length === 0) continue
      if (this.#streamed && this.#deniedAt === undefined) continue
      const action = actionFor(policy.ladder, state.score)
      if (action === undefined || state.score < lowestThreshold(policy.ladder)) continue
      this.#outcome = strongerOutcome(this.#outcome, action)
      for (const match of placedMatches(state.matches, this.#pushed)) {
        this.#report(guard, match, action, this.#setup.settings.fingerprint?.(this.#slice(match.start, match.end)))
        if (action === 'redact') this.#edit(guard, match)
      }
      if (action === 'review') this.#reason ||= reasonFor(definition.meta.id, surest(state.matches))
    }
  }

  #report(guard: GateGuard, match: Match, action: Action, fingerprint: string | undefined): void {
    // What denied a text is never left out.
    if (this.#isFull(this.#findings) && action !== 'block') {
      this.#omitted++
      return
    }
    this.#findings.push({
      guard: guard.definition.meta.id,
      code: match.code,
      severity: match.severity,
      confidence: round(match.confidence),
      start: match.start,
      end: match.end,
      action,
      message: match.message,
      ...(match.entity !== undefined && { entity: match.entity }),
      ...(fingerprint !== undefined && { fingerprint }),
    })
  }

  #edit(guard: GateGuard, match: Match): void {
    const { definition, options } = guard
    let span: { start: number; end: number } = match
    if (definition.expand && !this.#streamed) span = definition.expand(match, this.#text, this.#context)
    const replacement =
      match.replacement ??
      definition.replace?.(match, this.#slice(match.start, match.end), options, this.#context) ??
      `[${match.entity ?? match.code}]`
    // A plain deletion gives way to a visible replacement of the same text.
    const rank = (replacement === '' ? 0 : 10) + match.confidence + SEVERITY_RANK[match.severity] / 100
    // What has left cannot be changed: only a second reading meets such a match, and edits the rest of it.
    const edit: RankedEdit = { start: Math.max(span.start, this.#released), end: span.end, replacement, rank }
    if (edit.end <= edit.start) return
    this.#edits.push(edit)
    if (!this.#isFull(this.#allEdits)) this.#allEdits.push(edit)
  }

  #release(settled: number): { text: string; editedFrom: number | undefined } {
    let to = Math.min(settled, this.#deniedAt ?? Infinity)
    const united = uniteEdits(this.#edits)
    for (const edit of united) if (edit.start < to && edit.end > to) to = edit.start
    if (to <= this.#released) return { text: '', editedFrom: undefined }
    const now = united.filter((edit) => edit.end <= to)
    this.#edits = this.#edits.filter((edit) => edit.end > to)
    const at = this.#released
    const editedFrom = now[0] && now[0].start - at
    const text = this.#applied(at, to, now)
    this.#released = to
    if (this.#wholeFrom === undefined && to - this.#base > 2 * KEEP_BEHIND) {
      this.#text = this.#text.slice(to - KEEP_BEHIND - this.#base)
      this.#base = to - KEEP_BEHIND
    }
    return { text, editedFrom }
  }

  #applied(from: number, to: number, edits: readonly RankedEdit[]): string {
    const shifted = edits.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }))
    return applyEdits(this.#slice(from, to), shifted)
  }

  #deny(at: number, reason: string): void {
    this.#outcome = 'block'
    this.#deniedAt = Math.min(this.#deniedAt ?? Infinity, Math.max(at, this.#released))
    this.#reason = reason
  }

  /** The one place where a failing guard is decided about: closed, unless the policy says open in so many words. */
  #guarded<T>(guard: GateGuard, run: () => T): T | undefined {
    try {
      return run()
    } catch (error) {
      if (guard.failOpen) {
        this.#reportFailure(guard.definition.meta.id, 'failed-open')
        return undefined
      }
      this.#fail(guard.definition.meta.id, error)
      return undefined
    }
  }

  #fail(guard: string, _error: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#reportFailure(guard, 'guard-failed')
    this.#deny(this.#released, `${guard}: the guard failed, so the text is denied`)
  }

  #reportFailure(guard: string, code: string): void {
    const at = this.#pushed
    const message = code === 'failed-open' ? 'The guard failed; the policy lets text pass.' : 'The guard failed.'
    const action = code === 'failed-open' ? 'monitor' : 'block'
    this.#findings.push({ guard, code, severity: 'high', confidence: 1, start: 0, end: at, action, message })
  }

  /** A stream has no end that is known: what is kept of it is bounded. */
  #isFull(kept: readonly unknown[]): boolean {
    return this.#wholeFrom === undefined && kept.length >= MAX_KEPT
  }

  #stateOf(guard: GateGuard): GuardState {
    let state = this.#states.get(guard)
    if (!state) {
      state = new GuardState(guard.definition, this.#context)
      this.#states.set(guard, state)
    }
    return state
  }

  #slice(start: number, end: number): string {
    return this.#text.slice(Math.max(0, start - this.#base), Math.max(0, end - this.#base))
  }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
