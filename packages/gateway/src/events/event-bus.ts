import type { EventType, SecurityEvent } from '../contract.ts'

/** Where events go besides memory: an audit log, an exporter. Must not throw and must not block. */
export interface EventSink {
  write(event: SecurityEvent): void
}

const MAX_NOTED = 10_000

export type EventInput = Omit<SecurityEvent, 'id' | 'time'>

export interface EventFilter {
  readonly types?: ReadonlySet<EventType>
  readonly requestId?: string
  /** Only events older than this id. */
  readonly before?: string
  readonly limit: number
}

/**
 * The newest events in memory, and whoever listens. Recording is a write into a ring: cheap enough for every request.
 */
export class EventBus {
  readonly #ring: SecurityEvent[] = []
  readonly #keep: number
  readonly #sinks: readonly EventSink[]
  readonly #listeners = new Set<(event: SecurityEvent) => void>()
  #next = 0
  #sequence = 0
  #recorded = 0
  readonly #noted = new Set<string>()

  constructor(options: { readonly keep: number; readonly sinks?: readonly EventSink[] }) {
    this.#keep = options.keep
    this.#sinks = options.sinks ?? []
  }

  /** Events recorded since the start. */
  get recorded(): number {
    return this.#recorded
  }

  record(input: EventInput): SecurityEvent {
    const now = Date.now()
    const event: SecurityEvent = { id: this.#id(now), time: new Date(now).toISOString(), ...input }
    this.#ring[this.#next] = event
    this.#next = (this.#next + 1) % this.#keep
    this.#recorded++
    if (input.requestId !== undefined) this.#note(input.requestId)
    for (const sink of this.#sinks) sink.write(event)
    for (const listener of this.#listeners) listener(event)
    return event
  }

  /** True, once, when a request has had events. */
  takeNoted(requestId: string): boolean {
    return this.#noted.delete(requestId)
  }

  /** Newest first. */
  list(filter: EventFilter): readonly SecurityEvent[] {
    const events: SecurityEvent[] = []
    for (const event of this.#newestFirst()) {
      if (events.length >= filter.limit) break
      if (filter.before !== undefined && event.id >= filter.before) continue
      if (filter.types !== undefined && !filter.types.has(event.type)) continue
      if (filter.requestId !== undefined && event.requestId !== filter.requestId) continue
      events.push(event)
    }
    return events
  }

  /** Oldest first: everything recorded after the event with this id that is still held. */
  since(id: string): readonly SecurityEvent[] {
    const events: SecurityEvent[] = []
    for (const event of this.#newestFirst()) {
      if (event.id <= id) break
      events.push(event)
    }
    return events.toReversed()
  }

  /** Calls `listener` for each new event until the returned function is called. */
  subscribe(listener: (event: SecurityEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  *#newestFirst(): Generator<SecurityEvent> {
    for (let back = 1; back <= this.#ring.length; back++) {
      const event = this.#ring[(this.#next - back + this.#keep) % this.#keep]
      if (event !== undefined) yield event
    }
  }

  // Requests that never end (of strangers, of other programs) are forgotten, the oldest first.
  #note(requestId: string): void {
    this.#noted.add(requestId)
    if (this.#noted.size <= MAX_NOTED) return
    for (const oldest of this.#noted) {
      this.#noted.delete(oldest)
      break
    }
  }

  // Fixed width, so that ids sort by time as text; the number breaks ties within a millisecond and a set-back clock.
  #lastTime = 0
  #id(now: number): string {
    this.#lastTime = Math.max(this.#lastTime, now)
    this.#sequence++
    return `${this.#lastTime.toString(36).padStart(9, '0')}-${this.#sequence.toString(36).padStart(8, '0')}`
  }
}
