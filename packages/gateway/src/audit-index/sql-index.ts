import { INDEXED_COLUMNS } from 'sallyport/audit'
import type { IndexBlock, IndexedColumn, IndexHit, IndexQuery, IndexRow, LogIndex } from 'sallyport/audit'

export type SqlValue = number | string | null
export type SqlRow = Readonly<Record<string, unknown>>
export type SqlStatement = readonly [sql: string, values: readonly SqlValue[]]

/** What an index asks of a database. Parameters are written `?`. */
export interface SqlDatabase {
  /** Names of the tables, and what picks out one log where several share them: empty, or a condition and `AND`. */
  readonly records: string
  readonly blocks: string
  readonly scope: string
  /** Makes a query take this index, where that can be said. */
  hint(index: string): string
  all(sql: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]>
  /** All statements or none. */
  run(statements: readonly SqlStatement[]): Promise<void>
  /** Writes rows and blocks in one transaction; those that are there are replaced. */
  write(rows: readonly IndexRow[], blocks: readonly IndexBlock[]): Promise<void>
  close(): Promise<void>
}

/**
 * Records of one chunk: secondary indexes begin with its number, so that new entries, whatever their digests, go into the
 * newest part of each, which is in memory; and a search looks at one chunk after the other, in the order of the log.
 */
const CHUNK_RECORDS = 131_072
/** Where an exact count no longer matters for choosing an index. */
const COUNT_TO = 1_000
const FIRST_PAGE = 100
const MAX_PAGE = 2_000

export function chunkOf(seq: number): number {
  return Math.floor(seq / CHUNK_RECORDS)
}

/** An index in an SQL database. */
export function sqlIndex(database: SqlDatabase): LogIndex {
  const { records, blocks, scope } = database
  return {
    lastBlock: async (before) => {
      const condition = before === undefined ? '1 = 1' : 'first < ?'
      const sql = `SELECT * FROM ${blocks} WHERE ${scope}${condition} ORDER BY first DESC LIMIT 1`
      const [row] = await database.all(sql, before === undefined ? [] : [before])
      return row === undefined ? undefined : toBlock(row)
    },
    add: (rows, added) => database.write(rows, added),
    cutFrom: (seq) =>
      database.run([
        [`DELETE FROM ${records} WHERE ${scope}seq >= ?`, [seq]],
        [`DELETE FROM ${blocks} WHERE ${scope}last >= ?`, [seq]],
      ]),
    forgetBefore: (seq) =>
      database.run([
        [`DELETE FROM ${records} WHERE ${scope}seq < ?`, [seq]],
        [`DELETE FROM ${blocks} WHERE ${scope}last < ?`, [seq]],
      ]),
    find: (query) => find(database, query),
    close: () => database.close(),
  }
}

async function* find(database: SqlDatabase, query: IndexQuery): AsyncGenerator<IndexHit> {
  if (query.columns.some(([, digests]) => digests.length === 0)) return
  const span = await spanOf(database, query)
  if (span === undefined) return
  if (query.columns.length === 0) {
    yield* pages(database, { ...query, ...span }, undefined)
    return
  }
  const [low, high] = [chunkOf(span.after + 1), chunkOf(span.before - 1)]
  for (let step = 0; step <= high - low; step++) {
    const chunk = query.newestFirst ? high - step : low + step
    const within = {
      ...query,
      after: Math.max(span.after, chunk * CHUNK_RECORDS - 1),
      before: Math.min(span.before, (chunk + 1) * CHUNK_RECORDS),
    }
    const rarest = await rarestColumn(database, within, chunk)
    if (rarest !== undefined) yield* pages(database, within, { chunk, column: rarest })
  }
}

/** The records that a time range can mean: those of the blocks that touch it. */
async function spanOf(
  { all, blocks, scope }: SqlDatabase,
  { after, before, from, to }: IndexQuery,
): Promise<Pick<IndexQuery, 'after' | 'before'> | undefined> {
  const times: [string, number][] = []
  if (from !== undefined) times.push(['to_time >= ?', from])
  if (to !== undefined) times.push(['from_time < ?', to])
  if (times.length === 0) return after + 1 < before ? { after, before } : undefined
  const condition = `(from_time IS NULL OR (${times.map(([sql]) => sql).join(' AND ')}))`
  const values = times.map(([, value]) => value)
  const sql = `SELECT MIN(first) AS low, MAX(last) AS high FROM ${blocks} WHERE ${scope}${condition}`
  const [row] = await all(sql, values)
  if (row === undefined || row['low'] === null) return undefined
  const span = { after: Math.max(after, Number(row['low']) - 1), before: Math.min(before, Number(row['high']) + 1) }
  return span.after + 1 < span.before ? span : undefined
}

/** The column of a query that leaves the fewest records of a chunk; undefined when one leaves none. */
async function rarestColumn(
  database: SqlDatabase,
  { columns, after, before }: IndexQuery,
  chunk: number,
): Promise<IndexedColumn | undefined> {
  let rarest: { readonly column: IndexedColumn; readonly count: number } | undefined
  for (const name of INDEXED_COLUMNS) {
    const wanted = columns.find(([column]) => column === name)
    if (wanted === undefined) continue
    if (columns.length === 1) return name
    const sql = `SELECT COUNT(*) AS count FROM (SELECT 1 FROM ${database.records} ${database.hint(name)} WHERE ${
      database.scope
    }chunk = ? AND ${isOneOf(wanted)} AND seq > ? AND seq < ? LIMIT ${COUNT_TO}) AS found`
    const [row] = await database.all(sql, [chunk, ...wanted[1], after, before])
    const count = Number(row?.['count'] ?? 0)
    if (count === 0) return undefined
    if (rarest === undefined || count < rarest.count) rarest = { column: name, count }
  }
  return rarest?.column
}

/** The hits of a range of records, page by page; each page is a query of its own, so that nothing stays open. */
async function* pages(
  database: SqlDatabase,
  query: IndexQuery,
  by: { readonly chunk: number; readonly column: IndexedColumn } | undefined,
): AsyncGenerator<IndexHit> {
  let { after, before } = query
  for (let size = FIRST_PAGE; ; size = Math.min(MAX_PAGE, size * 4)) {
    const [sql, values] = pageQuery(database, { ...query, after, before }, by, size)
    const rows = await database.all(sql, values)
    for (const row of rows) {
      const seq = Number(row['seq'])
      yield { seq, segment: Number(row['segment']), place: Number(row['place']), size: Number(row['size']) }
      if (query.newestFirst) before = seq
      else after = seq
    }
    if (rows.length < size) return
  }
}

/** One branch for each digest of the leading column: each comes out of its index in order, so nothing is sorted. */
function pageQuery(
  database: SqlDatabase,
  query: IndexQuery,
  by: { readonly chunk: number; readonly column: IndexedColumn } | undefined,
  limit: number,
): SqlStatement {
  const { newestFirst, from, to, after, before } = query
  const order = `ORDER BY seq ${newestFirst ? 'DESC' : 'ASC'} LIMIT ${limit}`
  const conditions: string[] = ['seq > ?', 'seq < ?']
  const values: SqlValue[] = [after, before]
  if (from !== undefined) conditions.push('(at IS NULL OR at >= ?)')
  if (from !== undefined) values.push(from)
  if (to !== undefined) conditions.push('(at IS NULL OR at < ?)')
  if (to !== undefined) values.push(to)
  for (const wanted of query.columns) {
    if (wanted[0] === by?.column) continue
    conditions.push(isOneOf(wanted))
    values.push(...wanted[1])
  }
  const head = `SELECT seq, segment, place, size FROM ${database.records}`
  const tail = conditions.join(' AND ')
  if (by === undefined) return [`${head} WHERE ${database.scope}${tail} ${order}`, values]
  const digests = query.columns.find(([column]) => column === by.column)?.[1] ?? []
  const branch = `${head} ${database.hint(by.column)} WHERE ${database.scope}chunk = ? AND ${by.column}_digest = ? AND ${tail}`
  const branches = digests.map(() => branch).join(' UNION ALL ')
  return [`${branches} ${order}`, digests.flatMap((digest) => [by.chunk, digest, ...values])]
}

function isOneOf([column, digests]: readonly [IndexedColumn, readonly number[]]): string {
  return `${column}_digest IN (${digests.map(() => '?').join(', ')})`
}

function toBlock(row: SqlRow): IndexBlock {
  const time = (name: string): number | null => (row[name] === null ? null : Number(row[name]))
  return {
    first: Number(row['first']),
    last: Number(row['last']),
    segment: Number(row['segment']),
    lastPlace: Number(row['last_place']),
    end: Number(row['end_place']),
    hash: String(row['hash']),
    fromTime: time('from_time'),
    toTime: time('to_time'),
  }
}
