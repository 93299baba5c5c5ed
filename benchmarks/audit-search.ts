/**
 * Searching the security log: a time range with a filter over many events, by the index and by reading the log, in the
 * same run. The log is written by the real writer; the index is built from it.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/audit-search.ts [--events 200000] [--folder DIR] [--postgres URL]
 *     [--runs 20] [--json FILE]
 *
 * Ten million events take about 7 GB of disk and a quarter of an hour. `--folder` keeps the log and uses it again.
 *
 * Caveats: the events of the made-up month are spread evenly over it; the page cache of the system is warm after the
 * building, so "first" is the first run of a query in a new process of SQLite's own cache, not of a cold disk. Reading is
 * measured once for each query, over the whole range.
 */
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { AuditEvent, LogFilter, LogIndex } from 'sallyport/audit'
import { catchUp, openAuditLog, readAnchor, searchIndexed, searchLog } from 'sallyport/audit'
import { openPostgresIndex } from '../packages/gateway/src/audit-index/postgres-index.ts'
import { openSqliteIndex } from '../packages/gateway/src/audit-index/sqlite-index.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    runs: { type: 'string', default: '20' },
    folder: { type: 'string' },
    postgres: { type: 'string' },
    json: { type: 'string' },
  },
})

const MONTH_MS = 30 * 86_400_000
const START = Date.UTC(2026, 0, 1)
const TYPES = ['policy_violation', 'policy_violation', 'injection_attempt', 'rate_limit', 'tool-call'] as const
const SEVERITIES = ['info', 'low', 'medium', 'medium', 'high'] as const
const LIMIT = 100
const events = Number(values.events)
const runs = Number(values.runs)
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'sallyport-bench-'))

const day = (number: number): string => new Date(START + number * 86_400_000).toISOString()
const week = { from: day(10), to: day(17), limit: LIMIT }
const QUERIES: readonly (readonly [string, LogFilter])[] = [
  ['a week, one type', { ...week, types: ['injection_attempt'] }],
  ['a week, one key', { ...week, keyId: 'key_7' }],
  ['a week, one rule', { ...week, rule: 'guard-3/code-13' }],
  ['a week, severity critical (1 in 100,000)', { ...week, severity: ['critical'] }],
  ['a week, a type and a key', { ...week, types: ['rate_limit'], keyId: 'key_19' }],
  ['a week, a type and a rule that never meet', { ...week, types: ['tool-call'], rule: 'guard-0/code-0' }],
  ['the month, one person', { from: day(0), to: day(30), user: 'person-4242' }],
  ['one request, no range', { requestId: requestOf(Math.floor(events / 2)) }],
  ['a request that never was', { requestId: 'req_none' }],
]

try {
  const seconds: Record<string, number> = {}
  if (!existsSync(join(folder, 'head.json'))) seconds['writing'] = await timed(() => writeLog(events))
  const file = join(folder, 'index.sqlite')
  const index =
    values.postgres === undefined
      ? openSqliteIndex(file)
      : await openPostgresIndex({ url: values.postgres, schema: 'sallyport', log: readAnchor(folder).statement.log })
  let added = 0
  seconds['indexing'] = await timed(async () => {
    added = await catchUp(folder, index, { onProgress: ({ records }) => tell(`${records} records indexed`) })
  })
  const rows = []
  for (const [name, filter] of QUERIES) rows.push({ query: name, ...(await measure(index, filter)) })
  const report = {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    node: process.version,
    store: values.postgres === undefined ? 'SQLite' : 'PostgreSQL',
    events,
    indexed: added,
    seconds,
    indexMegabytes: values.postgres === undefined ? Math.round(statSync(file).size / 1e6) : undefined,
    limit: LIMIT,
    rows,
  }
  await index.close()
  console.table(rows)
  console.log(JSON.stringify({ ...report, rows: undefined }))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
} finally {
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })
}

async function measure(index: LogIndex, filter: LogFilter) {
  const times: number[] = []
  let found: number[] = []
  const processor = process.cpuUsage()
  for (let run = 0; run < runs; run++) {
    found = []
    const started = performance.now()
    for await (const { seq } of searchIndexed(folder, index, filter, { onIndexFault: fail })) found.push(seq)
    times.push(performance.now() - started)
  }
  const { user, system } = process.cpuUsage(processor)
  const started = performance.now()
  const read = [...searchLog(folder, filter)].map(({ seq }) => seq)
  const readMs = performance.now() - started
  const sorted = times.toSorted((a, b) => a - b)
  return {
    found: found.length,
    firstMs: round(times[0] ?? 0),
    medianMs: round(sorted[Math.floor(runs / 2)] ?? 0),
    maxMs: round(sorted.at(-1) ?? 0),
    // Of this process; unlike the rest it does not depend on what else the machine does.
    processorMs: round((user + system) / 1_000 / runs),
    readingMs: Math.round(readMs),
    isSame: JSON.stringify(read) === JSON.stringify(found),
  }
}

async function writeLog(count: number): Promise<void> {
  const log = await openAuditLog({ folder })
  let next = 0
  const writers = Array.from({ length: 5_000 }, async () => {
    while (next < count) {
      const number = next++
      if (number % 100_000 === 0) tell(`${number} events written`)
      await log.append(eventNumber(number, count))
    }
  })
  await Promise.all(writers)
  await log.close()
}

function eventNumber(number: number, count: number): AuditEvent {
  const mixed = mix(number)
  const guard = mixed % 10
  return {
    type: TYPES[mixed % TYPES.length] ?? 'tool-call',
    severity: number % 100_000 === 50_000 ? 'critical' : (SEVERITIES[(mixed >>> 8) % SEVERITIES.length] ?? 'info'),
    outcome: 'redact',
    id: `0mi0000-${number}`,
    time: new Date(START + Math.floor((number / count) * MONTH_MS)).toISOString(),
    requestId: requestOf(number),
    actor: { keyId: `key_${(mixed >>> 4) % 20}`, role: 'client', user: `person-${(mixed >>> 3) % 50_000}` },
    model: 'demo',
    stage: 'input',
    rule: `guard-${guard}/code-${guard + 10 * ((mixed >>> 12) % 10)}`,
    codes: ['code'],
    findings: [{ guard: 'pii', code: 'email', severity: 'medium', confidence: 0.9, start: 120, end: 141, length: 21 }],
    route: 'POST /v1/chat/completions',
  }
}

/** Looks random, is the same in every run. */
function mix(number: number): number {
  let value = Math.imul(number + 0x9e3779b9, 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

function requestOf(number: number): string {
  return `req_${mix(number).toString(16).padStart(8, '0')}${number.toString(16).padStart(24, '0')}`
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return round((performance.now() - started) / 1_000)
}

function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}   `)
}

function fail(error: unknown): never {
  throw error
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
