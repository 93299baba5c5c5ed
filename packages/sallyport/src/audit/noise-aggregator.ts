import type { AuditEvent } from './audit-event.ts'

const WINDOW_MS = 1_000
/** Kinds counted apart in one window; what comes on top is counted together. */
const MAX_KINDS = 100

interface Kind {
  windowStart: number
  /** The first event that was not passed on, with how many came since. */
  held: AuditEvent | undefined
  count: number
  until: string | undefined
}

/**
 * Keeps a flood of strangers from filling the disk: of what comes without a valid key the first of its kind passes at
 * once, and for each second after it there is one event that says how many more there were.
 */
export class NoiseAggregator {
  readonly #kinds = new Map<string, Kind>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** True when the event is to be written now; false when it was counted and comes with `take`. */
  admit(event: AuditEvent): boolean {
    if (!isNoise(event)) return true
    const now = this.#now()
    const key = this.#keyOf(event)
    const kind = this.#kinds.get(key)
    if (kind === undefined) {
      this.#kinds.set(key, { windowStart: now, held: undefined, count: 0, until: undefined })
      return true
    }
    if (kind.held === undefined && now - kind.windowStart >= WINDOW_MS) {
      kind.windowStart = now
      return true
    }
    if (kind.held === undefined) kind.held = event
    else if (kind.held.source !== event.source) {
      const { source: _source, ...rest } = kind.held
      kind.held = rest
    }
    kind.count += event.count ?? 1
    kind.until = event.time ?? new Date(now).toISOString()
    return false
  }

  /** The counted events of windows that are over, or of all of them. */
  take(all = false): AuditEvent[] {
    const now = this.#now()
    const due: AuditEvent[] = []
    for (const [key, kind] of this.#kinds) {
      const isOver = now - kind.windowStart >= WINDOW_MS
      const { held, count, until } = kind
      if (held === undefined) {
        if (isOver) this.#kinds.delete(key)
        continue
      }
      if (!isOver && !all) continue
      // One request's id would claim more than is known of the others.
      const { requestId: _requestId, traceId: _traceId, id: _id, ...rest } = held
      due.push({ ...rest, count, ...(until === undefined ? {} : { until }) })
      kind.windowStart = now
      kind.held = undefined
      kind.count = 0
    }
    return due
  }

  #keyOf({ type, outcome, route, status, rule, detail }: AuditEvent): string {
    const key = JSON.stringify([type, outcome, route, status, rule, detail])
    if (this.#kinds.has(key) || this.#kinds.size < MAX_KINDS) return key
    return type
  }
}

/** Nobody we know did it, and it failed: anybody can cause any number of these. */
function isNoise({ type, outcome, actor, requestId }: AuditEvent): boolean {
  if (actor?.keyId !== undefined || actor?.user !== undefined) return false
  if (type === 'auth_attempt' || type === 'authz') return outcome !== 'success'
  return (type === 'policy_violation' || type === 'rate_limit') && requestId !== undefined
}
