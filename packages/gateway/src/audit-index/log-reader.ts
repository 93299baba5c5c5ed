import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import type { Anchor, LogEntry, LogFilter, LogReport } from 'sallyport/audit'
import type { FromReader, FromVerifier, ReaderOptions, ToReader, VerifierOptions } from './reader-protocol.ts'
import { startThread } from './start-thread.ts'

export interface LogReaderOptions extends ReaderOptions {
  /** Told when the index goes away and comes back; searches are answered either way. Default: silent. */
  readonly onIndexChange?: (isThere: boolean, reason?: string) => void
}

export interface VerifyProgress {
  readonly bytes: number
  readonly totalBytes: number
}

export interface VerifyCall {
  /** Heads that were kept elsewhere. Default: none. */
  readonly anchors?: readonly Anchor[]
  readonly onProgress?: (progress: VerifyProgress) => void
  readonly signal?: AbortSignal
}

interface Question {
  readonly resolve: (entries: readonly LogEntry[]) => void
  readonly reject: (error: Error) => void
}

const CLOSE_MS = 3_000

/** Reads a log that is being written, on threads of its own. A thread that ends is started again by the next question. */
export class LogReader {
  readonly #options: LogReaderOptions
  readonly #questions = new Map<number, Question>()
  #thread: Worker | undefined
  #asked = 0
  #isVerifying = false
  #isClosed = false

  constructor(options: LogReaderOptions) {
    this.#options = options
    this.#start()
  }

  /** The entries that match; `filter.limit` bounds what is held in memory. */
  search(filter: LogFilter, newestFirst = false): Promise<readonly LogEntry[]> {
    if (this.#isClosed) return Promise.reject(new Error('The log is closed.'))
    const thread = this.#thread ?? this.#start()
    const id = ++this.#asked
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve, reject })
      send(thread, { kind: 'search', id, filter, newestFirst })
    })
  }

  /** True while a verification is under way: it reads everything, so there is one at a time. */
  get isVerifying(): boolean {
    return this.#isVerifying
  }

  /** Checks the whole log. Rejects when the signal aborts. */
  async verify({ anchors = [], onProgress, signal }: VerifyCall = {}): Promise<LogReport> {
    if (this.#isVerifying) throw new Error('A verification is under way.')
    this.#isVerifying = true
    const { folder } = this.#options
    const totalBytes = bytesOf(folder)
    const options: VerifierOptions = { folder, anchors }
    const thread = startThread('verifier-thread', options)
    const stop = (): void => void thread.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted === true) stop()
    try {
      return await new Promise<LogReport>((resolve, reject) => {
        thread.on('message', (message: FromVerifier) => {
          if (message.kind === 'report') resolve(message.report)
          else onProgress?.({ bytes: message.bytes, totalBytes })
        })
        thread.once('error', reject)
        thread.once('exit', () => reject(new Error('The verification ended early.')))
      })
    } finally {
      signal?.removeEventListener('abort', stop)
      stop()
      this.#isVerifying = false
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const thread = this.#thread
    if (thread === undefined) return
    const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
    thread.ref()
    send(thread, { kind: 'close' })
    const timer = setTimeout(() => void thread.terminate(), CLOSE_MS)
    await ended
    clearTimeout(timer)
  }

  #start(): Worker {
    const { folder, log, index } = this.#options
    const thread = startThread('log-reader-thread', { folder, log, index } satisfies ReaderOptions)
    thread.on('message', (message: FromReader) => this.#hear(message))
    const end = (): void => {
      if (this.#thread === thread) this.#thread = undefined
      for (const { reject } of this.#questions.values()) reject(new Error('The log could not be read.'))
      this.#questions.clear()
    }
    thread.once('error', end)
    thread.once('exit', end)
    this.#thread = thread
    return thread
  }

  #hear(message: FromReader): void {
    if (message.kind === 'index') {
      this.#options.onIndexChange?.(message.isThere, message.reason)
      return
    }
    const question = this.#questions.get(message.id)
    this.#questions.delete(message.id)
    if (message.kind === 'found') question?.resolve(JSON.parse(message.entries) as LogEntry[])
    else question?.reject(new Error(`The log could not be read: ${message.reason}.`))
  }
}

function send(thread: Worker, message: ToReader): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  thread.postMessage(message)
}

function bytesOf(folder: string): number {
  const sizes = readdirSync(folder).map((name) => (name.endsWith('.jsonl') ? statSync(join(folder, name)).size : 0))
  return sizes.reduce((sum, size) => sum + size, 0)
}
