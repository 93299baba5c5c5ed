import { SallyportError } from '../errors/sallyport-error.ts'
import type { Limit } from './limit.ts'
import { BucketWindow } from './memory/bucket-window.ts'
import { LogWindow, LONGEST_LOG } from './memory/log-window.ts'
import { HEADER_WORDS, SubjectTable } from './memory/subject-table.ts'
import type { Window } from './memory/window.ts'
import { Refusal } from './refusal.ts'
import { steadyClock } from './steady-clock.ts'
import type { Admission, Admitted, LimitState, LimitStore, LimitSubjects, OpenStore } from './store.ts'

export interface MemoryStoreOptions {
  /**
   * Most ids of each subject that have a record of their own; default 100,000. Beyond it new ids share records until
   * others fall idle: limited early perhaps, never too late.
   */
  readonly maxKeys?: number
  /** Milliseconds after which a request that was never settled no longer counts as under way, once its subject is idle. Default 900,000. */
  readonly leaseMs?: number
}

/** Counts in the memory of this process: about 177 bytes an id for two windows, nothing to wait for. */
export function memoryStore({ maxKeys = 100_000, leaseMs = 900_000 }: MemoryStoreOptions = {}): LimitStore<false> {
  if (!Number.isInteger(maxKeys) || maxKeys < 1 || maxKeys > 2 ** 24) {
    throw new SallyportError('invalid-options', 'maxKeys must be a whole number from 1 to 16,777,216.')
  }
  return { open: (limits, now) => new OpenMemoryStore(limits, steadyClock(now ?? Date.now), maxKeys, leaseMs) }
}

interface Counter {
  readonly limit: Limit
  /** Undefined for concurrency. */
  readonly window: Window | undefined
}

/** The limits of one subject, in one table. */
interface Plan {
  readonly subject: string
  readonly counters: readonly Counter[]
  readonly table: SubjectTable
  readonly countsOpen: boolean
}

class OpenMemoryStore implements OpenStore<false> {
  readonly degraded = false
  readonly #plans: readonly Plan[]
  readonly #limits: readonly Limit[]
  readonly #now: () => number
  /** Records of the request being judged, by plan; -1 where the subject is absent. */
  readonly #records: number[]

  constructor(limits: readonly Limit[], now: () => number, maxKeys: number, leaseMs: number) {
    this.#limits = limits
    this.#now = now
    const subjects = [...new Set(limits.map((limit) => limit.subject))]
    this.#plans = subjects.map((subject) => planOf(subject, limits, maxKeys, leaseMs))
    this.#records = this.#plans.map(() => -1)
  }

  take(subjects: LimitSubjects, tokens: number): Admission {
    const now = this.#now()
    const plans = this.#plans
    const records = this.#records
    let longest = 0
    let holding: Limit | undefined
    for (let at = 0; at < plans.length; at++) {
      const plan = plans[at] as Plan
      const id = subjects[plan.subject]
      if (id === undefined) {
        records[at] = -1
        continue
      }
      const record = plan.table.visit(id, now)
      records[at] = record
      const slab = plan.table.slab(record)
      const base = plan.table.base(record)
      for (const { limit, window } of plan.counters) {
        const wait =
          window === undefined
            ? openWait(plan.table.open(record), limit)
            : window.wait(slab, base, now, limit.unit === 'tokens' && tokens > 1 ? tokens : 1)
        if (wait > longest) {
          longest = wait
          holding = limit
        }
      }
    }
    if (holding !== undefined) return new Refusal(holding, longest, () => this.states(subjects), false)
    for (let at = 0; at < plans.length; at++) {
      const record = records[at] as number
      if (record < 0) continue
      const plan = plans[at] as Plan
      const slab = plan.table.slab(record)
      const base = plan.table.base(record)
      for (const { limit, window } of plan.counters) {
        if (window !== undefined) window.add(slab, base, now, limit.unit === 'tokens' ? tokens : 1)
      }
      if (plan.countsOpen) plan.table.addOpen(record, 1)
    }
    return new MemoryAdmitted(this, subjects, tokens, now)
  }

  /** Corrects what was reserved at `then`. */
  settle(subjects: LimitSubjects, reserved: number, tokens: number, then: number): void {
    const now = this.#now()
    for (const plan of this.#plans) {
      const id = subjects[plan.subject]
      if (id === undefined) continue
      const record = plan.table.visit(id, now)
      if (plan.countsOpen) plan.table.addOpen(record, -1)
      const slab = plan.table.slab(record)
      const base = plan.table.base(record)
      for (const { limit, window } of plan.counters) {
        if (window === undefined || limit.unit !== 'tokens') continue
        if (tokens > reserved) window.add(slab, base, now, tokens - reserved)
        else window.remove(slab, base, now, then, reserved - tokens)
      }
    }
  }

  /** Gives back everything that was counted at `then`. */
  cancel(subjects: LimitSubjects, reserved: number, then: number): void {
    this.settle(subjects, reserved, 0, then)
    const now = this.#now()
    for (const plan of this.#plans) {
      const id = subjects[plan.subject]
      if (id === undefined) continue
      const record = plan.table.visit(id, now)
      for (const { limit, window } of plan.counters) {
        if (limit.unit === 'requests') window?.remove(plan.table.slab(record), plan.table.base(record), now, then, 1)
      }
    }
  }

  reset(subject: string, id: string): boolean {
    const plan = this.#plans.find((each) => each.subject === subject)
    if (plan === undefined) return true
    const record = plan.table.visit(id, this.#now())
    // Clearing a shared record would free the others in it.
    if (plan.table.isShared(record)) return false
    plan.table.clearWindows(record)
    return true
  }

  states(subjects: LimitSubjects): readonly LimitState[] {
    const now = this.#now()
    const states = new Map<Limit, LimitState>()
    for (const plan of this.#plans) {
      const id = subjects[plan.subject]
      if (id === undefined) continue
      const record = plan.table.visit(id, now)
      const slab = plan.table.slab(record)
      const base = plan.table.base(record)
      for (const { limit, window } of plan.counters) {
        const used = window === undefined ? plan.table.open(record) : window.used(slab, base, now)
        const resetMs = window === undefined ? 0 : window.resetMs(slab, base, now)
        states.set(limit, { limit, remaining: Math.max(0, limit.limit - used), resetMs })
      }
    }
    return this.#limits.flatMap((limit) => states.get(limit) ?? [])
  }
}

class MemoryAdmitted implements Admitted {
  readonly allowed = true
  readonly degraded = false
  readonly #store: OpenMemoryStore
  readonly #subjects: LimitSubjects
  readonly #tokens: number
  readonly #then: number
  #over = false

  constructor(store: OpenMemoryStore, subjects: LimitSubjects, tokens: number, then: number) {
    this.#store = store
    this.#subjects = subjects
    this.#tokens = tokens
    this.#then = then
  }

  get states(): readonly LimitState[] {
    return this.#store.states(this.#subjects)
  }

  settle(tokens = this.#tokens): void {
    if (this.#over) return
    this.#over = true
    this.#store.settle(this.#subjects, this.#tokens, tokens, this.#then)
  }

  cancel(): void {
    if (this.#over) return
    this.#over = true
    this.#store.cancel(this.#subjects, this.#tokens, this.#then)
  }
}

function planOf(subject: string, limits: readonly Limit[], maxKeys: number, leaseMs: number): Plan {
  const counters: Counter[] = []
  let offset = HEADER_WORDS
  let keepMs = 0
  for (const limit of limits) {
    if (limit.subject !== subject) continue
    const window = windowOf(limit, offset)
    offset += window?.size ?? 0
    keepMs = Math.max(keepMs, window?.keepMs ?? 0)
    counters.push({ limit, window })
  }
  const windowWords = offset - HEADER_WORDS
  const table = new SubjectTable({ maxKeys, windowWords, keepMs, keepOpenMs: Math.max(keepMs, leaseMs) })
  return { subject, counters, table, countsOpen: counters.some(({ window }) => window === undefined) }
}

function windowOf({ unit, limit, windowMs }: Limit, offset: number): Window | undefined {
  if (windowMs === undefined) return undefined
  return unit === 'requests' && limit <= LONGEST_LOG
    ? new LogWindow(offset, limit, windowMs)
    : new BucketWindow(offset, limit, windowMs, unit === 'tokens')
}

// Nobody knows when a request ends; a second is a polite time to ask again.
function openWait(open: number, { limit }: Limit): number {
  return open < limit ? 0 : 1_000
}
