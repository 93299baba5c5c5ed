import type { EventBus } from '../events/event-bus.ts'
import type { TokenUsage } from '../limits/count-tokens.ts'
import type { UsageRow, UsageStore } from './usage-store.ts'

export interface UsageMeterOptions {
  readonly store: UsageStore
  readonly events: EventBus
  /** Days that counts are kept. */
  readonly keepDays: number
  /** Default 10,000. */
  readonly flushMs?: number
  /** Different rows that wait to be written; further persons and models are counted as `*`. Default 50,000. */
  readonly maxRows?: number
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

/** Who used what. */
export interface UsageSubject {
  readonly keyId: string
  readonly user?: string | undefined
  readonly model: string
}

type Counts = { -readonly [Field in keyof UsageRow]: UsageRow[Field] }

const DAY_MS = 86_400_000
/** Small steps: the SQLite file is written on the thread that answers requests. */
const ROWS_PER_WRITE = 200

/**
 * Counts in memory and writes what came together every ten seconds, so that no request waits for a database. Meant for
 * seeing who uses what, not for bills: a crash loses at most what was not written, and a write whose answer was lost may
 * be made twice.
 */
export class UsageMeter {
  readonly #options: UsageMeterOptions
  readonly #timer: NodeJS.Timeout
  #rows = new Map<string, Counts>()
  #flushing: Promise<void> | undefined
  #isAway = false
  #cleanedOn = ''
  #day = ''
  #dayEnd = 0

  constructor(options: UsageMeterOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.flush().catch(() => undefined), options.flushMs ?? 10_000)
    this.#timer.unref()
  }

  /** A request, and the tokens it used if any were counted. */
  count(subject: UsageSubject, tokens?: TokenUsage): void {
    const row = this.#rowOf(subject)
    row.requests++
    if (tokens === undefined) return
    row.promptTokens += tokens.input
    row.completionTokens += tokens.output
  }

  /**
   * Writes what is not written yet.
   *
   * @throws StorageError when the store is away; nothing is lost.
   */
  flush(): Promise<void> {
    return (this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined
    }))
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #rowOf({ keyId, user = '', model }: UsageSubject): Counts {
    const day = this.#today()
    const name = `${day}\n${keyId}\n${user}\n${model}`
    const known = this.#rows.get(name)
    if (known !== undefined) return known
    const isFull = this.#rows.size >= (this.#options.maxRows ?? 50_000)
    if (isFull && (user !== '*' || model !== '*')) return this.#rowOf({ keyId, user: '*', model: '*' })
    const row = { day, keyId, user, model, requests: 0, promptTokens: 0, completionTokens: 0 }
    this.#rows.set(name, row)
    return row
  }

  #today(): string {
    const now = (this.#options.now ?? Date.now)()
    if (now >= this.#dayEnd || now < this.#dayEnd - DAY_MS) {
      this.#day = new Date(now).toISOString().slice(0, 10)
      this.#dayEnd = (Math.floor(now / DAY_MS) + 1) * DAY_MS
    }
    return this.#day
  }

  async #flush(): Promise<void> {
    try {
      await this.#write()
      await this.#clean()
      this.#report(false)
    } catch (error) {
      this.#report(true)
      throw error
    }
  }

  async #write(): Promise<void> {
    const rows = [...this.#rows.values()]
    this.#rows = new Map()
    for (let at = 0; at < rows.length; at += ROWS_PER_WRITE) {
      try {
        await this.#options.store.add(rows.slice(at, at + ROWS_PER_WRITE))
        // Requests that wait go first.
        await new Promise((resolve) => setImmediate(resolve))
      } catch (error) {
        for (const row of rows.slice(at)) this.#putBack(row)
        throw error
      }
    }
  }

  #putBack(row: UsageRow): void {
    const name = `${row.day}\n${row.keyId}\n${row.user}\n${row.model}`
    const known = this.#rows.get(name)
    if (known === undefined) this.#rows.set(name, { ...row })
    else {
      known.requests += row.requests
      known.promptTokens += row.promptTokens
      known.completionTokens += row.completionTokens
    }
  }

  async #clean(): Promise<void> {
    const today = this.#today()
    if (this.#cleanedOn === today) return
    const oldest = this.#dayEnd - this.#options.keepDays * DAY_MS
    await this.#options.store.deleteBefore(new Date(oldest).toISOString().slice(0, 10))
    this.#cleanedOn = today
  }

  #report(isAway: boolean): void {
    if (isAway === this.#isAway) return
    this.#isAway = isAway
    const detail = isAway ? 'usage cannot be written: it is counted in memory' : 'usage is written again'
    const outcome = isAway ? 'failure' : 'success'
    const severity = isAway ? 'medium' : 'info'
    this.#options.events.record({ type: 'degraded', severity, rule: 'store/usage', outcome, detail })
  }
}
