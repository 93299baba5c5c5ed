import type { AuditEvent } from '../audit-event.ts'
import type { LogWriter } from './log-writer.ts'
import type { FailureMode, FromWriter, Gap, ToWriter } from './writer-protocol.ts'

/** A disk that takes nothing is asked again after this long. */
const RETRY_MS = 500

export type Append = Extract<ToWriter, { kind: 'append' }>

export interface CommitQueueOptions {
  readonly onFailure: FailureMode
  /** Events that one sync may cover. */
  readonly maxBatch: number
  readonly say: (message: FromWriter) => void
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

/**
 * What waits to be written, and what becomes of it when it cannot be: kept (`block`) or counted and let go (`drop`).
 * The count is the first thing written once the disk takes records again.
 */
export class CommitQueue {
  readonly #writer: Pick<LogWriter, 'commit' | 'commitGap'>
  readonly #options: CommitQueueOptions
  readonly #now: () => number
  readonly #waiting: Append[] = []
  #gap: (Gap & { readonly reason: string }) | undefined
  #retryAt: number | undefined

  constructor(writer: Pick<LogWriter, 'commit' | 'commitGap'>, options: CommitQueueOptions) {
    this.#writer = writer
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** The last attempt failed. */
  get isFailing(): boolean {
    return this.#retryAt !== undefined
  }

  add(append: Append): void {
    this.#waiting.push(append)
  }

  /** Events that never came this far. */
  addGap(gap: Gap, reason: string): void {
    this.#gap = {
      count: gap.count + (this.#gap?.count ?? 0),
      from: this.#gap?.from ?? gap.from,
      to: gap.to,
      reason: this.#gap?.reason ?? reason,
    }
  }

  /** Commits everything that waits. A disk that has just failed is left alone for a while, unless `now` insists. */
  drain(insist = false): void {
    if (this.#retryAt !== undefined && this.#now() < this.#retryAt && !insist) {
      if (this.#options.onFailure === 'drop') this.#letGo('unwritable')
      return
    }
    try {
      this.#commitAll()
    } catch (error) {
      this.fail(error)
      if (this.#options.onFailure === 'drop') this.#letGo(codeOf(error))
      return
    }
    if (this.#retryAt !== undefined) this.#options.say({ kind: 'recovered' })
    this.#retryAt = undefined
  }

  /** Notes that something could not be written. */
  fail(error: unknown): void {
    if (this.#retryAt === undefined) this.#options.say({ kind: 'failing', code: codeOf(error) })
    this.#retryAt = this.#now() + RETRY_MS
  }

  #commitAll(): void {
    if (this.#gap !== undefined) {
      this.#writer.commitGap(this.#gap)
      this.#gap = undefined
    }
    while (this.#waiting.length > 0) {
      const taken = firstOf(this.#waiting, this.#options.maxBatch)
      this.#writer.commit(taken.flatMap(({ events }) => JSON.parse(events) as AuditEvent[]))
      this.#waiting.splice(0, taken.length)
      this.#options.say({ kind: 'acknowledged', batch: taken.at(-1)?.batch ?? 0 })
    }
  }

  #letGo(reason: string): void {
    const time = new Date(this.#now()).toISOString()
    for (const { batch, count } of this.#waiting.splice(0)) {
      if (count > 0) this.addGap({ count, from: time, to: time }, reason)
      this.#options.say({ kind: 'dropped', batch })
    }
  }
}

/** As many batches as one sync may cover, at least one. */
function firstOf(waiting: readonly Append[], maxEvents: number): readonly Append[] {
  let events = 0
  const end = waiting.findIndex(({ count }) => (events += count) > maxEvents)
  return end === -1 ? waiting.slice() : waiting.slice(0, Math.max(1, end))
}

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? (error instanceof Error ? error.name : 'unknown')
}
