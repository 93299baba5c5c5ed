import type { Trigger } from './alert.ts'
import type { AlertOptions } from './alert-options.ts'
import type { AlertEvent } from './signal.ts'

/** What is not said to be over is given up after a day. */
const DAY_MS = 86_400_000

export interface StateTrigger extends Trigger {
  /** It is over: what was raised about the subject is resolved. */
  readonly isOver: boolean
}

/** What an event says by itself, without being counted: a guard that failed open, a store that is away, a log with gaps. */
export function judgeState(event: AlertEvent, options: AlertOptions): StateTrigger | undefined {
  if (event.type === 'failed-open') {
    if (!options.failedOpen.enabled) return undefined
    const reason = 'A guard failed and the policy let the text pass.'
    return { ...state('failed-open', 'high', `guard:${event.guard ?? 'unknown'}`, reason), quietMs: undefined }
  }
  if (event.type !== 'degraded' || event.rule === undefined) return undefined
  const isOver = event.outcome === 'success'
  const [part, name] = event.rule.split('/', 2)
  if (part === 'audit' && options.auditGap.enabled) {
    return { ...state('audit-gap', 'critical', 'audit:log', 'The security log cannot be written.'), isOver }
  }
  if (part === 'store' && options.degradedStore.enabled) {
    const reason = 'A shared store is out of reach: each gateway decides alone.'
    return { ...state('degraded-store', 'high', `store:${name ?? 'unknown'}`, reason), isOver }
  }
  return undefined
}

function state(kind: Trigger['kind'], severity: Trigger['severity'], subject: string, reason: string): StateTrigger {
  return { kind, severity, subject, isWide: false, reason, value: 1, expected: 0, isOver: false, quietMs: DAY_MS }
}
