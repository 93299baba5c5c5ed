import type { EventType, SecurityEvent, Severity } from '@sallyport/gateway/contract'

/** Newer ones push older ones out, so that a console left open for days keeps its size. */
export const MOST_EVENTS = 2000

const SEVERITY_RANK = { info: 0, low: 1, medium: 2, high: 3, critical: 4 } as const satisfies Record<Severity, number>

export interface EventFilter {
  /** Empty: every type. */
  readonly types: ReadonlySet<EventType>
  readonly atLeast: Severity
  readonly requestId: string | undefined
}

/** Both lists as one, newest first, each event once, at most `most` of them. */
export function mergeEvents(
  known: readonly SecurityEvent[],
  fresh: readonly SecurityEvent[],
  most = MOST_EVENTS,
): readonly SecurityEvent[] {
  const byId = new Map([...known, ...fresh].map((event) => [event.id, event]))
  return [...byId.values()].sort(newestFirst).slice(0, most)
}

export function filterEvents(events: readonly SecurityEvent[], filter: EventFilter): readonly SecurityEvent[] {
  return events.filter(
    (event) =>
      (filter.types.size === 0 || filter.types.has(event.type)) &&
      SEVERITY_RANK[event.severity] >= SEVERITY_RANK[filter.atLeast] &&
      (filter.requestId === undefined || event.requestId === filter.requestId),
  )
}

function newestFirst(a: SecurityEvent, b: SecurityEvent): number {
  return Date.parse(b.time) - Date.parse(a.time) || compareText(b.id, a.id)
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
