import { readdirSync, statSync } from 'node:fs'
import { matches, needlesOf } from './log-filter.ts'
import type { LogEntry, LogFilter } from './log-filter.ts'
import { readLinesBack } from './read-lines-back.ts'
import { readLines } from './read-lines.ts'
import type { ByteLine } from './read-lines.ts'
import { parseRecord } from './record-line.ts'
import { blocksOf } from './segment-index.ts'
import { listSegments } from './segments.ts'
import type { Segment } from './segments.ts'
import { knownSubjects } from './known-subjects.ts'
import type { SealedSubject, SubjectKeys } from './subject-keys.ts'

/** A place between two records. */
export interface LogPlace {
  /** Number of the first record of the segment. */
  readonly segment: number
  /** Bytes from the beginning of the segment. */
  readonly offset: number
}

/**
 * The entries that match, oldest first, one segment after the other with memory for one block. Lines that are no records
 * are left out: `verifyLog` is what finds damage.
 *
 * @param from Where to begin reading; the caller knows what stands before. Default: the first segment.
 */
export function* searchLog(folder: string, filter: LogFilter = {}, from?: LogPlace): Generator<LogEntry> {
  const reader = readerOf(folder, filter)
  let left = filter.limit ?? Number.POSITIVE_INFINITY
  if (reader === undefined || left <= 0) return
  for (const segment of segmentsOf(folder, filter, from)) {
    for (const block of rangesOf(segment, filter, from)) {
      for (const line of readLines(segment.path, block.offset)) {
        if (line.offset >= block.end) break
        const entry = reader(line)
        if (entry === undefined) continue
        yield entry
        if (--left <= 0) return
      }
    }
  }
}

/** The same entries, newest first. */
export function* searchLogBack(folder: string, filter: LogFilter = {}, from?: LogPlace): Generator<LogEntry> {
  const reader = readerOf(folder, filter)
  let left = filter.limit ?? Number.POSITIVE_INFINITY
  if (reader === undefined || left <= 0) return
  for (const segment of segmentsOf(folder, filter, from).reverse()) {
    for (const block of rangesOf(segment, filter, from).reverse()) {
      for (const line of readLinesBack(segment.path, block.offset, block.end)) {
        const entry = reader(line)
        if (entry === undefined) continue
        yield entry
        if (--left <= 0) return
      }
    }
  }
}

/** The newest entries, oldest of them first. */
export function tailLog(folder: string, count: number, filter: Omit<LogFilter, 'limit'> = {}): LogEntry[] {
  return [...searchLogBack(folder, { ...filter, limit: count })].reverse()
}

/** Reads one line of a log. */
export function readEntry(bytes: Buffer, subjects: Pick<SubjectKeys, 'open'>): LogEntry | undefined {
  const record = parseRecord(bytes)
  if (record === undefined) return undefined
  try {
    const event = JSON.parse(record.event) as LogEntry['event']
    return { seq: record.seq, time: record.time, hash: record.hash, event: named(event, subjects) }
  } catch {
    return undefined
  }
}

/** Gives the entry of a line that matches; undefined when nothing can match. */
export function readerOf(folder: string, filter: LogFilter): ((line: ByteLine) => LogEntry | undefined) | undefined {
  const subjects = knownSubjects(folder)
  const subject = filter.user === undefined ? undefined : subjects.find(filter.user)
  if (filter.user !== undefined && subject === undefined) return undefined
  const needles = needlesOf(filter, subject)
  return ({ bytes, isWhole }) => {
    if (!isWhole || !needles.every((needle) => bytes.includes(needle))) return undefined
    const entry = readEntry(bytes, subjects)
    return entry !== undefined && matches(entry, filter) ? entry : undefined
  }
}

/** The segments that can hold records between `afterSeq` and `beforeSeq`. */
function segmentsOf(folder: string, { afterSeq = 0, beforeSeq }: LogFilter, from: LogPlace | undefined): Segment[] {
  return listSegments({ list: readdirSync }, folder).filter(({ firstSeq }, at, all) => {
    if (firstSeq < (from?.segment ?? 0) || (beforeSeq !== undefined && firstSeq >= beforeSeq)) return false
    const next = all[at + 1]?.firstSeq
    return next === undefined || next - 1 > afterSeq
  })
}

function rangesOf(segment: Segment, filter: LogFilter, from: LogPlace | undefined) {
  if (from?.segment === segment.firstSeq) return [{ offset: from.offset, end: statSync(segment.path).size }]
  return blocksOf(segment.path, filter)
}

function named(event: LogEntry['event'], subjects: Pick<SubjectKeys, 'open'>): LogEntry['event'] {
  const user: unknown = event.actor?.user
  if (!isSealed(user)) return event
  return { ...event, actor: { ...event.actor, user: subjects.open(user) ?? '(erased)' } }
}

function isSealed(value: unknown): value is SealedSubject {
  return typeof value === 'object' && value !== null && 'sealed' in value && 'subject' in value
}
