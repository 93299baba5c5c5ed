import { guardOf } from '../log-filter.ts'
import type { IndexedColumn, IndexRow } from './log-index.ts'

const KNOWN_TEXTS = 10_000
const known = new Map<string, number>()

/**
 * 48 bits for what is different in nearly every record, 32 for what repeats. Two texts with one digest cost a look at a
 * record that does not match, nothing else.
 */
export function digestOf(column: IndexedColumn, text: string): number {
  if (column === 'request' || column === 'subject') return wide(text)
  const cached = known.get(text)
  if (cached !== undefined) return cached
  const digest = narrow(text, 0x811c9dc5)
  // Names of rules, keys and types are few; a log that says otherwise must not fill the memory.
  if (known.size < KNOWN_TEXTS) known.set(text, digest)
  return digest
}

function wide(text: string): number {
  return (narrow(text, 0x811c9dc5) >>> 8) * 2 ** 24 + (narrow(text, 0x2f0b4a27) >>> 8)
}

// FNV-1a over UTF-16 code units, with a last mix so that the high bits depend on all of them.
function narrow(text: string, seed: number): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** What an index needs of an event, as it stands in the log. */
interface StoredEvent {
  readonly type?: unknown
  readonly severity?: unknown
  readonly rule?: unknown
  readonly requestId?: unknown
  readonly time?: unknown
  readonly actor?: { readonly keyId?: unknown; readonly user?: { readonly subject?: unknown } | string | null } | null
}

/** @throws SyntaxError when the event is no JSON. */
export function indexRow(
  record: { readonly seq: number; readonly time: string; readonly event: string },
  where: { readonly segment: number; readonly place: number; readonly size: number },
): IndexRow {
  const event = JSON.parse(record.event) as StoredEvent
  const { user } = event.actor ?? {}
  const subject = typeof user === 'object' ? user?.subject : undefined
  const rule = typeof event.rule === 'string' ? event.rule : undefined
  return {
    seq: record.seq,
    at: millisecondsOf(typeof event.time === 'string' ? event.time : record.time) ?? null,
    isOwn: typeof event.type === 'string' && event.type.startsWith('log-'),
    segment: where.segment,
    place: where.place,
    size: where.size,
    request: digest('request', event.requestId),
    subject: digest('subject', subject),
    rule: digest('rule', rule),
    key: digest('key', event.actor?.keyId),
    guard: digest('guard', rule === undefined ? undefined : guardOf(rule)),
    type: digest('type', event.type),
    severity: digest('severity', event.severity),
  }
}

function digest(column: IndexedColumn, value: unknown): number | null {
  return typeof value === 'string' ? digestOf(column, value) : null
}

/** Of a time in the form we write; only in that form do texts sort like times. */
export function millisecondsOf(time: string): number | undefined {
  const at = Date.parse(time)
  return Number.isFinite(at) && new Date(at).toISOString() === time ? at : undefined
}
