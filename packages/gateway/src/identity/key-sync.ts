import type { EventBus } from '../events/event-bus.ts'
import type { KeyChange, KeyRing } from './key-ring.ts'
import type { KeyStore } from './key-store.ts'
import type { Sessions } from './sessions.ts'

/** What the events are about: alerts on it end when it is said to be over. */
const DATABASE = 'store/database'

const POLL_MS = 2_000
const DONE = { create: 'made', update: 'changed', delete: 'revoked' } as const

export interface KeySyncOptions {
  readonly keys: KeyRing
  readonly store: KeyStore
  readonly events: EventBus
  readonly sessions: Sessions
  /** How long known keys stay good while the store is away. */
  readonly maxStaleMs: number
}

/**
 * Keeps the keys of this process in step with a store that other gateways change: by its notifications, and by asking every
 * two seconds, whatever became of them. While the store is away the known keys go on, for a bounded time, visibly.
 */
export class KeySync {
  readonly #options: KeySyncOptions
  readonly #unwatch: () => void
  readonly #timer: NodeJS.Timeout
  #isAway = false
  #isExpired = false
  #isRunning = false
  #isWanted = false

  constructor(options: KeySyncOptions) {
    this.#options = options
    options.keys.onChangeElsewhere((change) => this.#report(change))
    const sync = (): void => void this.sync()
    this.#unwatch = options.store.watch?.(sync) ?? (() => undefined)
    this.#timer = setInterval(sync, Math.min(POLL_MS, options.maxStaleMs / 3))
    this.#timer.unref()
  }

  /** True while the store cannot be asked. */
  get isAway(): boolean {
    return this.#isAway
  }

  /** Asks once; asked again meanwhile, once more after that. Never rejects. */
  async sync(): Promise<void> {
    this.#isWanted = true
    if (this.#isRunning) return
    this.#isRunning = true
    while (this.#isWanted) {
      this.#isWanted = false
      await this.#ask()
    }
    this.#isRunning = false
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#unwatch()
  }

  async #ask(): Promise<void> {
    const { keys, events } = this.#options
    try {
      await keys.refresh()
      if (this.#isAway) {
        const detail = 'the database is back: keys are in step again'
        events.record({ type: 'degraded', severity: 'info', rule: DATABASE, outcome: 'success', detail })
      }
      this.#isAway = false
      this.#isExpired = false
    } catch {
      this.#reportAway()
    }
  }

  /** Each gateway says in its own log what it learnt, so that no key comes from nowhere. */
  #report({ id, role, activity }: KeyChange): void {
    const { events, sessions } = this.#options
    if (activity === 'delete') sessions.closeAllOf(id)
    events.record({
      type: 'key-lifecycle',
      severity: role === 'admin' && activity !== 'delete' ? 'medium' : 'low',
      outcome: 'success',
      activity,
      detail: `${role} key ${id} was ${DONE[activity]} elsewhere: by another gateway, the command line or in the database`,
    })
  }

  #reportAway(): void {
    const { keys, events, maxStaleMs } = this.#options
    if (!this.#isAway) {
      const detail = `the database is away: known keys go on for ${Math.round(maxStaleMs / 1_000)} seconds`
      events.record({ type: 'degraded', severity: 'high', rule: DATABASE, outcome: 'failure', detail })
    }
    this.#isAway = true
    if (this.#isExpired || keys.isVerifiable()) return
    this.#isExpired = true
    const detail = 'the database has been away for too long: every key is refused until it is back'
    events.record({ type: 'degraded', severity: 'critical', rule: DATABASE, outcome: 'failure', detail })
  }
}
