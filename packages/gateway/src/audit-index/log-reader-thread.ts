import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { catchUp, searchIndexed, searchLog, searchLogBack } from 'sallyport/audit'
import type { LogEntry, LogIndex } from 'sallyport/audit'
import { openPostgresIndex } from './postgres-index.ts'
import type { FromReader, ReaderOptions, ToReader } from './reader-protocol.ts'
import { openSqliteIndex, removeSqliteIndex } from './sqlite-index.ts'

const LOOK_EVERY_MS = 1_000
const DAMAGED = /malformed|not a database|corrupt|no such (?:table|column|index)/i

/** The thread that reads: it keeps the index up to date and answers searches, so that neither holds up a request. */
class LogReaderThread {
  readonly #port: MessagePort
  readonly #options: ReaderOptions
  readonly #ending = new AbortController()
  #index: LogIndex | undefined
  #isThere = true
  #seen = ''
  #following: Promise<void> = Promise.resolve()

  constructor(port: MessagePort, options: ReaderOptions) {
    this.#port = port
    this.#options = options
  }

  run(): void {
    const look = (): void => void (this.#following = this.#following.then(() => this.#follow()))
    const timer = setInterval(look, LOOK_EVERY_MS)
    look()
    this.#port.on('message', (message: ToReader) => {
      if (message.kind === 'search') void this.#search(message)
      else {
        clearInterval(timer)
        void this.#close()
      }
    })
  }

  /** Adds to the index what was written since the last look. */
  async #follow(): Promise<void> {
    if (this.#options.index.store === 'off' || this.#ending.signal.aborted) return
    const { folder } = this.#options
    try {
      const state = stateOf(folder)
      if (state === this.#seen) return
      this.#index ??= await this.#open()
      await catchUp(folder, this.#index, { signal: this.#ending.signal })
      this.#seen = state
      this.#setThere(true)
    } catch (error) {
      if (this.#options.index.store === 'sqlite' && DAMAGED.test(reasonOf(error))) await this.#throwAway()
      this.#setThere(false, error)
    }
  }

  async #open(): Promise<LogIndex> {
    const { folder, log, index } = this.#options
    return index.store === 'postgres'
      ? openPostgresIndex({ url: index.url, schema: index.schema, log })
      : openSqliteIndex(fileOf(folder))
  }

  /** A damaged file is thrown away; the next look makes it anew. */
  async #throwAway(): Promise<void> {
    try {
      await this.#index?.close()
    } catch {
      // It goes anyway.
    }
    this.#index = undefined
    removeSqliteIndex(fileOf(this.#options.folder))
  }

  async #search({ id, filter, newestFirst }: Extract<ToReader, { kind: 'search' }>): Promise<void> {
    const { folder } = this.#options
    try {
      const entries: LogEntry[] = []
      if (this.#index === undefined) {
        entries.push(...(newestFirst ? searchLogBack(folder, filter) : searchLog(folder, filter)))
      } else {
        const onIndexFault = (error: unknown): void => this.#setThere(false, error)
        for await (const entry of searchIndexed(folder, this.#index, filter, { newestFirst, onIndexFault })) {
          entries.push(entry)
        }
      }
      this.#say({ kind: 'found', id, entries: JSON.stringify(entries) })
    } catch (error) {
      this.#say({ kind: 'failed', id, reason: reasonOf(error) })
    }
  }

  #setThere(isThere: boolean, error?: unknown): void {
    // After a fault the next look tries again, whether or not something was written.
    if (!isThere) this.#seen = ''
    if (this.#isThere === isThere) return
    this.#isThere = isThere
    this.#say({ kind: 'index', isThere, ...(isThere ? {} : { reason: reasonOf(error) }) })
  }

  async #close(): Promise<void> {
    this.#ending.abort()
    await this.#following
    await this.#index?.close().catch(() => undefined)
    this.#port.close()
  }

  #say(message: FromReader): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#port.postMessage(message)
  }
}

function fileOf(folder: string): string {
  return join(folder, 'index.sqlite')
}

/** Changes whenever a record was written. */
function stateOf(folder: string): string {
  const newest = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .at(-1)
  return newest === undefined ? '' : `${newest} ${statSync(join(folder, newest)).size}`
}

/** A code, or a name: the text of a database's error may quote what it was given. */
function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code !== undefined) return String(code)
  return error instanceof Error ? (DAMAGED.exec(error.message)?.[0] ?? error.name) : 'unknown'
}

if (parentPort !== null) new LogReaderThread(parentPort, workerData as ReaderOptions).run()
