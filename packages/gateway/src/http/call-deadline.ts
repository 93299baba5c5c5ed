import type { Exchange } from '../exchange.ts'
import { OVERALL_TIMEOUT } from '../providers/upstream-errors.ts'

/** Ends a call to a provider when the caller goes away or the time is over. */
export interface CallDeadline {
  readonly signal: AbortSignal
  /** Stops the call now, as nobody waits for it any more. */
  abort(): void
  /** Lets go of timer and listener once the call is over. */
  clear(): void
}

export function callDeadline(exchange: Pick<Exchange, 'onGone'>, timeoutMs: number): CallDeadline {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(OVERALL_TIMEOUT), timeoutMs)
  const forget = exchange.onGone(() => controller.abort())
  const clear = (): void => {
    clearTimeout(timer)
    forget()
  }
  return {
    signal: controller.signal,
    abort: () => {
      clear()
      controller.abort()
    },
    clear,
  }
}
