import { createAlertEngine } from 'sallyport/alerts'
import type { Alert, AlertEngine, AlertTransition, UsageSample } from 'sallyport/alerts'
import type { AlertList, SecurityEvent } from '../contract.ts'
import { alertSchema } from '../contract.ts'
import type { EventBus } from '../events/event-bus.ts'
import type { Trail } from '../observe/trail.ts'
import { alertEvent } from './alert-event.ts'
import type { AlertShare } from './alert-share.ts'
import type { AlertsConfig } from './alerts-config.ts'
import type { AlertSink } from './open-sinks.ts'
import { testAlert } from './test-alert.ts'

/** Events and requests that wait to be looked at; beyond it they are not looked at, and counted. */
const MAX_WAITING = 50_000
/** Looked at in one go, so that answers do not wait. */
const BATCH = 1_000
const DELAY_MS = 200
const SHARE_EVERY_MS = 5_000
const TICK_EVERY_MS = 15_000
/** Messages about what joined an open alert: not more often than this. */
const UPDATE_EVERY_MS = 600_000
const MAX_RECENT = 100

export interface AlertWatchOptions {
  readonly config: AlertsConfig
  readonly events: EventBus
  readonly sinks?: readonly AlertSink[]
  /** Default: this gateway is the only one. */
  readonly share?: AlertShare
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

export interface SinkResult {
  readonly sink: string
  readonly kind: string
  readonly ok: boolean
  readonly detail: string
}

/** Looks at what happened, a moment later and off the way of requests, and tells whoever is to be told. */
export class AlertWatch {
  readonly #options: AlertWatchOptions
  readonly #now: () => number
  readonly #engine: AlertEngine
  #waiting: (SecurityEvent | UsageSample)[] = []
  #timer: NodeJS.Timeout | undefined
  readonly #timers: NodeJS.Timeout[] = []
  readonly #stop: () => void
  /** When each open alert was told of; those of other gateways are not in it. */
  readonly #told = new Map<string, number>()
  /** One after the other, so that no alert ends before it began. */
  #telling: Promise<void> = Promise.resolve()
  /** Events and requests that were not looked at. */
  overlooked = 0

  constructor(options: AlertWatchOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#engine = createAlertEngine({
      rules: options.config.rules,
      now: this.#now,
      onTransition: (transition) => this.#take(transition),
    })
    this.#stop = options.events.subscribe((event) => {
      if (WATCHED.has(event.type)) this.#push(event)
    })
    this.#timers.push(setInterval(() => this.#tick(), TICK_EVERY_MS).unref())
    if (options.share !== undefined) {
      this.#timers.push(setInterval(() => void this.shareCounts(), SHARE_EVERY_MS).unref())
    }
  }

  /** A request that is over. */
  note({ actor, address, outcome, usage, route }: Trail): void {
    if (actor === undefined || !route.includes(' /v1/')) return
    const tokens = usage === undefined ? 0 : usage.input + usage.output
    this.#push({ key: actor.keyId, user: actor.user, address, denied: outcome === 'block', tokens })
  }

  /** Alerts that are open and those that were, of all gateways that share them. */
  async list(): Promise<AlertList> {
    const shared = (await this.#options.share?.list())?.flatMap((text) => readAlert(text) ?? []) ?? []
    const known = new Map(shared.map((alert) => [alert.id, alert]))
    for (const alert of [...this.#engine.open, ...this.#engine.recent]) {
      // What another gateway told of stands there once, as its teller knows it.
      const isOthers = this.#options.share !== undefined && !this.#told.has(alert.id)
      const isThere = shared.some((each) => each.kind === alert.kind && each.subject === alert.subject)
      if (!isOthers || !isThere) known.set(alert.id, alert)
    }
    const all = [...known.values()].sort((a, b) => (a.lastSeenAt < b.lastSeenAt ? 1 : -1)) as AlertList['open']
    return {
      open: all.filter(({ resolvedAt }) => resolvedAt === undefined),
      recent: all.filter(({ resolvedAt }) => resolvedAt !== undefined).slice(0, MAX_RECENT),
      sinks: (this.#options.sinks ?? []).map(({ name, kind }) => ({ name, kind })),
    }
  }

  get openCount(): number {
    return this.#engine.open.length
  }

  /** Sends a message that says it is a test to every receiver, one attempt each. */
  async test(): Promise<readonly SinkResult[]> {
    const transition = testAlert(this.#now())
    return Promise.all(
      (this.#options.sinks ?? []).map(async (sink) => ({
        sink: sink.name,
        kind: sink.kind,
        ...(await sink.test(transition)),
      })),
    )
  }

  /** Looks at everything that waits, now. */
  flush(): void {
    while (this.#waiting.length > 0) this.#look(this.#waiting.splice(0, BATCH))
  }

  /** Tells the other gateways what was counted here, and takes what all counted. */
  async shareCounts(): Promise<void> {
    this.flush()
    const totals = await this.#options.share?.count(this.#engine.takeUntold())
    if (totals !== undefined) this.#engine.absorb(totals)
  }

  /** Resolves when everybody was told of what is known. */
  settled(): Promise<void> {
    return this.#telling
  }

  async close(): Promise<void> {
    this.#stop()
    for (const timer of this.#timers) clearInterval(timer)
    clearTimeout(this.#timer)
    this.flush()
    await this.settled()
    await Promise.all((this.#options.sinks ?? []).map((sink) => sink.close()))
    this.#options.share?.close()
  }

  #push(signal: SecurityEvent | UsageSample): void {
    if (this.#waiting.length >= MAX_WAITING) {
      this.overlooked++
      return
    }
    this.#waiting.push(signal)
    this.#timer ??= setTimeout(() => this.#next(), DELAY_MS).unref()
  }

  #next(): void {
    this.#timer = undefined
    const rest = this.#waiting.splice(BATCH)
    const batch = this.#waiting
    this.#waiting = rest
    this.#look(batch)
    if (rest.length > 0) this.#timer ??= setTimeout(() => this.#next(), 1).unref()
  }

  #look(batch: readonly (SecurityEvent | UsageSample)[]): void {
    for (const signal of batch) {
      if ('type' in signal) this.#engine.observe(signal)
      else this.#engine.use(signal)
    }
  }

  #tick(): void {
    this.flush()
    this.#engine.tick()
    const { share } = this.#options
    if (share === undefined) return
    // Who tells of an alert says so as long as it is open; when it is gone, another takes over.
    for (const alert of this.#engine.open) void this.#keep(alert, share)
  }

  async #keep(alert: Alert, share: AlertShare): Promise<void> {
    if ((await share.claim(claimOf(alert))) !== true) return
    if (!this.#told.has(alert.id)) this.#told.set(alert.id, this.#now())
    await share.publish(alert)
  }

  #take(transition: AlertTransition): void {
    this.#telling = this.#telling.then(() => this.#tell(transition))
  }

  async #tell(transition: AlertTransition): Promise<void> {
    const { change, alert } = transition
    const { share, config } = this.#options
    if (change === 'opened') {
      // Undefined: the server is away, and everybody tells.
      if ((await share?.claim(claimOf(alert))) === false) return
      this.#told.set(alert.id, this.#now())
    }
    const toldAt = this.#told.get(alert.id)
    if (toldAt === undefined) return
    void share?.publish(alert)
    if (change === 'resolved') {
      // Within the cool-down no other gateway opens it anew.
      void share?.claim(claimOf(alert), config.rules.coolDownMinutes * 60_000)
      this.#forget()
    }
    if (change === 'reopened') return
    if (change === 'updated') {
      if (this.#now() - toldAt < UPDATE_EVERY_MS) return
      this.#told.set(alert.id, this.#now())
    }
    if (config.log) this.#options.events.record(alertEvent(transition))
    for (const sink of this.#options.sinks ?? []) sink.tell(transition)
  }

  /** Keeps what may still come back. */
  #forget(): void {
    const known = new Set([...this.#engine.open, ...this.#engine.recent].map(({ id }) => id))
    for (const id of this.#told.keys()) if (!known.has(id)) this.#told.delete(id)
  }
}

const WATCHED: ReadonlySet<SecurityEvent['type']> = new Set([
  'auth_attempt',
  'injection_attempt',
  'failed-open',
  'degraded',
])

function claimOf({ kind, subject }: Alert): string {
  return `${kind}|${subject}`
}

function readAlert(text: string): Alert | undefined {
  try {
    return alertSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
