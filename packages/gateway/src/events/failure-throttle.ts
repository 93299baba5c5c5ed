import type { EventBus, EventInput } from './event-bus.ts'

const WINDOW_MS = 60_000
const SINGLE_PER_WINDOW = 20

export interface FailureThrottleOptions {
  readonly bus: EventBus
  /** The event that stands for those of a minute that were not kept one by one. */
  readonly summary: (count: number) => EventInput
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

/**
 * Records what can happen in floods: strangers without a key, an upstream that is down. The first few of a minute are
 * kept one by one, the rest as a count, so that a flood cannot push other events out of memory.
 */
export class FailureThrottle {
  readonly #options: FailureThrottleOptions
  #windowStart = 0
  #inWindow = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: FailureThrottleOptions) {
    this.#options = options
  }

  record(event: EventInput): void {
    const now = (this.#options.now ?? Date.now)()
    if (now - this.#windowStart >= WINDOW_MS) {
      this.flush()
      this.#windowStart = now
    }
    this.#inWindow++
    if (this.#inWindow <= SINGLE_PER_WINDOW) this.#options.bus.record(event)
    // The count of a flood that ends must not wait for the next one.
    else this.#timer ??= setTimeout(() => this.flush(), WINDOW_MS).unref()
  }

  /** Writes the count of what was not recorded singly. */
  flush(): void {
    const more = this.#inWindow - SINGLE_PER_WINDOW
    this.#inWindow = 0
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (more > 0) this.#options.bus.record(this.#options.summary(more))
  }
}

/** For requests of strangers. */
export function strangerThrottle(bus: EventBus, now?: () => number): FailureThrottle {
  const summary = (count: number): EventInput => ({
    type: 'auth_attempt',
    severity: 'medium',
    outcome: 'failure',
    count,
    detail: `${count} more refused requests without a valid key within a minute`,
  })
  return new FailureThrottle({ bus, summary, ...(now === undefined ? {} : { now }) })
}

/** For faults of upstreams and of our own. */
export function faultThrottle(bus: EventBus): FailureThrottle {
  const summary = (count: number): EventInput => ({
    type: 'degraded',
    severity: 'high',
    count,
    detail: `${count} more failed requests within a minute`,
  })
  return new FailureThrottle({ bus, summary })
}
