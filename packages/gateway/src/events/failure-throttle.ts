import type { EventBus, EventInput } from './event-bus.ts'

const WINDOW_MS = 60_000
const SINGLE_PER_WINDOW = 20

/**
 * Records what strangers can cause without a key. The first few of a minute are kept one by one, the rest as a count,
 * so that a flood of bad requests cannot push real events out of memory.
 */
export class FailureThrottle {
  readonly #bus: EventBus
  readonly #now: () => number
  #windowStart = 0
  #inWindow = 0

  constructor(bus: EventBus, now: () => number = Date.now) {
    this.#bus = bus
    this.#now = now
  }

  record(event: EventInput): void {
    const now = this.#now()
    if (now - this.#windowStart >= WINDOW_MS) {
      this.flush()
      this.#windowStart = now
      this.#inWindow = 0
    }
    this.#inWindow++
    if (this.#inWindow <= SINGLE_PER_WINDOW) this.#bus.record(event)
  }

  /** Writes the count of what was not recorded singly. */
  flush(): void {
    const more = this.#inWindow - SINGLE_PER_WINDOW
    this.#inWindow = 0
    if (more <= 0) return
    this.#bus.record({
      type: 'auth_attempt',
      severity: 'medium',
      outcome: 'failure',
      detail: `${more} more refused requests without a valid key within a minute`,
    })
  }
}
