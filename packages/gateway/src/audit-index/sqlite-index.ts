import { existsSync, rmSync, writeFileSync } from 'node:fs'
import sqlite from 'node-sqlite3-wasm'
import { INDEXED_COLUMNS } from 'sallyport/audit'
import type { IndexBlock, IndexRow, LogIndex } from 'sallyport/audit'
import { BLOCK_COLUMNS, blockValues, RECORD_COLUMNS, recordValues } from './index-tables.ts'
import { sqlIndex } from './sql-index.ts'
import type { SqlRow, SqlValue } from './sql-index.ts'

type Database = InstanceType<typeof sqlite.Database>
type Statement = ReturnType<Database['prepare']>

/** Another number throws the index away, which is then made anew from the log. */
const VERSION = 1
const ROWS_AT_ONCE = 20
const BUSY_MS = 2_000

export interface SqliteIndexOptions {
  /** Open what is there for searching only, beside a gateway that writes. Default false. */
  readonly readOnly?: boolean
}

/**
 * An index in an SQLite file. One writer; the caller holds the lock of the log. A file that is damaged or of another
 * version is made anew.
 *
 * @throws Error when the file cannot be opened or, for reading only, is not there, damaged or of another version.
 */
export function openSqliteIndex(file: string, { readOnly = false }: SqliteIndexOptions = {}): LogIndex {
  if (readOnly) return indexOf(openToRead(file))
  // node-sqlite3-wasm locks with a folder beside the file, which a crash leaves behind; ours is the only writer here.
  rmSync(`${file}.lock`, { recursive: true, force: true })
  try {
    return indexOf(openToWrite(file))
  } catch {
    removeSqliteIndex(file)
    return indexOf(openToWrite(file))
  }
}

export function removeSqliteIndex(file: string): void {
  for (const path of [file, `${file}-journal`]) rmSync(path, { force: true })
  rmSync(`${file}.lock`, { recursive: true, force: true })
}

function openToRead(file: string): Database {
  const database = new sqlite.Database(file, { readOnly: true, fileMustExist: true })
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA cache_size = -16384;`)
    if (versionOf(database) !== VERSION) throw new Error('The index is of another version.')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function openToWrite(file: string): Database {
  // SQLite makes the file with the process's umask; make it ours alone first.
  if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 })
  const database = new sqlite.Database(file)
  try {
    database.exec(
      `PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;`,
    )
    if (versionOf(database) !== VERSION) makeTables(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function makeTables(database: Database): void {
  const digests = INDEXED_COLUMNS.map((column) => `${column}_digest INTEGER`).join(', ')
  database.exec(`BEGIN IMMEDIATE;
    DROP TABLE IF EXISTS records;
    DROP TABLE IF EXISTS blocks;
    CREATE TABLE records (
      seq INTEGER PRIMARY KEY, chunk INTEGER NOT NULL, at INTEGER, segment INTEGER NOT NULL, place INTEGER NOT NULL,
      size INTEGER NOT NULL, ${digests}
    ) STRICT;
    CREATE TABLE blocks (
      first INTEGER PRIMARY KEY, last INTEGER NOT NULL, segment INTEGER NOT NULL, last_place INTEGER NOT NULL,
      end_place INTEGER NOT NULL, hash TEXT NOT NULL, from_time INTEGER, to_time INTEGER
    ) STRICT;
    ${INDEXED_COLUMNS.map(
      (column) => `CREATE INDEX by_${column} ON records (chunk, ${column}_digest) WHERE ${column}_digest IS NOT NULL;`,
    ).join('\n')}
    PRAGMA user_version = ${VERSION};
    COMMIT`)
}

function versionOf(database: Database): number {
  return Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0)
}

function indexOf(database: Database): LogIndex {
  const transaction = (work: () => void): void => {
    database.exec('BEGIN IMMEDIATE')
    try {
      work()
      database.exec('COMMIT')
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    }
  }
  let insert: { readonly many: Statement; readonly one: Statement } | undefined
  const insertRows = (rows: readonly IndexRow[]): void => {
    insert ??= { many: database.prepare(insertSql(ROWS_AT_ONCE)), one: database.prepare(insertSql(1)) }
    const whole = rows.length - (rows.length % ROWS_AT_ONCE)
    for (let at = 0; at < whole; at += ROWS_AT_ONCE) {
      insert.many.run(rows.slice(at, at + ROWS_AT_ONCE).flatMap(recordValues))
    }
    for (const row of rows.slice(whole)) insert.one.run(recordValues(row))
  }
  return sqlIndex({
    records: 'records',
    blocks: 'blocks',
    scope: '',
    hint: (column) => `INDEXED BY by_${column}`,
    all: async (sql, values) => database.all(sql, bound(values)) as readonly SqlRow[],
    run: async (statements) =>
      transaction(() => statements.forEach(([sql, values]) => void database.run(sql, bound(values)))),
    write: async (rows: readonly IndexRow[], blocks: readonly IndexBlock[]) =>
      transaction(() => {
        insertRows(rows)
        for (const block of blocks) database.run(BLOCK_SQL, blockValues(block))
      }),
    close: async () => {
      insert?.many.finalize()
      insert?.one.finalize()
      database.close()
    },
  })
}

function insertSql(rows: number): string {
  const row = `(${RECORD_COLUMNS.map(() => '?').join(', ')})`
  return `INSERT OR REPLACE INTO records (${RECORD_COLUMNS.join(', ')}) VALUES ${Array.from({ length: rows }, () => row).join(', ')}`
}

const BLOCK_SQL = `INSERT OR REPLACE INTO blocks (${BLOCK_COLUMNS.join(', ')}) VALUES (${BLOCK_COLUMNS.map(() => '?').join(', ')})`

/** Infinity stands for "no bound"; SQLite has no integer of that size. */
function bound(values: readonly SqlValue[]): SqlValue[] {
  return values.map((value) => (value === Number.POSITIVE_INFINITY ? Number.MAX_SAFE_INTEGER : value))
}
