import type { Pool, PoolClient } from 'pg'
import { INDEXED_COLUMNS } from 'sallyport/audit'
import type { IndexBlock, IndexRow, LogIndex } from 'sallyport/audit'
import { ConfigurationError } from '../configuration-error.ts'
import { BLOCK_COLUMNS, blockValues, RECORD_COLUMNS, recordValues } from './index-tables.ts'
import { sqlIndex } from './sql-index.ts'
import type { SqlRow, SqlValue } from './sql-index.ts'

// The version is part of the names: gateways of two versions may share a database while one follows the other.
const LOGS = 'sallyport_audit_logs_1'
const RECORDS = 'sallyport_audit_records_1'
const BLOCKS = 'sallyport_audit_blocks_1'
/** Any number, the same for all gateways: one at a time makes the tables. */
const TABLES_LOCK = 7_315_090_021

export interface PostgresIndexOptions {
  readonly url: string
  /** Schema that holds the tables; made when it is missing. */
  readonly schema: string
  /** Id of the log. */
  readonly log: string
}

/**
 * An index in PostgreSQL, where logs of many gateways may lie beside each other. Nothing is asked of the database before
 * the first use, and each use tries anew: a database that is down comes back by itself.
 *
 * @throws ConfigurationError when the package `pg` is not installed.
 */
export async function openPostgresIndex({ url, schema, log }: PostgresIndexOptions): Promise<LogIndex> {
  const pool = await openPool(url, schema)
  let opened: Promise<LogIndex> | undefined
  const open = (): Promise<LogIndex> => {
    opened ??= prepare(pool, schema, log).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
  return {
    lastBlock: async (before) => (await open()).lastBlock(before),
    add: async (rows, blocks) => (await open()).add(rows, blocks),
    cutFrom: async (seq) => (await open()).cutFrom(seq),
    forgetBefore: async (seq) => (await open()).forgetBefore(seq),
    find: async function* (query) {
      yield* (await open()).find(query)
    },
    close: () => pool.end(),
  }
}

async function openPool(url: string, schema: string): Promise<Pool> {
  let pg: typeof import('pg')
  try {
    pg = await import('pg')
  } catch (cause) {
    throw new ConfigurationError('An audit index in PostgreSQL needs the package "pg". Install it.', { cause })
  }
  const pool = new pg.default.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    query_timeout: 35_000,
    application_name: 'sallyport-audit-index',
    allowExitOnIdle: true,
    options: `-c search_path=${schema}`,
  })
  // An idle connection that breaks is replaced at the next use.
  pool.on('error', () => undefined)
  return pool
}

async function prepare(pool: Pool, schema: string, log: string): Promise<LogIndex> {
  await transaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [TABLES_LOCK])
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${JSON.stringify(schema)}`)
    await client.query(tablesSql())
  })
  await pool.query(`INSERT INTO ${LOGS} (log) VALUES ($1) ON CONFLICT (log) DO NOTHING`, [log])
  const { rows } = await pool.query<{ id: number }>(`SELECT id FROM ${LOGS} WHERE log = $1`, [log])
  const id = Number(rows[0]?.id)
  return sqlIndex({
    records: RECORDS,
    blocks: BLOCKS,
    scope: `log = ${id} AND `,
    hint: () => '',
    all: async (sql, values) => (await pool.query<SqlRow>(numbered(sql), bound(values))).rows,
    run: (statements) =>
      transaction(pool, async (client) => {
        for (const [sql, values] of statements) await client.query(numbered(sql), bound(values))
      }),
    write: (rowsToAdd, blocks) =>
      transaction(pool, async (client) => {
        await insert(client, id, rowsToAdd)
        await insertBlocks(client, id, blocks)
      }),
    close: () => pool.end(),
  })
}

function tablesSql(): string {
  const digests = INDEXED_COLUMNS.map((column) => `${column}_digest bigint`).join(', ')
  return `
    CREATE TABLE IF NOT EXISTS ${LOGS} (id serial PRIMARY KEY, log text NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS ${RECORDS} (
      log integer NOT NULL, seq bigint NOT NULL, chunk integer NOT NULL, at bigint, segment bigint NOT NULL,
      place bigint NOT NULL, size integer NOT NULL, ${digests}, PRIMARY KEY (log, seq)
    );
    CREATE TABLE IF NOT EXISTS ${BLOCKS} (
      log integer NOT NULL, first bigint NOT NULL, last bigint NOT NULL, segment bigint NOT NULL,
      last_place bigint NOT NULL, end_place bigint NOT NULL, hash text NOT NULL, from_time bigint, to_time bigint,
      PRIMARY KEY (log, first)
    );
    ${INDEXED_COLUMNS.map(
      (column) =>
        `CREATE INDEX IF NOT EXISTS ${RECORDS}_${column} ON ${RECORDS} (log, chunk, ${column}_digest, seq) WHERE ${column}_digest IS NOT NULL;`,
    ).join('\n')}`
}

/** One array a column: a statement of fixed form, whatever the number of rows. */
async function insert(client: PoolClient, log: number, rows: readonly IndexRow[]): Promise<void> {
  const values = rows.map(recordValues)
  const columns = RECORD_COLUMNS.map((_, at) => values.map((row) => row[at] ?? null))
  const arrays = RECORD_COLUMNS.map((_, at) => `$${at + 2}::bigint[]`).join(', ')
  const replaced = RECORD_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')
  await client.query(
    `INSERT INTO ${RECORDS} (log, ${RECORD_COLUMNS.join(', ')}) SELECT $1, * FROM unnest(${arrays})
     ON CONFLICT (log, seq) DO UPDATE SET ${replaced}`,
    [log, ...columns],
  )
}

async function insertBlocks(client: PoolClient, log: number, blocks: readonly IndexBlock[]): Promise<void> {
  const places = BLOCK_COLUMNS.map((_, at) => `$${at + 2}`).join(', ')
  const replaced = BLOCK_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')
  const sql = `INSERT INTO ${BLOCKS} (log, ${BLOCK_COLUMNS.join(', ')}) VALUES ($1, ${places})
    ON CONFLICT (log, first) DO UPDATE SET ${replaced}`
  for (const block of blocks) await client.query(sql, [log, ...blockValues(block)])
}

async function transaction(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    await work(client)
    await client.query('COMMIT')
  } catch (error) {
    broken = error instanceof Error ? error : new Error('unknown')
    await client.query('ROLLBACK').then(
      () => (broken = undefined),
      () => undefined,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

function numbered(sql: string): string {
  let count = 0
  return sql.replaceAll('?', () => `$${++count}`)
}

/** Infinity stands for "no bound"; a bigint has none. */
function bound(values: readonly SqlValue[]): SqlValue[] {
  return values.map((value) => (value === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : value))
}
