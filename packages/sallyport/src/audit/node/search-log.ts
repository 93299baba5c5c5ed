import { readdirSync, statSync } from 'node:fs'
import type { AuditEvent } from '../audit-event.ts'
import { readLines } from './read-lines.ts'
import { readRecord } from './record-line.ts'
import { blocksOf } from './segment-index.ts'
import { listSegments } from './segments.ts'
import { SubjectKeys } from './subject-keys.ts'
import type { SealedSubject } from './subject-keys.ts'

/** A record as people read it: the event, and where it stands in the log. */
export interface LogEntry {
  readonly seq: number
  /** When it was written. */
  readonly time: string
  readonly hash: string
  /** A person's name stands in it as text, or as `(erased)`. Types beginning with `log-` are the log's own. */
  readonly event: Omit<AuditEvent, 'type'> & { readonly type: string }
}

export interface LogFilter {
  /** ISO times: events from `from` (inclusive) to `to` (exclusive). */
  readonly from?: string
  readonly to?: string
  readonly types?: readonly string[]
  readonly keyId?: string
  readonly requestId?: string
  readonly user?: string
  readonly severity?: readonly string[]
  /** Records the log writes about itself. Default false. */
  readonly includeOwn?: boolean
  /** At most this many. Default: all. */
  readonly limit?: number
}

/**
 * The entries that match, oldest first, one segment after the other with memory for one block. Lines that are no records
 * are left out: `verifyLog` is what finds damage.
 */
export function* searchLog(folder: string, filter: LogFilter = {}): Generator<LogEntry> {
  const subjects = new SubjectKeys(folder)
  const subject = filter.user === undefined ? undefined : subjects.find(filter.user)
  if (filter.user !== undefined && subject === undefined) return
  const needles = needlesOf(filter, subject)
  let left = filter.limit ?? Number.POSITIVE_INFINITY
  for (const segment of listSegments({ list: readdirSync }, folder)) {
    for (const block of blocksOf(segment.path, filter)) {
      for (const { bytes, isWhole, offset } of readLines(segment.path, block.offset)) {
        if (offset >= block.end) break
        if (!isWhole || !needles.every((needle) => bytes.includes(needle))) continue
        const entry = readEntry(bytes, subjects)
        if (entry === undefined || !matches(entry, filter)) continue
        yield entry
        if (--left <= 0) return
      }
    }
  }
}

/** Bytes from the end of a segment that a tail looks at first. */
const TAIL_BYTES = 1 << 18

/** The newest entries, oldest of them first. */
export function tailLog(folder: string, count: number, filter: Omit<LogFilter, 'limit'> = {}): LogEntry[] {
  const subjects = new SubjectKeys(folder)
  let entries: LogEntry[] = []
  for (const segment of listSegments({ list: readdirSync }, folder).reverse()) {
    entries = [...segmentTail(segment.path, count - entries.length, filter, subjects), ...entries]
    if (entries.length >= count) break
  }
  return entries
}

/** Looks at ever more of the end of a segment until there is enough. */
function segmentTail(path: string, count: number, filter: LogFilter, subjects: SubjectKeys): LogEntry[] {
  const { size } = statSync(path)
  for (let bytes = TAIL_BYTES; ; bytes *= 8) {
    const entries: LogEntry[] = []
    // The first line may be cut and is no record then.
    for (const line of readLines(path, Math.max(0, size - bytes))) {
      const entry = line.isWhole ? readEntry(line.bytes, subjects) : undefined
      if (entry !== undefined && matches(entry, filter)) entries.push(entry)
    }
    if (entries.length >= count || bytes >= size) return entries.slice(-count)
  }
}

/** Reads one line of a log. */
export function readEntry(bytes: Buffer, subjects: Pick<SubjectKeys, 'open'>): LogEntry | undefined {
  const record = readRecord(bytes)
  if (record === undefined) return undefined
  try {
    const event = JSON.parse(record.event) as LogEntry['event']
    return { seq: record.seq, time: record.time, hash: record.hash, event: named(event, subjects) }
  } catch {
    return undefined
  }
}

function named(event: LogEntry['event'], subjects: Pick<SubjectKeys, 'open'>): LogEntry['event'] {
  const user: unknown = event.actor?.user
  if (!isSealed(user)) return event
  return { ...event, actor: { ...event.actor, user: subjects.open(user) ?? '(erased)' } }
}

function isSealed(value: unknown): value is SealedSubject {
  return typeof value === 'object' && value !== null && 'sealed' in value && 'subject' in value
}

// Most lines of a segment do not match: looking for bytes is far cheaper than parsing.
function needlesOf({ requestId, keyId, types }: LogFilter, subject: string | undefined): Buffer[] {
  const texts = [requestId, keyId, subject, types?.length === 1 ? types[0] : undefined]
  return texts.flatMap((text) => (text === undefined ? [] : [Buffer.from(JSON.stringify(text))]))
}

function matches({ event, time }: LogEntry, filter: LogFilter): boolean {
  if (event.type.startsWith('log-') && filter.includeOwn !== true && filter.types === undefined) return false
  if (filter.types !== undefined && !filter.types.includes(event.type)) return false
  const at = event.time ?? time
  if (filter.from !== undefined && at < filter.from) return false
  if (filter.to !== undefined && at >= filter.to) return false
  if (filter.keyId !== undefined && event.actor?.keyId !== filter.keyId) return false
  if (filter.requestId !== undefined && event.requestId !== filter.requestId) return false
  if (filter.user !== undefined && event.actor?.user !== filter.user) return false
  return filter.severity === undefined || filter.severity.includes(event.severity)
}
