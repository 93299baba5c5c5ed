import { AlertBook } from './alert-book.ts'
import { alertOptionsSchema } from './alert-options.ts'
import type { AlertOptions, AlertOptionsInput } from './alert-options.ts'
import type { Alert, AlertTransition, Trigger } from './alert.ts'
import { judge } from './detectors.ts'
import type { Scope } from './detectors.ts'
import { networkOf } from './network-set.ts'
import type { AlertEvent, UsageSample } from './signal.ts'
import { judgeState } from './state-events.ts'
import { MEASURES, SubjectTable } from './subject-table.ts'
import type { Measure, Subject } from './subject-table.ts'

const INTERVAL_MS = 300_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Counts told to the other replicas at once. */
const MAX_TOLD = 2_000

export interface AlertEngineOptions {
  readonly rules?: AlertOptionsInput
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly onTransition: (transition: AlertTransition) => void
  /** Default `crypto.randomUUID`. */
  readonly newId?: () => string
}

/** Counts of one interval, by `measure|subject`. */
export interface CountsOfInterval {
  readonly interval: number
  readonly counts: ReadonlyMap<string, number>
}

/** Turns a stream of security events and finished requests into alerts. */
export interface AlertEngine {
  observe(event: AlertEvent): void
  use(sample: UsageSample): void
  /** Resolves what is quiet; to be called now and then. */
  tick(): void
  /** Newest first. */
  readonly open: readonly Alert[]
  readonly recent: readonly Alert[]
  /** Subjects held in memory. */
  readonly size: number
  /** What was counted since the last call, for other replicas: at most 2,000 counts, the latest subjects first. */
  takeUntold(): CountsOfInterval
  /** What all replicas counted together of what was told. */
  absorb(totals: CountsOfInterval): void
}

/**
 * Watches for bursts, unusual rates and amounts, keys used from many networks and parts that do not work. Counts are of
 * five minutes; what is usual is learnt by key, person and rule. Pure: time comes from `now`, and nothing is stored but
 * a bounded number of counters.
 *
 * @throws ZodError when the rules cannot be read.
 */
export function createAlertEngine(options: AlertEngineOptions): AlertEngine {
  return new Engine(options)
}

class Engine implements AlertEngine {
  readonly #rules: AlertOptions
  readonly #now: () => number
  readonly #tell: (transition: AlertTransition) => void
  readonly #book: AlertBook
  readonly #subjects: SubjectTable
  readonly #warmUpMs: number

  constructor({ rules = {}, now, onTransition, newId = () => crypto.randomUUID() }: AlertEngineOptions) {
    this.#rules = alertOptionsSchema.parse(rules)
    this.#now = now
    this.#tell = onTransition
    const { resolveAfterMinutes, coolDownMinutes, warmUpMinutes, maxSubjects } = this.#rules
    this.#warmUpMs = warmUpMinutes * MINUTE_MS
    this.#book = new AlertBook({
      resolveAfterMs: resolveAfterMinutes * MINUTE_MS,
      coolDownMs: coolDownMinutes * MINUTE_MS,
      newId,
    })
    this.#subjects = new SubjectTable(maxSubjects, Math.ceil(this.#warmUpMs / INTERVAL_MS))
  }

  get open(): readonly Alert[] {
    return this.#book.open
  }

  get recent(): readonly Alert[] {
    return this.#book.recent
  }

  get size(): number {
    return this.#subjects.size
  }

  observe(event: AlertEvent): void {
    const now = this.#now()
    const { actor, source, rule, count = 1 } = event
    const state = judgeState(event, this.#rules)
    if (state?.isOver === true) this.#tellAll(this.#book.end(state.kind, state.subject, now))
    else if (state !== undefined) this.#raise(state, now)
    if (event.type === 'auth_attempt' && event.outcome === 'failure' && event.severity !== 'low') {
      if (source !== undefined)
        this.#count('authFailures', `source:${networkOf(source)}`, count, { isWide: false }, now)
      this.#count('authFailures', 'all', count, { isWide: true }, now)
    } else if (event.type === 'injection_attempt' && event.outcome !== 'monitor') {
      const key = actor?.keyId
      if (key !== undefined) this.#count('injections', `key:${key}`, count, { key, isWide: false }, now)
      if (actor?.user !== undefined) this.#count('injections', `user:${actor.user}`, count, { key, isWide: false }, now)
      if (rule !== undefined) this.#count('injections', `rule:${rule}`, count, { isWide: true }, now)
    } else if (event.type === 'degraded' && rule?.startsWith('upstream/') === true) {
      this.#count('upstreamFailures', rule, count, { isWide: false }, now)
    }
  }

  use({ key, user, address, denied, tokens }: UsageSample): void {
    const now = this.#now()
    const interval = Math.floor(now / INTERVAL_MS)
    const owner = this.#subjects.at(`key:${key}`, interval)
    this.#useOf(owner, denied, tokens, { key, isWide: false }, interval, now)
    if (user !== undefined) {
      const person = this.#subjects.at(`user:${user}`, interval)
      this.#useOf(person, denied, tokens, { key, isWide: false }, interval, now)
    }
    const all = this.#subjects.at('all', interval)
    all.of('requests').add(interval, 1)
    if (denied) this.#add('denied', all, 1, { isWide: true }, interval, now)
    if (address !== undefined) this.#network(owner, key, networkOf(address), now)
  }

  tick(): void {
    this.#tellAll(this.#book.tick(this.#now()))
  }

  takeUntold(): CountsOfInterval {
    const interval = Math.floor(this.#now() / INTERVAL_MS)
    const counts = new Map<string, number>()
    for (const subject of this.#subjects.touchedIn(interval)) {
      for (const measure of MEASURES) {
        const untold = subject.known(measure)?.takeUntold() ?? 0
        if (untold > 0) counts.set(`${measure}|${subject.name}`, untold)
      }
      if (counts.size >= MAX_TOLD) break
    }
    return { interval, counts }
  }

  absorb({ interval, counts }: CountsOfInterval): void {
    const now = this.#now()
    for (const [name, total] of counts) {
      const measure = MEASURES.find((each) => name.startsWith(`${each}|`))
      const subject = measure === undefined ? undefined : this.#subjects.find(name.slice(measure.length + 1))
      if (measure === undefined || subject === undefined) continue
      subject.of(measure).absorb(interval, total)
      this.#judge(measure, subject, scopeOf(subject), now)
    }
  }

  #useOf(subject: Subject, denied: boolean, tokens: number, scope: Scope, interval: number, now: number): void {
    this.#add('requests', subject, 1, scope, interval, now)
    if (tokens > 0) this.#add('tokens', subject, tokens, scope, interval, now)
    if (denied) this.#add('denied', subject, 1, scope, interval, now)
  }

  #count(measure: Measure, name: string, amount: number, scope: Scope, now: number): void {
    const interval = Math.floor(now / INTERVAL_MS)
    this.#add(measure, this.#subjects.at(name, interval), amount, scope, interval, now)
  }

  #add(measure: Measure, subject: Subject, amount: number, scope: Scope, interval: number, now: number): void {
    subject.of(measure).add(interval, amount)
    // What a person or key was counted for must speak of the same minutes.
    if (measure === 'denied' || measure === 'injections') subject.known('requests')?.roll(interval)
    this.#judge(measure, subject, scope, now)
  }

  #judge(measure: Measure, subject: Subject, scope: Scope, now: number): void {
    const trigger = judge(measure, subject, scope, this.#rules)
    if (trigger !== undefined) this.#raise(trigger, now)
  }

  #network(subject: Subject, key: string, network: string, now: number): void {
    const { enabled, minimum } = this.#rules.keyNetworks
    const count = subject.networks.add(network, now)
    if (!enabled || count === undefined || count < minimum) return
    const usual = subject.networks.usualMost(now, this.#warmUpMs)
    if (usual === undefined || count < this.#rules.ratio * usual) return
    const expected = Math.round(usual)
    const reason = `One key came from ${count} networks within an hour; ${expected} are usual.`
    const about = { kind: 'key-networks', severity: 'high', subject: subject.name, key, isWide: false } as const
    this.#raise({ ...about, reason, value: count, expected, quietMs: HOUR_MS }, now)
  }

  #raise(trigger: Trigger, now: number): void {
    const transition = this.#book.raise(trigger, now)
    if (transition !== undefined) this.#tell(transition)
  }

  #tellAll(transitions: readonly AlertTransition[]): void {
    for (const transition of transitions) this.#tell(transition)
  }
}

/** For counts that come back from the others: whose they are is told by the name, but the key behind a person is not. */
function scopeOf({ name }: Subject): Scope {
  if (name.startsWith('key:')) return { key: name.slice('key:'.length), isWide: false }
  return { isWide: name === 'all' || name.startsWith('rule:') }
}
