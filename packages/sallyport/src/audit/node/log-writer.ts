import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { cleanEvent } from '../audit-event.ts'
import type { AuditEvent } from '../audit-event.ts'
import { canonicalJson } from '../../guard/canonical-json.ts'
import type { JsonValue } from '../../guard/canonical-json.ts'
import { nodeFiles, replaceFile } from './file-layer.ts'
import type { AppendFile, FileLayer } from './file-layer.ts'
import { writeRecord } from './record-line.ts'
import type { ChainState } from './record-line.ts'
import { recoverTail } from './recover-tail.ts'
import type { Tail } from './recover-tail.ts'
import { removeOldSegments } from './retention.ts'
import { indexPath, SegmentIndex } from './segment-index.ts'
import { segmentPath } from './segments.ts'
import { loadSigningKey } from './signing-key.ts'
import type { Signed, SigningKey } from './signing-key.ts'
import type { Anchor, HeadStatement, LogRecord } from './statements.ts'
import { SubjectKeys } from './subject-keys.ts'

export interface LogWriterOptions {
  readonly folder: string
  /** Bytes after which the next segment begins. Default 64 MiB. */
  readonly segmentBytes?: number
  /** Records after which a head is signed. Default 10,000. */
  readonly headEvery?: number
  /** Days (UTC) that segments are kept. Default: for ever. */
  readonly retentionDays?: number
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  readonly files?: FileLayer
}

interface EventLine {
  readonly type: string
  /** When it happened, if not now. */
  readonly time?: string
  readonly json: string
}

/**
 * Writes the chain: everything here is synchronous and belongs on a thread of its own. One writer a folder; the caller
 * holds the lock. A `commit` that throws has changed nothing and may be tried again.
 */
export class LogWriter {
  readonly log: string
  readonly #options: LogWriterOptions
  readonly #files: FileLayer
  readonly #key: SigningKey
  readonly #subjects: SubjectKeys
  readonly #now: () => number
  #state: ChainState
  #segment: { readonly path: string; readonly day: string; size: number }
  #file: AppendFile | undefined
  /** The file may end in something that is not committed. */
  #isDirty = false
  /** Of the segment being written; undefined when it was begun by an earlier process. */
  #index: SegmentIndex | undefined
  #sinceHead = 0
  #head: Anchor | undefined

  /** Opens the log of a folder, makes it if there is none, mends what a crash left behind. */
  constructor(options: LogWriterOptions) {
    const { folder, files = nodeFiles, now = Date.now } = options
    this.#options = options
    this.#files = files
    this.#now = now
    files.makeFolder(folder)
    const tail = recoverTail(files, folder)
    const isNew = tail.state.seq === 0
    this.#key = loadSigningKey(files, folder, isNew)
    this.#subjects = new SubjectKeys(folder, files)
    this.log = tail.log ?? randomBytes(12).toString('base64url')
    this.#state = tail.state
    this.#segment = tail.segment ?? { path: segmentPath(folder, tail.state.seq + 1), day: '', size: 0 }
    if (isNew) this.#commit([{ type: 'log-start', format: 1, log: this.log, key: this.#key.publicKey }])
    if (tail.torn !== undefined) this.#commit([this.#recovery(tail, tail.torn)])
    this.head()
  }

  /** The record that was made safe last. */
  get state(): ChainState {
    return this.#state
  }

  /** Writes events and returns when they survive a loss of power. */
  commit(events: readonly AuditEvent[]): void {
    this.#commitLines(events.map((event) => eventLine(this.#seal(cleanEvent(event)))))
    if (this.#sinceHead < (this.#options.headEvery ?? 10_000)) return
    try {
      this.head()
    } catch {
      // The events are safe, so they must not be written again; the next head says what this one would have.
    }
  }

  /** Records that events were lost. */
  commitGap(gap: {
    readonly count: number
    readonly from: string
    readonly to: string
    readonly reason: string
  }): void {
    this.#commit([{ type: 'log-gap', ...gap }])
  }

  /** Signs where the chain stands, unless the last head says so already. */
  head(isClosing = false): Anchor {
    const isNewer = this.#head?.statement.seq !== this.#state.seq
    if (this.#head !== undefined && !isNewer && !isClosing) return this.#head
    if (isNewer) this.#commit([{ type: 'log-head', ...this.#signHead() }])
    const head = { ...this.#signHead(isClosing), publicKey: this.#key.publicKey }
    replaceFile(
      this.#files,
      join(this.#options.folder, 'head.json'),
      `${canonicalJson(head as unknown as JsonValue)}\n`,
    )
    this.#head = head
    this.#sinceHead = 0
    return head
  }

  /**
   * Makes a person's name unreadable in all records. False when the log has no such person. The record comes first: an
   * erasure that fails after it can be asked for again, and until then `verifyLog` says that it is not finished.
   */
  erase(user: string): boolean {
    const subject = this.#subjects.find(user)
    if (subject === undefined) return false
    this.#commit([{ type: 'log-erasure', subject }])
    this.#subjects.erase(user)
    return true
  }

  /** Removes segments that are older than the retention allows; the chain of the rest stays provable. */
  retain(): number {
    const { folder, retentionDays } = this.#options
    if (retentionDays === undefined) return 0
    return removeOldSegments({
      files: this.#files,
      folder,
      before: new Date(this.#now() - retentionDays * 86_400_000).toISOString(),
      announce: (removed) => {
        const statement = {
          kind: 'retention' as const,
          log: this.log,
          ...removed,
          time: this.#time(),
          key: this.#key.id,
        }
        this.#commit([{ type: 'log-retention', ...this.#key.sign(statement) }])
        this.head()
      },
    })
  }

  close(): void {
    this.head(true)
    this.#file?.close()
    this.#file = undefined
    this.#subjects.close()
  }

  #commit(records: readonly LogRecord[]): void {
    this.#commitLines(
      records.map((record) => ({ type: record.type, json: canonicalJson(record as unknown as JsonValue) })),
    )
  }

  #commitLines(events: readonly EventLine[]): void {
    if (events.length === 0) return
    const time = this.#time()
    this.#rotate(time)
    let state = this.#state
    const lines: string[] = []
    for (const event of events) {
      const record = writeRecord(state, event.json, time)
      lines.push(record.line)
      state = record.state
    }
    const bytes = Buffer.from(lines.join(''))
    this.#append(bytes)
    events.forEach((event, at) => this.#index?.add(event.type, event.time ?? time, Buffer.byteLength(lines[at] ?? '')))
    this.#segment.size += bytes.length
    this.#state = state
    this.#sinceHead += events.length
  }

  #append(bytes: Buffer): void {
    const isNew = this.#segment.size === 0 && this.#file === undefined
    try {
      this.#file ??= this.#files.open(this.#segment.path)
      if (this.#isDirty) this.#file.truncate(this.#segment.size)
      this.#isDirty = true
      // First, so that no record that survives a crash names a person whose key did not.
      this.#subjects.sync()
      this.#file.write(bytes)
      this.#file.sync()
      if (isNew) this.#files.syncFolder(this.#options.folder)
      this.#isDirty = false
    } catch (error) {
      // After a failed sync the kernel may call lost pages clean, so the bytes are cut off and written anew.
      this.#abandon()
      throw error
    }
  }

  #abandon(): void {
    const file = this.#file
    this.#file = undefined
    try {
      file?.truncate(this.#segment.size)
    } catch {
      // The next attempt cuts them off.
    }
    try {
      file?.close()
    } catch {
      // Nothing is lost with it.
    }
  }

  /** A segment ends when it is large enough or its day (UTC) is over. */
  #rotate(time: string): void {
    const day = time.slice(0, 10)
    const { size } = this.#segment
    if (size > 0 && size < (this.#options.segmentBytes ?? 64 * 1024 * 1024) && this.#segment.day === day) return
    if (size === 0 && this.#segment.day === day) return
    if (this.#isDirty) {
      this.#file ??= this.#files.open(this.#segment.path)
      this.#file.truncate(size)
      this.#isDirty = false
    }
    this.#file?.close()
    this.#file = undefined
    this.#writeIndex()
    this.#index = new SegmentIndex()
    this.#segment = { path: segmentPath(this.#options.folder, this.#state.seq + 1), day, size: 0 }
  }

  /** The index is for speed alone: when it cannot be written, searches read the whole segment. */
  #writeIndex(): void {
    if (this.#index === undefined || this.#segment.size === 0) return
    try {
      const index = this.#key.sign(this.#index.finish(this.#segment.path))
      replaceFile(this.#files, indexPath(this.#segment.path), `${JSON.stringify(index)}\n`)
    } catch {
      // Said above.
    }
  }

  #signHead(isClosing = false): Signed<HeadStatement> {
    const { seq, hash } = this.#state
    const statement: HeadStatement = { kind: 'head', log: this.log, seq, hash, time: this.#time(), key: this.#key.id }
    return this.#key.sign(isClosing ? { ...statement, closed: true } : statement)
  }

  #recovery(tail: Tail, torn: NonNullable<Tail['torn']>): LogRecord {
    const { seq, hash } = tail.state
    const common = { log: this.log, seq, hash, time: this.#time(), key: this.#key.id }
    return { type: 'log-recovery', ...this.#key.sign({ kind: 'recovery' as const, ...common, ...torn }) }
  }

  #seal(event: Record<string, JsonValue>): Record<string, JsonValue> {
    const actor = event['actor'] as Record<string, JsonValue> | undefined
    const user = actor?.['user']
    if (typeof user !== 'string') return event
    const { sealed, subject } = this.#subjects.seal(user)
    // In canonical order, as everything of a record.
    return { ...event, actor: { ...actor, user: { sealed, subject } } }
  }

  #time(): string {
    return new Date(this.#now()).toISOString()
  }
}

/** A cleaned event has its members in canonical order, and `JSON.stringify` writes the rest as RFC 8785 asks. */
function eventLine(event: Readonly<Record<string, JsonValue>>): EventLine {
  const { time } = event
  const json = JSON.stringify(event)
  return typeof time === 'string' ? { type: String(event['type']), time, json } : { type: String(event['type']), json }
}
