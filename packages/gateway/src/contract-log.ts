import { z } from 'zod'
import { eventTypeSchema, securityEventSchema, severitySchema } from './contract-events.ts'

/**
 * The security log: GET /admin/api/log/search, /tail, /export, /verify and /anchor. Unlike `/admin/api/events`, which has
 * what a process holds in memory, this is what is on disk. All are 404 while the log is off.
 */

/** Records the log writes about itself. */
export const logRecordTypeSchema = z.enum([
  'log-start',
  'log-head',
  'log-recovery',
  'log-retention',
  'log-gap',
  'log-erasure',
])

const name = z.string().min(1).max(200)
const time = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString())
const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
/** `type=a,b` and `type=a&type=b` are the same. */
const listOf = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .max(1_000)
    .transform((value) => value.split(',').filter((each) => each !== ''))
    .pipe(z.array(item).min(1))

const filterFields = {
  /** ISO 8601: events from `from` (inclusive) to `to` (exclusive). */
  from: time.optional(),
  to: time.optional(),
  type: listOf(z.union([eventTypeSchema, logRecordTypeSchema])).optional(),
  severity: listOf(severitySchema).optional(),
  /** `guard/code`, or a guard alone for all its codes. */
  rule: name.optional(),
  /** Id of a key. */
  key: name.optional(),
  /** Request id: the whole trail of one decision. */
  request: name.optional(),
  /** A person, as events name them. */
  user: name.optional(),
  /** Also what the log records about itself. */
  own: flag.optional(),
}

/** Query of `/search`. `cursor` is the `nextCursor` of the page before, with the same order and filters. */
export const logSearchQuerySchema = z.strictObject({
  ...filterFields,
  order: z.enum(['newest', 'oldest']).default('newest'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: seq.optional(),
})

/**
 * Query of `/tail`: server-sent events named `log-entry`, each with `id:` (the record's number) and `data:` (an entry). The
 * newest `lines` come first, or, with `after` or `Last-Event-ID`, all behind that record.
 */
export const logTailQuerySchema = z.strictObject({
  ...filterFields,
  lines: z.coerce.number().int().min(0).max(500).default(20),
  after: seq.optional(),
})

export const LOG_ENTRY_EVENT = 'log-entry'

/** Query of `/export`: all that matches, oldest first, one JSON object a line. Each export is an event of its own. */
export const logExportQuerySchema = z.strictObject({
  ...filterFields,
  format: z.enum(['jsonl', 'ocsf']).default('jsonl'),
})

/**
 * Query of `/verify`. `anchor`: heads that were kept elsewhere, one JSON object a line. With `progress` the answer is
 * server-sent events: `progress` with `{bytes, totalBytes}` as it goes, then `report`.
 */
export const logVerifyQuerySchema = z.strictObject({
  anchor: z.string().max(20_000).optional(),
  progress: flag.optional(),
})

/** An event as it stands in the log. Fields of the log's own records are kept as they are. */
export const logEventSchema = securityEventSchema.partial({ id: true, time: true, severity: true }).extend({
  type: z.union([eventTypeSchema, logRecordTypeSchema, z.literal('unknown')]),
  /** When the last of `count` events happened. */
  until: z.string().optional(),
})

export const logEntrySchema = z.object({
  /** Number of the record. */
  seq: z.int().min(1),
  /** When it was written; the event says when it happened. */
  time: z.iso.datetime(),
  /** Hex SHA-256 of the record, which the next record names. */
  hash: z.string(),
  event: logEventSchema,
})

export const logPageSchema = z.object({ entries: z.array(logEntrySchema), nextCursor: z.string().optional() })

export const logReportSchema = z.object({
  /** No problem was found. What could not be known stands in `unknown`. */
  isIntact: z.boolean(),
  log: z.string().optional(),
  records: z.int().min(0),
  segments: z.int().min(0),
  bytes: z.int().min(0),
  firstSeq: z.int().min(0),
  lastSeq: z.int().min(0),
  /** The newest record a valid signed head covers. */
  signedThrough: z.int().min(0),
  /** The newest record an anchor of the caller covers; 0 without one. */
  anchoredThrough: z.int().min(0),
  retired: z.int().min(0),
  recoveries: z.int().min(0),
  lostEvents: z.int().min(0),
  problems: z.array(
    z.object({ code: z.string(), message: z.string(), segment: z.string().optional(), seq: z.number().optional() }),
  ),
  unknown: z.array(z.string()),
})

export const logProgressSchema = z.object({ bytes: z.number().min(0), totalBytes: z.number().min(0) })

/** The newest signed head: keep it where nobody who can write the log can change it. */
export const logAnchorSchema = z.object({
  publicKey: z.string(),
  signature: z.string(),
  statement: z.object({
    kind: z.literal('head'),
    log: z.string(),
    seq: z.int().min(0),
    hash: z.string(),
    time: z.iso.datetime(),
    key: z.string(),
    closed: z.literal(true).optional(),
  }),
})

export type LogSearchQuery = z.input<typeof logSearchQuerySchema>
export type LogPage = z.infer<typeof logPageSchema>
export type LogEntry = z.infer<typeof logEntrySchema>
export type LogReport = z.infer<typeof logReportSchema>
export type LogProgress = z.infer<typeof logProgressSchema>
export type LogAnchor = z.infer<typeof logAnchorSchema>
