import { OVERALL_TIMEOUT } from '../providers/upstream-errors.ts'

/** Ends a call to a provider when the caller goes away or the time is over. */
export interface CallDeadline {
  readonly signal: AbortSignal
  /** Stops the call now, as nobody waits for it any more. */
  abort(): void
  /** Lets go of timer and listener once the call is over. */
  clear(): void
}

export function callDeadline(caller: AbortSignal, timeoutMs: number): CallDeadline {
  const controller = new AbortController()
  const onGone = (): void => controller.abort(caller.reason)
  const timer = setTimeout(() => controller.abort(OVERALL_TIMEOUT), timeoutMs)
  if (caller.aborted) onGone()
  else caller.addEventListener('abort', onGone, { once: true })
  const clear = (): void => {
    clearTimeout(timer)
    caller.removeEventListener('abort', onGone)
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
