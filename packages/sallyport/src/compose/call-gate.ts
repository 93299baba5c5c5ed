import type { Action, Decision, Outcome } from '../guard/decision.ts'
import { strongerOutcome } from '../guard/decision.ts'
import type { Finding } from '../guard/finding.ts'
import type { ArgumentSource, CallJudge, CallMatch, ToolCall } from '../guard/tool-call.ts'
import { actionFor, ladderFor } from './action-table.ts'
import type { ExceptionFilter, IsExcepted } from './exceptions.ts'
import { decisionFor, type GateGuard, type Passage } from './gate-guard.ts'

/** A policy in force at the tool-call stage. */
export interface GateJudge {
  readonly guard: GateGuard
  readonly judge: CallJudge
}

/** What the policies say about a tool call. */
export interface CallVerdict {
  readonly outcome: Outcome
  readonly decision: Decision
  /** `path` is a JSON pointer into the arguments. */
  readonly findings: readonly Finding[]
  /** One sentence for people: what is decided and why. It quotes nothing of the call. */
  readonly explanation: string
  /** Where the values that speak against the call were found. */
  readonly sources: readonly ArgumentSource[]
}

/** The composed policies of tool calls. */
export class CallGate {
  readonly #judges: readonly GateJudge[]
  readonly #exceptions: ExceptionFilter

  constructor(judges: readonly GateJudge[], exceptions: ExceptionFilter) {
    this.#judges = judges
    this.#exceptions = exceptions
  }

  /** False when no policy says anything about calls. */
  get isActive(): boolean {
    return this.#judges.length > 0
  }

  async judge(call: ToolCall, passage: Passage = {}): Promise<CallVerdict> {
    const tally = new Tally(this.#exceptions.forPassage('tool-call', passage))
    for (const { guard, judge } of this.#judges) {
      tally.guarded(guard, () => {
        const { matches, because, sources = [] } = judge.judge(call)
        for (const match of matches) tally.take(guard, match)
        if (because !== '') tally.reasons.push(because)
        tally.sources.push(...sources)
      })
    }
    // What is refused anyway uses nothing up.
    for (const { guard, judge } of this.#judges) {
      if (tally.outcome === 'block' || judge.count === undefined) continue
      try {
        for (const match of await judge.count(call)) tally.take(guard, match)
      } catch {
        tally.fail(guard)
      }
    }
    return tally.verdict()
  }
}

class Tally {
  outcome: Outcome = 'allow'
  readonly reasons: string[] = []
  readonly sources: ArgumentSource[] = []
  readonly #findings: Finding[] = []
  readonly #isExcepted: IsExcepted | undefined

  constructor(isExcepted: IsExcepted | undefined) {
    this.#isExcepted = isExcepted
  }

  take(guard: GateGuard, match: CallMatch): void {
    const { id } = guard.definition.meta
    const action = actionFor(ladderFor(guard.policy, match.code, undefined), 1)
    if (this.#isExcepted?.(id, match.code, undefined, () => undefined, action !== undefined)) return
    if (action === undefined) return
    // A call has no text to edit: what would be redacted does not run.
    this.#report(id, match, action === 'redact' ? 'block' : action)
  }

  guarded(guard: GateGuard, run: () => void): void {
    try {
      run()
    } catch {
      this.fail(guard)
    }
  }

  /** A policy that fails denies, unless the policy file says otherwise in so many words. */
  fail(guard: GateGuard): void {
    const message = guard.failOpen
      ? 'The policy failed and lets calls pass.'
      : 'The policy failed, so the call is denied.'
    const code = guard.failOpen ? 'failed-open' : 'guard-failed'
    this.#report(guard.definition.meta.id, { code, severity: 'high', message }, guard.failOpen ? 'monitor' : 'block')
  }

  verdict(): CallVerdict {
    const deciding = this.#findings.find(({ action }) => action === this.outcome)
    const reason = deciding === undefined ? '' : `${deciding.guard}/${deciding.code}: ${deciding.message}`
    return {
      outcome: this.outcome,
      decision: decisionFor(this.outcome, reason),
      findings: this.#findings,
      explanation: explain(this.outcome, deciding?.message, this.reasons),
      sources: this.outcome === 'review' || this.outcome === 'block' ? this.sources : [],
    }
  }

  #report(guard: string, { code, severity, message, path }: CallMatch, action: Action): void {
    this.outcome = strongerOutcome(this.outcome, action)
    const where = path === undefined || path === '' ? {} : { path }
    this.#findings.push({ guard, code, severity, confidence: 1, start: 0, end: 0, action, message, ...where })
  }
}

function explain(outcome: Outcome, message: string | undefined, reasons: readonly string[]): string {
  const why = (message ?? '').replace(/\.$/, '')
  switch (outcome) {
    case 'block':
      return `The call is refused: ${why}.`
    case 'review':
      return `The call needs a person: ${why}.`
    case 'monitor':
    case 'redact':
      return `The call may run and is recorded: ${why}.`
    case 'allow':
      return `The call may run${reasons.length > 0 ? `, because ${reasons.join(' and ')}` : ''}.`
    default:
      return outcome satisfies never
  }
}
