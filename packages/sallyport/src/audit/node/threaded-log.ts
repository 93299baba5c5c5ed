import type { Worker } from 'node:worker_threads'
import type { AuditEvent } from '../audit-event.ts'
import { NoiseAggregator } from '../noise-aggregator.ts'
import { AuditLogError } from './audit-log-error.ts'
import type { AuditLog, AuditLogOptions, AuditLogState } from './audit-log.ts'
import type { FolderLock } from './folder-lock.ts'
import type { Anchor } from './statements.ts'
import type { FromWriter, Question, ToWriter } from './writer-protocol.ts'

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: AuditLogError) => void
}

interface Batch {
  readonly count: number
  readonly waiters: readonly Waiter[]
}

/** Batches on their way at once: one being synced and one ready, so that the thread never waits for us. */
const MAX_UNDERWAY = 2

/** The side of the log that callers talk to: it gathers events, and its thread writes them. */
export class ThreadedLog implements AuditLog {
  readonly log: string
  readonly #thread: Worker
  readonly #lock: FolderLock
  readonly #options: AuditLogOptions
  readonly #maxWaiting: number
  readonly #maxBatch: number
  readonly #noise = new NoiseAggregator()
  #noiseWaiters: Waiter[] = []
  #noiseTimer: NodeJS.Timeout | undefined
  #state: AuditLogState = 'writing'
  #dropped = 0
  #gap: { count: number; from: string; to: string } | undefined
  #pending: string[] = []
  #pendingWaiters: Waiter[] = []
  #isScheduled = false
  #batch = 0
  #waiting = 0
  readonly #underway = new Map<number, Batch>()
  #asked = 0
  readonly #questions = new Map<
    number,
    {
      readonly resolve: (answer: Extract<FromWriter, { kind: 'answer' }>) => void
      readonly reject: (error: AuditLogError) => void
    }
  >()
  #closing: Promise<void> | undefined

  constructor(thread: Worker, lock: FolderLock, log: string, options: AuditLogOptions) {
    this.#thread = thread
    this.#lock = lock
    this.log = log
    this.#options = options
    this.#maxWaiting = options.maxWaiting ?? 50_000
    this.#maxBatch = options.maxBatch ?? 5_000
    thread.on('message', (message: FromWriter) => this.#hear(message))
    thread.on('error', () => this.#threadEnded())
    thread.on('exit', () => this.#threadEnded())
    this.#letGoWhenIdle()
  }

  get state(): AuditLogState {
    return this.#state
  }

  get waiting(): number {
    return this.#waiting
  }

  get dropped(): number {
    return this.#dropped
  }

  append(event: AuditEvent): Promise<void> {
    return new Promise((resolve, reject) => this.#take(event, { resolve, reject }))
  }

  write(event: AuditEvent): void {
    this.#take(event, undefined)
  }

  async flush(): Promise<void> {
    this.#flushNoise()
    if (this.#waiting === 0) return
    await new Promise<void>((resolve, reject) => {
      this.#pendingWaiters.push({ resolve, reject })
      this.#schedule()
    })
  }

  async head(): Promise<Anchor> {
    await this.flush()
    const { head, error } = await this.#ask({ kind: 'head' })
    if (head === undefined) throw new AuditLogError('unwritable', `The head cannot be written: ${error ?? 'unknown'}.`)
    return head
  }

  async erase(user: string): Promise<boolean> {
    await this.flush()
    const { done, error } = await this.#ask({ kind: 'erase', user })
    if (error !== undefined) throw new AuditLogError('unwritable', `The erasure cannot be written: ${error}.`)
    return done === true
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#flushNoise()
    this.#thread.ref()
    const ended = new Promise<void>((resolve) => this.#thread.once('exit', () => resolve()))
    this.#send(true)
    try {
      const { error } = await this.#ask({ kind: 'close' })
      await ended
      if (error !== undefined) throw new AuditLogError('unwritable', `The log could not be closed: ${error}.`)
    } finally {
      this.#state = 'closed'
      this.#lock.release()
    }
  }

  #take(event: AuditEvent, waiter: Waiter | undefined): void {
    if (this.#closing !== undefined || this.#state === 'closed') {
      this.#dropped++
      waiter?.reject(new AuditLogError('closed', 'The log is closed.'))
      return
    }
    if (!this.#noise.admit(event)) {
      if (waiter !== undefined) this.#noiseWaiters.push(waiter)
      this.#noiseTimer ??= setTimeout(() => this.#flushNoise(), 1_000).unref()
      return
    }
    this.#enqueue(event, waiter === undefined ? [] : [waiter])
  }

  #flushNoise(): void {
    clearTimeout(this.#noiseTimer)
    this.#noiseTimer = undefined
    const due = this.#noise.take(true)
    const waiters = this.#noiseWaiters.splice(0)
    due.forEach((event, at) => this.#enqueue(event, at === due.length - 1 ? waiters : []))
  }

  #enqueue(event: AuditEvent, waiters: readonly Waiter[]): void {
    if (this.#waiting >= this.#maxWaiting) {
      this.#lose(1)
      for (const waiter of waiters) waiter.reject(new AuditLogError('dropped', 'Too many events wait to be written.'))
      return
    }
    this.#pending.push(JSON.stringify(event.time === undefined ? { time: new Date().toISOString(), ...event } : event))
    this.#pendingWaiters.push(...waiters)
    if (this.#waiting++ === 0) this.#thread.ref()
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    // Everything that happens in this turn of the loop goes as one message.
    setImmediate(() => {
      this.#isScheduled = false
      this.#send(false)
    })
  }

  #send(all: boolean): void {
    while (this.#pending.length > 0 || this.#pendingWaiters.length > 0) {
      if (!all && this.#underway.size >= MAX_UNDERWAY) return
      if (this.#gap !== undefined) {
        this.#post({ kind: 'gap', gap: this.#gap })
        this.#gap = undefined
      }
      const events = this.#pending.splice(0, this.#maxBatch)
      const waiters = this.#pendingWaiters.splice(0, this.#maxBatch === 1 ? 1 : this.#pendingWaiters.length)
      const batch = ++this.#batch
      this.#underway.set(batch, { count: events.length, waiters })
      this.#post({ kind: 'append', batch, count: events.length, events: `[${events.join(',')}]` })
    }
  }

  #hear(message: FromWriter): void {
    switch (message.kind) {
      case 'acknowledged':
        this.#settle(message.batch, (waiter) => waiter.resolve())
        break
      case 'dropped': {
        const batch = this.#underway.get(message.batch)
        this.#dropped += batch?.count ?? 0
        this.#settle(message.batch, (waiter) =>
          waiter.reject(new AuditLogError('dropped', 'The event was not written.')),
        )
        break
      }
      case 'failing':
        this.#setState('failing', message.code)
        break
      case 'recovered':
        this.#setState('writing')
        break
      case 'answer': {
        const question = this.#questions.get(message.id)
        this.#questions.delete(message.id)
        question?.resolve(message)
        this.#letGoWhenIdle()
        break
      }
      case 'ready':
      case 'refused':
        break
      default:
        message satisfies never
    }
  }

  #settle(upTo: number, settle: (waiter: Waiter) => void): void {
    for (const [number, { count, waiters }] of this.#underway) {
      if (number > upTo) break
      this.#underway.delete(number)
      this.#waiting -= count
      for (const waiter of waiters) settle(waiter)
    }
    this.#letGoWhenIdle()
    this.#send(false)
  }

  #ask(what: Question): Promise<Extract<FromWriter, { kind: 'answer' }>> {
    if (this.#state === 'closed') return Promise.reject(new AuditLogError('closed', 'The log is closed.'))
    const id = ++this.#asked
    this.#thread.ref()
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve, reject })
      this.#post({ kind: 'ask', id, what })
    })
  }

  /** An idle log does not keep the process alive; one with something under way does, to its end. */
  #letGoWhenIdle(): void {
    if (this.#waiting === 0 && this.#questions.size === 0 && this.#closing === undefined) this.#thread.unref()
  }

  #lose(count: number): void {
    this.#dropped += count
    const now = new Date().toISOString()
    this.#gap = { count: (this.#gap?.count ?? 0) + count, from: this.#gap?.from ?? now, to: now }
  }

  #post(message: ToWriter): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#thread.postMessage(message)
  }

  #setState(state: AuditLogState, code?: string): void {
    if (this.#state === state || this.#state === 'closed') return
    this.#state = state
    this.#options.onStateChange?.(state, code)
  }

  /** After `close`, or because the thread died: then nothing more can be written. */
  #threadEnded(): void {
    const error = new AuditLogError('closed', 'The log is closed.')
    this.#setState('closed')
    for (const { count, waiters } of this.#underway.values()) {
      this.#dropped += count
      for (const waiter of waiters) waiter.reject(error)
    }
    this.#underway.clear()
    for (const waiter of [...this.#pendingWaiters.splice(0), ...this.#noiseWaiters.splice(0)]) waiter.reject(error)
    for (const { reject } of this.#questions.values()) reject(error)
    this.#questions.clear()
  }
}
