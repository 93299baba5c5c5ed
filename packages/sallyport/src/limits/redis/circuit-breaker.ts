export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failures: number
  /** Milliseconds until one call may try again; doubled after each failed try, up to `maxPauseMs`. */
  readonly pauseMs: number
  readonly maxPauseMs: number
  /** Called when it opens and when it closes again. */
  readonly onChange: (open: boolean) => void
}

/** Keeps calls from waiting for something that is known to be down, and lets one in a while try. */
export class CircuitBreaker {
  readonly #options: BreakerOptions
  #failures = 0
  #pauseMs: number
  #openUntil = 0
  #trying = false
  isOpen = false

  constructor(options: BreakerOptions) {
    this.#options = options
    this.#pauseMs = options.pauseMs
  }

  /** True when a call may be made. While open, one at a time after each pause. */
  mayCall(now: number): boolean {
    if (!this.isOpen) return true
    if (this.#trying || now < this.#openUntil) return false
    this.#trying = true
    return true
  }

  succeeded(): void {
    this.#failures = 0
    this.#trying = false
    this.#pauseMs = this.#options.pauseMs
    if (!this.isOpen) return
    this.isOpen = false
    this.#options.onChange(false)
  }

  failed(now: number): void {
    this.#failures++
    const wasTrying = this.#trying
    this.#trying = false
    if (this.isOpen) {
      // Late failures of calls made before it opened say nothing new.
      if (!wasTrying) return
      this.#pauseMs = Math.min(this.#pauseMs * 2, this.#options.maxPauseMs)
      this.#openUntil = now + this.#pauseMs
    } else if (this.#failures >= this.#options.failures) {
      this.isOpen = true
      this.#openUntil = now + this.#pauseMs
      this.#options.onChange(true)
    }
  }
}
