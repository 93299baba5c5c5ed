import type { EventBus } from '../events/event-bus.ts'
import type { Trail } from './trail.ts'

export interface RequestEventOptions {
  readonly events: EventBus
  /** `notable`: of requests that had other events; `all`: of every request to `/v1`. */
  readonly requests: 'notable' | 'all'
  readonly policyDigest: string
}

/** Ends the trail of a request in the log: what came of it, and how long each step took. */
export function requestEvents({ events, requests, policyDigest }: RequestEventOptions): (trail: Trail) => void {
  return (trail) => {
    for (const { guard, code, stage, reason } of trail.excepted.values()) {
      events.record({
        type: 'policy_violation',
        severity: 'info',
        outcome: 'allow',
        requestId: trail.requestId,
        traceId: trail.traceId,
        ...(trail.actor === undefined ? {} : { actor: trail.actor }),
        ...(trail.model === undefined ? {} : { model: trail.model }),
        route: trail.route,
        stage,
        guard,
        rule: `${guard}/${code}`,
        detail: `Let pass by an exception: ${reason}`,
      })
    }
    const isNoted = events.takeNoted(trail.requestId)
    // A stranger's refusal is all there is to say of it; saying it twice would help who floods the log.
    if (trail.actor === undefined || !trail.route.includes(' /v1/')) return
    if (!isNoted && requests !== 'all') return
    events.record({
      type: 'request',
      severity: 'info',
      outcome: trail.outcome,
      requestId: trail.requestId,
      traceId: trail.traceId,
      actor: trail.actor,
      ...(trail.model === undefined ? {} : { model: trail.model }),
      route: trail.route,
      status: trail.status,
      durationMs: Math.round(trail.durationMs * 1_000) / 1_000,
      timings: trail.roundedTimings(),
      policyDigest,
    })
    events.takeNoted(trail.requestId)
  }
}
