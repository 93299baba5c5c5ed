import type { Severity } from '../guard/finding.ts'
import { familyOf } from './alert.ts'
import type { Alert, AlertKind, AlertTransition, Trigger } from './alert.ts'

const MAX_OPEN = 200
const MAX_RECENT = 200
const MAX_SUBJECTS = 20
const SAME_TIME_MS = 600_000
const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical']

export interface AlertBookOptions {
  readonly resolveAfterMs: number
  readonly coolDownMs: number
  readonly newId: () => string
}

interface Entry {
  readonly id: string
  readonly kind: AlertKind
  readonly kinds: Set<AlertKind>
  severity: Severity
  readonly subject: string
  readonly subjects: Set<string>
  readonly keys: Set<string>
  readonly isWide: boolean
  readonly reason: string
  readonly value: number
  readonly expected: number
  readonly openedAt: number
  lastSeenAt: number
  resolvedAt: number | undefined
  reopened: number
  readonly quietMs: number
}

/**
 * Which alerts are open: what belongs together is one alert, what comes back soon is the same one, what is quiet for
 * long enough is resolved. At most 200 are open and 200 remembered; beyond that triggers join the newest of their family.
 */
export class AlertBook {
  readonly #options: AlertBookOptions
  readonly #open: Entry[] = []
  readonly #recent: Entry[] = []

  constructor(options: AlertBookOptions) {
    this.#options = options
  }

  /** Opens an alert or joins one. Undefined when nothing new is said by it. */
  raise(trigger: Trigger, now: number): AlertTransition | undefined {
    const entry = this.#open.find((each) => belongs(each, trigger, now)) ?? this.#overflow(trigger)
    if (entry !== undefined) return join(entry, trigger, now)
    const index = this.#recent.findIndex(
      (each) => belongs(each, trigger, now) && now - (each.resolvedAt ?? 0) < this.#options.coolDownMs,
    )
    if (index !== -1) {
      const [back] = this.#recent.splice(index, 1)
      if (back !== undefined) {
        back.resolvedAt = undefined
        back.reopened++
        this.#open.push(back)
        join(back, trigger, now)
        return { change: 'reopened', alert: show(back) }
      }
    }
    const opened = this.#newEntry(trigger, now)
    this.#open.push(opened)
    return { change: 'opened', alert: show(opened) }
  }

  /** What `subject` was about is over. */
  end(kind: AlertKind, subject: string, now: number): AlertTransition[] {
    return this.#resolve(now, (entry) => entry.kind === kind && entry.subject === subject)
  }

  /** Resolves what is quiet. */
  tick(now: number): AlertTransition[] {
    return this.#resolve(now, (entry) => now - entry.lastSeenAt >= entry.quietMs)
  }

  /** Newest first. */
  get open(): readonly Alert[] {
    return this.#open.map(show).reverse()
  }

  /** Resolved ones, the latest first. */
  get recent(): readonly Alert[] {
    return this.#recent.map(show).reverse()
  }

  #resolve(now: number, isOver: (entry: Entry) => boolean): AlertTransition[] {
    const over = this.#open.filter(isOver)
    for (const entry of over) {
      entry.resolvedAt = now
      this.#open.splice(this.#open.indexOf(entry), 1)
      this.#recent.push(entry)
      if (this.#recent.length > MAX_RECENT) this.#recent.shift()
    }
    return over.map((entry) => ({ change: 'resolved', alert: show(entry) }))
  }

  #overflow(trigger: Trigger): Entry | undefined {
    if (this.#open.length < MAX_OPEN) return undefined
    return this.#open.findLast((entry) => familyOf(entry.kind) === familyOf(trigger.kind)) ?? this.#open.at(-1)
  }

  #newEntry(trigger: Trigger, now: number): Entry {
    return {
      id: this.#options.newId(),
      kind: trigger.kind,
      kinds: new Set([trigger.kind]),
      severity: trigger.severity,
      subject: trigger.subject,
      subjects: new Set([trigger.subject]),
      keys: new Set(trigger.key === undefined ? [] : [trigger.key]),
      isWide: trigger.isWide,
      reason: trigger.reason,
      value: trigger.value,
      expected: trigger.expected,
      openedAt: now,
      lastSeenAt: now,
      resolvedAt: undefined,
      reopened: 0,
      quietMs: trigger.quietMs ?? this.#options.resolveAfterMs,
    }
  }
}

/**
 * Of one family, and about the same: a subject or a key. What is counted over everybody belongs to what one of them
 * began at about the same time; later it is news, or an alert that stays open would hide all others.
 */
function belongs(entry: Entry, trigger: Trigger, now: number): boolean {
  if (familyOf(entry.kind) !== familyOf(trigger.kind)) return false
  if (entry.subjects.has(trigger.subject)) return true
  if (trigger.key !== undefined && entry.keys.has(trigger.key)) return true
  return (entry.isWide || trigger.isWide) && now - entry.openedAt < SAME_TIME_MS
}

function join(entry: Entry, trigger: Trigger, now: number): AlertTransition | undefined {
  entry.lastSeenAt = now
  const isKnown = entry.kinds.has(trigger.kind) && entry.subjects.has(trigger.subject)
  const isFull = entry.subjects.size >= MAX_SUBJECTS && entry.kinds.has(trigger.kind)
  if (isKnown || isFull) return undefined
  entry.kinds.add(trigger.kind)
  if (entry.subjects.size < MAX_SUBJECTS) entry.subjects.add(trigger.subject)
  if (trigger.key !== undefined && entry.keys.size < MAX_SUBJECTS) entry.keys.add(trigger.key)
  if (SEVERITIES.indexOf(trigger.severity) > SEVERITIES.indexOf(entry.severity)) entry.severity = trigger.severity
  return { change: 'updated', alert: show(entry) }
}

function show(entry: Entry): Alert {
  const { id, kind, severity, subject, reason, value, expected, reopened } = entry
  return {
    id,
    kind,
    kinds: [...entry.kinds],
    severity,
    subject,
    subjects: [...entry.subjects],
    reason,
    value,
    expected,
    openedAt: new Date(entry.openedAt).toISOString(),
    lastSeenAt: new Date(entry.lastSeenAt).toISOString(),
    ...(entry.resolvedAt === undefined ? {} : { resolvedAt: new Date(entry.resolvedAt).toISOString() }),
    reopened,
  }
}
