import type { Severity } from '../guard/finding.ts'

export const ALERT_KINDS = [
  'auth-failure-burst',
  'injection-burst',
  'denial-rate',
  'usage-anomaly',
  'spend-anomaly',
  'key-networks',
  'upstream-failures',
  'failed-open',
  'degraded-store',
  'audit-gap',
] as const

export type AlertKind = (typeof ALERT_KINDS)[number]

/** Something an operator should look at. Its words are ours: ids, numbers and rules, never text from outside. */
export interface Alert {
  readonly id: string
  /** What opened it. */
  readonly kind: AlertKind
  /** All kinds that joined it, the first one included. */
  readonly kinds: readonly AlertKind[]
  readonly severity: Severity
  /** What it is about: `key:ID`, `user:ID`, `source:NETWORK`, `rule:GUARD/CODE`, `guard:ID`, `store:NAME`, `all`. */
  readonly subject: string
  /** The first twenty it is about, `subject` included. */
  readonly subjects: readonly string[]
  /** One sentence with the numbers. */
  readonly reason: string
  /** What was counted when it opened, and what was usual. */
  readonly value: number
  readonly expected: number
  /** ISO 8601, UTC. */
  readonly openedAt: string
  readonly lastSeenAt: string
  readonly resolvedAt?: string | undefined
  /** How often it came back within the cool-down. */
  readonly reopened: number
}

/** What became of an alert. `updated`: something joined it. `reopened`: it came back within the cool-down. */
export type AlertChange = 'opened' | 'updated' | 'reopened' | 'resolved'

export interface AlertTransition {
  readonly change: AlertChange
  readonly alert: Alert
}

/** What a detector says when its threshold is passed. */
export interface Trigger {
  readonly kind: AlertKind
  readonly severity: Severity
  readonly subject: string
  /** The key the subject belongs to, so that what one key does becomes one alert. */
  readonly key?: string | undefined
  /** True for what is counted over all keys or addresses. */
  readonly isWide: boolean
  readonly reason: string
  readonly value: number
  readonly expected: number
  /** Milliseconds of quiet after which it is resolved, if not as configured. */
  readonly quietMs?: number | undefined
}

const FAMILIES: Readonly<Record<AlertKind, string>> = {
  'auth-failure-burst': 'sign-in',
  'injection-burst': 'refusals',
  'denial-rate': 'refusals',
  'usage-anomaly': 'volume',
  'spend-anomaly': 'volume',
  'key-networks': 'networks',
  'upstream-failures': 'upstream',
  'failed-open': 'failed-open',
  'degraded-store': 'store',
  'audit-gap': 'audit',
}

/** Kinds of one family are two sides of one thing: many injections are many refusals, many requests are many tokens. */
export function familyOf(kind: AlertKind): string {
  return FAMILIES[kind]
}
