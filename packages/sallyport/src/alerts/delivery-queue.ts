/** What came of one attempt. `undefined`: nobody answered. */
export type Attempt =
  | { readonly status: number; readonly retryAfterMs?: number | undefined }
  | { readonly status?: undefined; readonly reason: string; readonly isFinal?: boolean | undefined }

export interface Delivery {
  /** The same for every attempt. */
  readonly id: string
  readonly body: string
}

export interface DeliveryQueueOptions {
  /** Sends once. Must not throw, and must end by itself. */
  readonly post: (delivery: Delivery) => Promise<Attempt>
  /** Called for what is given up: the reason in our words. */
  readonly onLost: (reason: string) => void
  /** Messages held; beyond it the oldest are given up. Default 100. */
  readonly capacity?: number
  /** Attempts for each message. Default 6: over about two minutes. */
  readonly attempts?: number
  /** Milliseconds before the second attempt, doubled after each, at most `maxPauseMs`. Default 2,000 and 60,000. */
  readonly pauseMs?: number
  readonly maxPauseMs?: number
  /** Default `setTimeout`. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
  /** 0 to 1. Default `Math.random`. */
  readonly random?: () => number
  readonly newId?: () => string
}

/**
 * Delivers messages one after the other, in order: with backoff and jitter when nobody answers or the receiver is not
 * well, at once given up when it will never take them. What is held is bounded.
 */
export class DeliveryQueue {
  readonly #options: Required<DeliveryQueueOptions>
  readonly #held: Delivery[] = []
  readonly #closed = new AbortController()
  #running: Promise<void> | undefined

  constructor(options: DeliveryQueueOptions) {
    this.#options = {
      capacity: 100,
      attempts: 6,
      pauseMs: 2_000,
      maxPauseMs: 60_000,
      wait: waitFor,
      random: Math.random,
      newId: () => `msg_${crypto.randomUUID()}`,
      ...options,
    }
  }

  get size(): number {
    return this.#held.length
  }

  push(body: string): void {
    if (this.#closed.signal.aborted) return
    this.#held.push({ id: this.#options.newId(), body })
    if (this.#held.length > this.#options.capacity) {
      this.#held.shift()
      this.#options.onLost('too many messages wait')
    }
    this.#running ??= this.#run()
  }

  /** One attempt, now, past the queue. */
  test(body: string): Promise<Attempt> {
    return this.#options.post({ id: this.#options.newId(), body })
  }

  /** Resolves when everything held is delivered or given up. */
  async idle(): Promise<void> {
    await this.#running
  }

  /** Gives up what waits. */
  async close(): Promise<void> {
    this.#closed.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    for (;;) {
      const delivery = this.#held.shift()
      if (delivery === undefined || this.#closed.signal.aborted) break
      await this.#deliver(delivery)
    }
    this.#running = undefined
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const { attempts, pauseMs, maxPauseMs, wait, random, onLost, post } = this.#options
    for (let attempt = 1; ; attempt++) {
      const result = await post(delivery)
      if (isTaken(result)) return
      if (isFinal(result) || attempt >= attempts) return onLost(describeAttempt(result))
      const backoff = Math.min(pauseMs * 2 ** (attempt - 1), maxPauseMs)
      const asked = result.status === undefined ? 0 : Math.min(result.retryAfterMs ?? 0, maxPauseMs)
      // Full jitter above half: receivers that come back are not met by everybody at once.
      await wait(Math.max(asked, backoff * (0.5 + random() / 2)), this.#closed.signal)
      if (this.#closed.signal.aborted) return onLost('the gateway stopped')
    }
  }
}

export function isTaken({ status }: Attempt): boolean {
  return status !== undefined && status >= 200 && status < 300
}

/** In our words: the status, or why there is none. */
export function describeAttempt(attempt: Attempt): string {
  return attempt.status === undefined ? attempt.reason : `status ${attempt.status}`
}

/** A receiver that says no will say it again: only what may pass is tried again. */
function isFinal(attempt: Attempt): boolean {
  if (attempt.status === undefined) return attempt.isFinal === true
  return attempt.status < 500 && ![408, 425, 429].includes(attempt.status)
}

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    if (signal.aborted) done()
    else signal.addEventListener('abort', done)
  })
}
