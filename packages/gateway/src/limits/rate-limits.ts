import { createLimiter, memoryStore, rateLimitHeaders } from 'sallyport/limits'
import type { Admission, Admitted, Limiter, LimitStore, Refused } from 'sallyport/limits'
import type { EventBus } from '../events/event-bus.ts'
import { FailureThrottle } from '../events/failure-throttle.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { limitsOf } from './rate-limits-config.ts'
import type { RateLimitsConfig } from './rate-limits-config.ts'

type HeaderMap = Readonly<Record<string, string>>

const NONE: HeaderMap = {}

export interface RateLimitsOptions {
  readonly config: RateLimitsConfig
  readonly events: EventBus
  /** Default: in the memory of this process. */
  readonly store?: LimitStore<boolean>
}

/** Counts requests against the limits of their key, person and model. */
export class RateLimits {
  readonly #limiter: Limiter<boolean>
  readonly #refusals: FailureThrottle
  readonly #admissions = new WeakMap<Request, Admission>()
  /** True when somebody's tokens are limited, so that they must be counted. */
  readonly countsTokens: boolean
  /** True when the end of a request matters to a limit. */
  readonly needsSettling: boolean

  constructor({ config, events, store }: RateLimitsOptions) {
    const limits = limitsOf(config)
    const chosen = store ?? memoryStore({ maxKeys: config.maxSubjects })
    this.#limiter = createLimiter({ store: chosen as unknown as LimitStore<true>, limits })
    this.countsTokens = limits.some(({ unit }) => unit === 'tokens')
    this.needsSettling = limits.some(({ unit }) => unit !== 'requests')
    this.#refusals = new FailureThrottle({
      bus: events,
      summary: (count) => ({
        type: 'rate_limit',
        severity: 'medium',
        outcome: 'block',
        count,
        detail: `${count} more requests over a limit within a minute`,
      }),
    })
  }

  /** True while a shared store is out of reach and this process decides with its share. */
  get degraded(): boolean {
    return this.#limiter.degraded
  }

  /**
   * Lets a request through, its tokens reserved. Settle what it gives back once the request is over.
   *
   * @throws GatewayError `rate_limit_exceeded`, with an event, the reason and when to come back.
   */
  async admit(exchange: Exchange, model?: string, tokens = 0): Promise<Admitted> {
    const { principal, user } = exchange
    const admission = await this.#limiter.check({ key: principal?.keyId, user, model }, tokens)
    this.#admissions.set(exchange.request, admission)
    if (!admission.allowed) throw this.#refuse(admission, exchange)
    return admission
  }

  /** Where the caller stands, for the answer to its request. */
  headersOf(request: Request): HeaderMap {
    const admission = this.#admissions.get(request)
    return admission === undefined ? NONE : rateLimitHeaders(admission)
  }

  /** Writes the count of refusals that were not recorded singly. */
  flush(): void {
    this.#refusals.flush()
  }

  #refuse(refused: Refused, exchange: Exchange): GatewayError {
    exchange.trail.outcome = 'block'
    exchange.trail.refusedBy = refused.limit.name
    this.#refusals.record({
      type: 'rate_limit',
      severity: 'medium',
      outcome: 'block',
      ...eventOrigin(exchange),
      status: 429,
      rule: `gateway/${refused.limit.name}`,
      detail: refused.degraded ? `${refused.reason} Decided by this process alone.` : refused.reason,
    })
    return new GatewayError('rate_limit_exceeded', refused.reason, { reason: refused.reason })
  }
}
