import type { AuditLog } from 'sallyport/audit'
import type { SecurityEvent } from '../contract.ts'

interface Pending {
  /** Events on their way to the disk. */
  left: number
  readonly waiters: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[]
}

/**
 * Knows which requests have events that are not on disk yet, so that an answer can wait for its own and for no others.
 * Many wait for one sync: the log commits in groups.
 */
export class PendingEvents {
  readonly #log: Pick<AuditLog, 'append' | 'write'>
  readonly #byRequest = new Map<string, Pending>()
  /** What answers get while the log cannot be written; undefined when they may leave without. */
  readonly #failure: (() => Error) | undefined
  #isFailing = false

  /** @param failure Makes the error for answers whose events could not be written; undefined: they go on. */
  constructor(log: Pick<AuditLog, 'append' | 'write'>, failure: (() => Error) | undefined) {
    this.#log = log
    this.#failure = failure
  }

  write(event: SecurityEvent): void {
    const { requestId, actor } = event
    // Nobody waits for the events of strangers: those are counted by the second, and a 401 that takes one is a lever.
    if (requestId === undefined || actor === undefined) return this.#log.write(event)
    let pending = this.#byRequest.get(requestId)
    if (pending === undefined) this.#byRequest.set(requestId, (pending = { left: 0, waiters: [] }))
    pending.left++
    this.#log.append(event).then(
      () => this.#settle(requestId, pending),
      () => this.#settle(requestId, pending, this.#failure),
    )
  }

  /** Resolves when all events of a request so far are on disk; undefined when they are, or when nobody can tell. */
  settled(requestId: string): Promise<void> | undefined {
    const pending = this.#byRequest.get(requestId)
    if (pending === undefined) return undefined
    if (this.#isFailing) return this.#failure && Promise.reject(this.#failure())
    return new Promise((resolve, reject) => void pending.waiters.push({ resolve, reject }))
  }

  /** The log can or cannot be written: in the latter case whoever waits is told now, not when the disk is back. */
  setFailing(isFailing: boolean): void {
    this.#isFailing = isFailing
    if (!isFailing) return
    const failure = this.#failure
    for (const { waiters } of this.#byRequest.values()) {
      for (const waiter of waiters.splice(0)) {
        if (failure === undefined) waiter.resolve()
        else waiter.reject(failure())
      }
    }
  }

  #settle(requestId: string, pending: Pending, failure?: () => Error): void {
    pending.left--
    if (failure !== undefined) for (const waiter of pending.waiters.splice(0)) waiter.reject(failure())
    if (pending.left > 0) return
    this.#byRequest.delete(requestId)
    for (const waiter of pending.waiters.splice(0)) waiter.resolve()
  }
}
