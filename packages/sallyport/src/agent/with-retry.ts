export interface RetryOptions {
  /** Further attempts after the first. */
  readonly retries: number
  readonly signal?: AbortSignal | undefined
}

/** Repeats a call that failed with an error its provider calls retryable, after 0.5 s, 1 s, 2 s … */
export async function withRetry<Value>(call: () => Promise<Value>, { retries, signal }: RetryOptions): Promise<Value> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (attempt >= retries || signal?.aborted || !isRetryable(error)) throw error
      await pause(500 * 2 ** attempt, signal)
    }
  }
}

/** The AI SDK's providers mark rate limits, timeouts and server errors so. */
function isRetryable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'isRetryable' in error && error.isRetryable === true
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
