import { performance } from 'node:perf_hooks'

/** Above this share of its time at work the event loop is busy. */
const BUSY = 0.5
const MAX_HOLD_MS = 250
const SAMPLE_MS = 100

/** How much of its time the event loop worked since the last call: 0 to 1. */
export type Utilization = () => number

/**
 * How long an unwelcome answer waits. Nobody needs it soon, and who sends the next request when it came sends fewer: a
 * flood gets the time that is left over, and others do not wait behind it. While there is time it waits for nothing.
 */
export class Patience {
  readonly #utilization: Utilization
  readonly #now: () => number
  #sampledAt: number
  #holdMs = 0

  constructor(utilization: Utilization = loopUtilization(), now: () => number = () => performance.now()) {
    this.#utilization = utilization
    this.#now = now
    this.#sampledAt = now()
  }

  /** Milliseconds to wait, 0 to 250. */
  get holdMs(): number {
    const now = this.#now()
    if (now - this.#sampledAt >= SAMPLE_MS) {
      this.#sampledAt = now
      const excess = Math.max(0, this.#utilization() - BUSY) / (1 - BUSY)
      this.#holdMs = Math.round(Math.min(1, excess) * MAX_HOLD_MS)
    }
    return this.#holdMs
  }
}

function loopUtilization(): Utilization {
  let last = performance.eventLoopUtilization()
  return () => {
    const current = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(current, last)
    last = current
    return utilization
  }
}
