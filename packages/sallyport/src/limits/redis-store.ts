import { SallyportError } from '../errors/sallyport-error.ts'
import type { Limit } from './limit.ts'
import { memoryStore } from './memory-store.ts'
import { LONGEST_LOG } from './memory/log-window.ts'
import { partsOf } from './parts-of.ts'
import { CircuitBreaker } from './redis/circuit-breaker.ts'
import { RedisScript } from './redis/run-script.ts'
import type { RedisClient } from './redis/run-script.ts'
import { RESET_SCRIPT, SETTLE_SCRIPT, TAKE_SCRIPT } from './redis/scripts.ts'
import { Refusal } from './refusal.ts'
import type { Admission, Admitted, LimitState, LimitStore, LimitSubjects, OpenStore } from './store.ts'

export interface RedisStoreOptions {
  /** An ioredis client, or anything with its `evalsha` and `eval`. Opening and closing it is the caller's matter. */
  readonly client: RedisClient
  /** Processes that share these limits; each falls back to `limit / replicas`, rounded down. */
  readonly replicas: number
  /** Start of every key. Default `sallyport:limits:`. On a cluster it needs a hash tag, e.g. `{sallyport}:`. */
  readonly prefix?: string
  /**
   * Milliseconds to wait for an answer. Default 50. Time in which this process was too busy to look for the answer is not
   * held against the server, up to twenty times as long.
   */
  readonly timeoutMs?: number
  /** Milliseconds after which a request that was never settled no longer counts as under way. Default 900,000. */
  readonly leaseMs?: number
  /** Failures in a row after which the server is left alone for a while. Default 3. */
  readonly failures?: number
  /** Milliseconds until the server is tried again; doubled up to thirty times that. Default 1,000. */
  readonly pauseMs?: number
  /** Called when the local share takes over (`true`) and when the server is back (`false`). */
  readonly onDegraded?: (degraded: boolean) => void
}

/**
 * Counts in Redis or Valkey, so that many processes share one limit: one atomic script and one round trip a request, on
 * the server's clock.
 *
 * While the server is slow, dead or restarting, each process decides alone with its share of every limit. All shares
 * together never exceed the limit in any window; a window that saw both the server and the shares holds at most twice
 * the limit, and once more for each time the server loses its data within it. An answer that comes after the timeout is
 * given back.
 *
 * @throws SallyportError `invalid-options` when `replicas` is no whole number from 1.
 */
export function redisStore(options: RedisStoreOptions): LimitStore<true> {
  if (!Number.isInteger(options.replicas) || options.replicas < 1) {
    throw new SallyportError('invalid-options', 'replicas must be a whole number from 1.')
  }
  return { open: (limits, now) => new OpenRedisStore(limits, now, options) }
}

type Kind = 'log' | 'parts' | 'open'

interface Counter {
  readonly limit: Limit
  readonly kind: Kind
  /** Window or lease in milliseconds. */
  readonly spanMs: number
  readonly parts: number
  readonly prefix: string
}

/** What one request counted for. */
interface Taken {
  readonly counters: readonly Counter[]
  readonly keys: readonly string[]
  readonly id: string
  readonly times: readonly [now: string, stamp: string]
}

const DEFAULT_LEASE_MS = 900_000
const BUSY_MS = 5
const MAX_WAITS = 20

class OpenRedisStore implements OpenStore<true> {
  readonly #options: RedisStoreOptions
  readonly #counters: readonly Counter[]
  readonly #now: (() => number) | undefined
  readonly #local: OpenStore<false>
  readonly #breaker: CircuitBreaker
  readonly #take = new RedisScript(TAKE_SCRIPT)
  readonly #settle = new RedisScript(SETTLE_SCRIPT)
  readonly #reset = new RedisScript(RESET_SCRIPT)
  readonly #process = crypto.randomUUID()
  #taken = 0

  constructor(limits: readonly Limit[], now: (() => number) | undefined, options: RedisStoreOptions) {
    const { prefix = 'sallyport:limits:', leaseMs = DEFAULT_LEASE_MS, replicas, pauseMs = 1_000 } = options
    this.#options = options
    this.#now = now
    this.#counters = limits.map((limit) => counterOf(limit, prefix, leaseMs))
    this.#local = new LocalShare(limits, replicas, now, leaseMs)
    this.#breaker = new CircuitBreaker({
      failures: options.failures ?? 3,
      pauseMs,
      maxPauseMs: pauseMs * 30,
      onChange: (open) => options.onDegraded?.(open),
    })
  }

  get degraded(): boolean {
    return this.#breaker.isOpen
  }

  async take(subjects: LimitSubjects, tokens: number): Promise<Admission> {
    const counters = this.#counters.filter(({ limit }) => subjects[limit.subject] !== undefined)
    if (counters.length === 0) return this.#local.take({}, 0)
    const keys = counters.map(({ limit, prefix }) => prefix + subjects[limit.subject])
    const id = `${this.#process}:${++this.#taken}`
    const args = counters.flatMap(({ limit, kind, spanMs, parts }) => [
      kind,
      String(limit.limit),
      String(limit.unit === 'tokens' ? tokens : 1),
      String(spanMs),
      String(parts),
    ])
    const late = (answer: unknown): void => {
      const { refused, times } = readAnswer(answer, counters)
      if (refused === undefined) this.#correct({ counters, keys, id, times }, (counter) => -costOf(counter, tokens))
    }
    const called = await this.#call(this.#take, keys, [this.#time(), id, ...args], late)
    if (called === undefined) return this.#local.take(subjects, tokens)
    const { refused, waitMs, times, states } = readAnswer(called.answer, counters)
    if (refused !== undefined) return new Refusal(refused, waitMs, () => states, false)
    const taken = { counters, keys, id, times }
    return new RedisAdmitted(states, (spent) =>
      this.#correct(taken, (counter) => {
        if (spent === 'nothing') return -costOf(counter, tokens)
        return counter.limit.unit === 'tokens' && spent !== undefined ? spent - tokens : 0
      }),
    )
  }

  async reset(subject: string, id: string): Promise<boolean> {
    const counters = this.#counters.filter(({ limit, kind }) => limit.subject === subject && kind !== 'open')
    if (counters.length === 0) return true
    const keys = counters.map(({ prefix }) => prefix + id)
    const local = this.#local.reset(subject, id)
    return (await this.#call(this.#reset, keys, [], () => undefined)) !== undefined && local
  }

  #correct(taken: Taken, change: (counter: Counter) => number): void {
    const changes = taken.counters.map(change)
    if (changes.every((each) => each === 0) && taken.counters.every(({ kind }) => kind !== 'open')) return
    const args = taken.counters.flatMap(({ kind, spanMs, parts }, at) => [
      kind,
      String(changes[at]),
      String(spanMs),
      String(parts),
    ])
    // Not waited for: the request is over. If it fails, the reservation stands and a lease ends by itself.
    void this.#call(this.#settle, taken.keys, [this.#time(), taken.id, ...taken.times, ...args], () => undefined)
  }

  /** The answer within the timeout, or undefined; what comes later goes to `late`. */
  async #call(
    script: RedisScript,
    keys: readonly string[],
    args: readonly string[],
    late: (answer: unknown) => void,
  ): Promise<{ readonly answer: unknown } | undefined> {
    if (!this.#breaker.mayCall(Date.now())) return undefined
    return new Promise((resolve) => {
      let waiting = true
      const fail = (): void => {
        if (!waiting) return
        waiting = false
        clearTimeout(timer)
        this.#breaker.failed(Date.now())
        resolve(undefined)
      }
      const timeoutMs = this.#options.timeoutMs ?? 50
      const endsAt = Date.now() + timeoutMs * MAX_WAITS
      const wait = (): ReturnType<typeof setTimeout> => {
        const dueAt = Date.now() + timeoutMs
        return setTimeout(() => {
          // A timer that comes late says that this process was busy: the answer may lie unread.
          const now = Date.now()
          if (now > dueAt + BUSY_MS && now < endsAt) timer = wait()
          else fail()
        }, timeoutMs)
      }
      let timer = wait()
      const arrive = (answer: unknown): void => {
        if (!waiting) return late(answer)
        waiting = false
        clearTimeout(timer)
        this.#breaker.succeeded()
        resolve({ answer })
      }
      script.run(this.#options.client, keys, args).then(arrive, fail)
    })
  }

  #time(): string {
    return this.#now === undefined ? '' : String(this.#now())
  }
}

/** The part of each limit that one process may use alone. */
class LocalShare implements OpenStore<false> {
  readonly degraded = true
  readonly #store: OpenStore<false>
  readonly #whole: ReadonlyMap<string, Limit>
  /** Limits so small that nothing is left for one process. */
  readonly #empty: readonly Limit[]

  constructor(limits: readonly Limit[], replicas: number, now: (() => number) | undefined, leaseMs: number) {
    const shares = limits.map((limit) => ({ ...limit, limit: Math.floor(limit.limit / replicas) }))
    this.#whole = new Map(limits.map((limit) => [limit.name, limit]))
    this.#empty = limits.filter((_, at) => shares[at]?.limit === 0)
    this.#store = memoryStore({ leaseMs }).open(
      shares.filter((share) => share.limit > 0),
      now,
    )
  }

  take(subjects: LimitSubjects, tokens: number): Admission {
    const shut = this.#empty.find(({ subject }) => subjects[subject] !== undefined)
    if (shut !== undefined) return new Refusal(shut, 1_000, () => [{ limit: shut, remaining: 0, resetMs: 0 }], true)
    const admission = this.#store.take(subjects, tokens)
    if (admission.allowed) return new DegradedAdmitted(admission)
    const limit = this.#whole.get(admission.limit.name) ?? admission.limit
    return new Refusal(limit, admission.retryAfterMs ?? Infinity, () => admission.states, true)
  }

  reset(subject: string, id: string): boolean {
    return this.#store.reset(subject, id)
  }
}

class DegradedAdmitted implements Admitted {
  readonly allowed = true
  readonly degraded = true
  readonly #local: Admitted

  constructor(local: Admitted) {
    this.#local = local
  }

  get states(): readonly LimitState[] {
    return this.#local.states
  }

  settle(tokens?: number): void {
    this.#local.settle(tokens)
  }

  cancel(): void {
    this.#local.cancel()
  }
}

class RedisAdmitted implements Admitted {
  readonly allowed = true
  readonly degraded = false
  readonly states: readonly LimitState[]
  #end: ((spent: number | 'nothing' | undefined) => void) | undefined

  constructor(states: readonly LimitState[], end: (spent: number | 'nothing' | undefined) => void) {
    this.states = states
    this.#end = end
  }

  settle(tokens?: number): void {
    this.#finish(tokens)
  }

  cancel(): void {
    this.#finish('nothing')
  }

  #finish(spent: number | 'nothing' | undefined): void {
    const end = this.#end
    this.#end = undefined
    end?.(spent)
  }
}

function counterOf(limit: Limit, prefix: string, leaseMs: number): Counter {
  const { name, unit, windowMs } = limit
  const kind = windowMs === undefined ? 'open' : unit === 'requests' && limit.limit <= LONGEST_LOG ? 'log' : 'parts'
  const parts = partsOf(limit.limit)
  const spanMs = windowMs ?? leaseMs
  // The layout is part of the name, so that a limit that changes starts afresh instead of misreading the old counts.
  const layout = kind === 'parts' ? `${kind}-${spanMs}-${parts}` : kind === 'log' ? `${kind}-${spanMs}` : kind
  return { limit, kind, spanMs, parts, prefix: `${prefix}${name}:${layout}:` }
}

function costOf({ limit }: Counter, tokens: number): number {
  return limit.unit === 'tokens' ? tokens : 1
}

function readAnswer(answer: unknown, counters: readonly Counter[]) {
  const [refuses = 0, wait = 0, ...rest] = (answer as readonly string[]).map(Number)
  const [, , now = '0', stamp = '0'] = answer as readonly string[]
  const states = counters.map(({ limit }, at) => ({
    limit,
    remaining: Math.max(0, limit.limit - (rest[2 + at * 2] ?? 0)),
    resetMs: rest[3 + at * 2] ?? 0,
  }))
  const times: readonly [string, string] = [now, stamp]
  return { refused: counters[refuses - 1]?.limit, waitMs: wait < 0 ? Infinity : wait, times, states }
}
