import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteIndex } from '@sallyport/gateway'
import {
  type Anchor,
  AuditLogError,
  catchUp,
  endOfLog,
  EVENT_CATALOGUE,
  followLog,
  type LogEntry,
  type LogFilter,
  type LogIndex,
  ocsfEvent,
  lockFolder,
  openAuditLog,
  parsePublicKey,
  readAnchor,
  readAnchors,
  searchIndexed,
  searchLog,
  tailLog,
  verifyLog,
} from 'sallyport/audit'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Terminal } from '../terminal.ts'
import { LineWriter } from '../write-lines.ts'
import { describeEntry, describeReport, progressOf } from './describe-log.ts'

export interface LogOptions {
  readonly data?: string
  readonly log?: string
  readonly json?: boolean
  /** Say on standard error how far it is. Default: for a person at a terminal. */
  readonly progress?: boolean
}

export interface VerifyLogOptions extends LogOptions {
  readonly anchor?: string
  readonly publicKey?: string
}

export interface SearchLogOptions extends LogOptions {
  readonly from?: string
  readonly to?: string
  readonly type?: readonly string[]
  readonly key?: string
  readonly request?: string
  readonly user?: string
  readonly severity?: readonly string[]
  readonly rule?: string
  readonly own?: boolean
  readonly limit?: number
  /** Read the log itself, whatever an index says. */
  readonly scan?: boolean
}

export interface ExportLogOptions extends SearchLogOptions {
  readonly format: 'jsonl' | 'ocsf'
}

export interface TailLogOptions extends SearchLogOptions {
  readonly lines: number
  /** Go on with what is written from now on. */
  readonly follow?: boolean
}

/** `sallyport log verify`: 0 when nothing is wrong, 1 when something is. */
export async function verifyCommand(options: VerifyLogOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = logFolder(options, terminal)
  const anchors = options.anchor === undefined ? [] : anchorsOf(options.anchor)
  const publicKey = options.publicKey === undefined ? undefined : publicKeyOf(options.publicKey)
  const report = verifyLog(folder, {
    anchors,
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(showsProgress(options, terminal) && { onProgress: progressOf(folder, terminal) }),
  })
  terminal.out.write(options.json ? `${JSON.stringify(report)}\n` : describeReport(report))
  return report.isIntact ? EXIT.done : EXIT.failed
}

/** `sallyport log anchor`: the newest signed head, one line of JSON to keep elsewhere. */
export async function anchorCommand(options: LogOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = logFolder(options, terminal)
  try {
    terminal.out.write(`${JSON.stringify(readAnchor(folder))}\n`)
  } catch (cause) {
    throw asUsage(cause)
  }
  return EXIT.done
}

/** `sallyport log search`: matching entries, oldest first. */
export async function searchCommand(options: SearchLogOptions, terminal: Terminal): Promise<ExitCode> {
  await writeEntries(found(options, terminal), options, terminal)
  return EXIT.done
}

/** `sallyport log tail`: the newest entries, with `--follow` also those to come (`--limit` ends it). */
export async function tailCommand(options: TailLogOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = logFolder(options, terminal)
  const { limit, ...filter } = filterOf(options)
  const from = endOfLog(folder)
  const newest = tailLog(folder, options.lines, filter)
  await writeEntries(newest, options, terminal)
  if (!options.follow) return EXIT.done
  const afterSeq = newest.at(-1)?.seq
  const wanted = {
    ...filter,
    ...(limit === undefined ? {} : { limit }),
    ...(afterSeq === undefined ? {} : { afterSeq }),
  }
  for await (const entry of followLog(folder, wanted, { from })) await writeEntries([entry], options, terminal)
  return EXIT.done
}

/** `sallyport log export`: matching entries for another system. */
export async function exportCommand(options: ExportLogOptions, terminal: Terminal): Promise<ExitCode> {
  const writer = new LineWriter(terminal.out)
  for await (const entry of found(options, terminal)) {
    const value = options.format === 'ocsf' ? ocsfEvent(entry) : entry
    if (value !== undefined) await writer.write(value)
  }
  await writer.flush()
  return EXIT.done
}

/** `sallyport log erase`: makes a person's name unreadable in all records; the chain stays provable. */
export async function eraseCommand(user: string, options: LogOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = logFolder(options, terminal)
  try {
    const log = await openAuditLog({ folder })
    try {
      if (!(await log.erase(user))) throw new UsageError('The log has no such person, or they were erased already.')
    } finally {
      await log.close()
    }
  } catch (cause) {
    throw asUsage(cause)
  }
  terminal.err.write(
    'Erased: the name can no longer be read in any record. Copies of subjects.keys in backups still can.\n',
  )
  return EXIT.done
}

/** `sallyport log index`: brings the index of a log up to date, for a log that no gateway writes just now. */
export async function indexCommand(options: LogOptions, terminal: Terminal): Promise<ExitCode> {
  const folder = logFolder(options, terminal)
  let lock
  try {
    lock = lockFolder(folder)
  } catch (cause) {
    if (!(cause instanceof AuditLogError)) throw cause
    throw new UsageError(`${cause.message} A gateway keeps the index of its log up to date itself.`, { cause })
  }
  try {
    const index = openSqliteIndex(indexFile(folder))
    const told = showsProgress(options, terminal) ? progressOf(folder, terminal) : undefined
    const added = await catchUp(folder, index, { onProgress: ({ bytes }) => told?.(bytes) })
    await index.close()
    terminal.err.write(`${added} records added to the index.\n`)
  } finally {
    lock.release()
  }
  return EXIT.done
}

function indexFile(folder: string): string {
  return join(folder, 'index.sqlite')
}

/** What matches, oldest first: by the index, where there is one, else by reading. The answer is the same. */
async function* found(options: SearchLogOptions, terminal: Terminal): AsyncGenerator<LogEntry> {
  const folder = logFolder(options, terminal)
  const filter = filterOf(options)
  const index = options.scan === true ? undefined : openIndex(folder)
  if (index === undefined) yield* searchLog(folder, filter)
  else {
    try {
      yield* searchIndexed(folder, index, filter)
    } finally {
      await index.close()
    }
  }
}

function openIndex(folder: string): LogIndex | undefined {
  try {
    return openSqliteIndex(indexFile(folder), { readOnly: true })
  } catch {
    // There is none, or it is being made: reading takes longer.
    return undefined
  }
}

function logFolder({ data, log }: LogOptions, { env }: Terminal): string {
  const folder = log ?? join(data ?? (env['SALLYPORT_DATA'] || './data'), 'audit')
  if (existsSync(folder)) return folder
  throw new UsageError(`There is no log in ${folder}. Name the data folder with --data, or the log with --log.`)
}

function anchorsOf(file: string): readonly Anchor[] {
  const anchors = readAnchors(readText(file))
  if (anchors === undefined || anchors.length === 0)
    throw new UsageError(`${file} holds no anchor: it must be what "sallyport log anchor" printed.`)
  return anchors
}

function publicKeyOf(file: string): string {
  try {
    return parsePublicKey(readText(file))
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${file} holds no public key in PEM form.`, { cause })
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}.`, {
      cause,
    })
  }
}

function filterOf(options: SearchLogOptions): LogFilter {
  const { type: types, key: keyId, request: requestId, user, severity, rule, limit } = options
  const unknown = types?.find((type) => !Object.hasOwn(EVENT_CATALOGUE, type) && !type.startsWith('log-'))
  if (unknown !== undefined)
    throw new UsageError(`There is no event type ${unknown}. Known: ${Object.keys(EVENT_CATALOGUE).join(', ')}.`)
  return {
    ...(options.from === undefined ? {} : { from: timeOf(options.from, '--from') }),
    ...(options.to === undefined ? {} : { to: timeOf(options.to, '--to') }),
    ...(types === undefined ? {} : { types }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(user === undefined ? {} : { user }),
    ...(severity === undefined ? {} : { severity }),
    ...(rule === undefined ? {} : { rule }),
    ...(limit === undefined ? {} : { limit }),
    ...(options.own && { includeOwn: true }),
  }
}

const AGO = /^(\d+)([smhd])$/
const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `2026-11-22`, `2026-11-22T10:00:00Z`, or how long ago: `15m`, `24h`, `7d`. */
function timeOf(value: string, option: string): string {
  const [, amount = '', unit = ''] = AGO.exec(value) ?? []
  const unitMs = UNIT_MS[unit]
  const time = unitMs === undefined ? Date.parse(value) : Date.now() - Number(amount) * unitMs
  if (Number.isNaN(time))
    throw new UsageError(`${option} takes a time such as 2026-01-31, 2026-01-31T10:00:00Z or 24h.`)
  return new Date(time).toISOString()
}

async function writeEntries(
  entries: Iterable<LogEntry> | AsyncIterable<LogEntry>,
  options: LogOptions,
  { out }: Terminal,
): Promise<void> {
  const writer = new LineWriter(out)
  for await (const entry of entries) await (options.json ? writer.write(entry) : writer.writeText(describeEntry(entry)))
  await writer.flush()
}

/** A person at a terminal is told; a script only when it asks. */
function showsProgress({ progress, json }: LogOptions, { isInteractive }: Terminal): boolean {
  return progress ?? (isInteractive && !json)
}

function asUsage(cause: unknown): unknown {
  return cause instanceof AuditLogError ? new UsageError(cause.message, { cause }) : cause
}
