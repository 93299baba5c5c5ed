import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { AuditLogError } from './audit-log-error.ts'
import { replaceFile } from './file-layer.ts'
import type { FileLayer } from './file-layer.ts'
import { CHAIN_START, readRecord } from './record-line.ts'
import type { ChainState, RecordLine } from './record-line.ts'
import { listSegments } from './segments.ts'
import type { Segment } from './segments.ts'
import type { Anchor, LogRecord } from './statements.ts'

/** Where a log that was opened goes on. */
export interface Tail {
  readonly state: ChainState
  readonly log?: string
  readonly segment?: { readonly path: string; readonly day: string; size: number }
  /** What stood behind the last whole record. */
  readonly torn?: { readonly bytes: number; readonly digest: string; readonly missing: number }
}

const LINE_FEED = 0x0a

/**
 * Finds the last whole record. Bytes behind it (a write that a crash cut off, or damage) are moved into a file of their
 * own, `….torn`, so that the chain can go on and nothing is destroyed.
 */
export function recoverTail(files: FileLayer, folder: string): Tail {
  const segments = listSegments(files, folder)
  const head = readHead(files, folder)
  const torn: Buffer[] = []
  for (let at = segments.length - 1; at >= 0; at--) {
    const segment = segments[at]
    if (segment === undefined) break
    const content = files.read(segment.path) ?? Buffer.alloc(0)
    const { end, last, first } = wholeRecords(content, segment)
    if (end < content.length) torn.unshift(setAside(files, folder, segment, content, end))
    if (last === undefined) {
      files.remove(segment.path)
      files.syncFolder(folder)
      continue
    }
    const log = logId(files, segments, head, first)
    const missing = Math.max(0, (head?.statement.seq ?? 0) - last.seq)
    return {
      state: { seq: last.seq, hash: last.hash },
      ...(log === undefined ? {} : { log }),
      segment: { path: segment.path, day: last.time.slice(0, 10), size: end },
      ...describeTorn(torn, missing),
    }
  }
  if (head !== undefined) {
    throw new AuditLogError(
      'damaged',
      `The log in ${folder} is gone, but a signed head says that it had ${head.statement.seq} records. Restore it from a backup, or move the folder away to begin a new log.`,
    )
  }
  return { state: CHAIN_START, ...describeTorn(torn, 0) }
}

/** The newest signed head beside the log; its signature is not checked here. */
export function readHead(files: Pick<FileLayer, 'read'>, folder: string): Anchor | undefined {
  return parseHead(files.read(join(folder, 'head.json')))
}

export function parseHead(content: Buffer | undefined): Anchor | undefined {
  if (content === undefined) return undefined
  try {
    const head = JSON.parse(content.toString('utf8')) as Partial<Anchor>
    return typeof head.statement?.seq === 'number' ? (head as Anchor) : undefined
  } catch {
    return undefined
  }
}

function wholeRecords(content: Buffer, segment: Segment) {
  let end = 0
  let first: RecordLine | undefined
  let last: RecordLine | undefined
  for (let stop = content.indexOf(LINE_FEED); stop >= 0; stop = content.indexOf(LINE_FEED, end)) {
    const record = readRecord(content.subarray(end, stop))
    if (record === undefined || !record.isIntact) break
    if (
      last === undefined ? record.seq !== segment.firstSeq : record.seq !== last.seq + 1 || record.prev !== last.hash
    ) {
      break
    }
    first ??= record
    last = record
    end = stop + 1
  }
  return { end, first, last }
}

/** Keeps the bytes elsewhere before they are cut off, so that a crash in between loses nothing. */
function setAside(files: FileLayer, folder: string, segment: Segment, content: Buffer, end: number): Buffer {
  const bytes = content.subarray(end)
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  replaceFile(files, join(folder, `${segment.name}.${digest}.torn`), bytes)
  const file = files.open(segment.path)
  try {
    file.truncate(end)
    file.sync()
  } finally {
    file.close()
  }
  return bytes
}

function describeTorn(torn: readonly Buffer[], missing: number): Pick<Tail, 'torn'> {
  if (torn.length === 0 && missing === 0) return {}
  const bytes = Buffer.concat(torn)
  return { torn: { bytes: bytes.length, digest: createHash('sha256').update(bytes).digest('hex'), missing } }
}

function logId(
  files: FileLayer,
  segments: readonly Segment[],
  head: Anchor | undefined,
  first: RecordLine | undefined,
): string | undefined {
  if (head !== undefined) return head.statement.log
  const oldest = segments[0]
  const start = first?.seq === 1 ? first : oldest === undefined ? undefined : firstRecord(files, oldest)
  const event = start === undefined ? undefined : (JSON.parse(start.event) as LogRecord)
  return event?.type === 'log-start' ? event.log : undefined
}

function firstRecord(files: FileLayer, segment: Segment): RecordLine | undefined {
  const content = files.read(segment.path) ?? Buffer.alloc(0)
  return readRecord(content.subarray(0, Math.max(0, content.indexOf(LINE_FEED))))
}
