import { SallyportError } from '../errors/sallyport-error.ts'
import { checkLimits, DEFAULT_LIMITS } from './limit.ts'
import type { Limit } from './limit.ts'
import { memoryStore } from './memory-store.ts'
import type { Admission, LimitStore, LimitSubjects, Maybe, OpenStore } from './store.ts'

export interface LimiterOptions<Async extends boolean> {
  /** Default: `memoryStore()`. */
  readonly store?: LimitStore<Async>
  /** Default: 10 requests a minute and 100 an hour for each user. */
  readonly limits?: readonly Limit[]
  /** Milliseconds. Default: the wall clock in memory, the server's clock in Redis. */
  readonly now?: () => number
}

/** Answers at once with the memory store and with promises with a shared store. */
export interface Limiter<Async extends boolean> {
  readonly limits: readonly Limit[]
  /**
   * Counts a request against every limit that applies, or against none. `tokens` are reserved; correct them with
   * `settle` when the answer is there.
   *
   * @throws SallyportError `invalid-input` for an empty or overlong (more than 512 characters) id or a bad token count.
   */
  check(subjects: LimitSubjects, tokens?: number): Maybe<Admission, Async>
  /** Forgets what a user has used; what is under way stays counted. False when the store could not. */
  resetUser(user: string): Maybe<boolean, Async>
  /** The same for any subject. */
  reset(subject: string, id: string): Maybe<boolean, Async>
  /** True while a shared store is out of reach and the local share decides. */
  readonly degraded: boolean
}

/**
 * Limits requests, tokens and concurrency per user, key, model or any subject, over several windows at once. No sliding
 * window ever holds more than its limit; a request is counted against all limits or none.
 *
 * @example
 * const limiter = createLimiter()
 * const admission = limiter.check({ user: 'u-17' })
 * if (!admission.allowed) throw new Error(admission.reason)
 *
 * @throws SallyportError `invalid-options` when a limit makes no sense.
 */
export function createLimiter(options?: LimiterOptions<false>): Limiter<false>
export function createLimiter(options: LimiterOptions<true>): Limiter<true>
export function createLimiter<Async extends boolean>(options: LimiterOptions<Async> = {}): Limiter<boolean> {
  const limits = [...(options.limits ?? DEFAULT_LIMITS)]
  checkLimits(limits)
  const store: OpenStore = (options.store ?? memoryStore()).open(limits, options.now)
  const subjectNames = [...new Set(limits.map((limit) => limit.subject))]
  return {
    limits,
    check: (subjects, tokens = 0) => {
      for (const name of subjectNames) {
        const id = subjects[name]
        if (id !== undefined) checkId(id)
      }
      if (!Number.isInteger(tokens) || tokens < 0) throw invalidInput('Tokens are counted in whole numbers from 0.')
      return store.take(subjects, tokens)
    },
    resetUser: (user) => store.reset('user', user),
    reset: (subject, id) => store.reset(subject, id),
    get degraded() {
      return store.degraded
    },
  }
}

function checkId(id: string): void {
  if (typeof id !== 'string' || id.length === 0 || id.length > 512) {
    throw invalidInput('A subject of a limit needs an id of 1 to 512 characters.')
  }
}

function invalidInput(message: string): SallyportError {
  return new SallyportError('invalid-input', message)
}
