import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import sqlite from 'node-sqlite3-wasm'
import { ConfigurationError } from '../../configuration-error.ts'
import { StorageError } from '../storage-error.ts'
import { SQLITE_MIGRATIONS } from './sqlite-migrations.data.ts'

export type SqliteDatabase = InstanceType<typeof sqlite.Database>

/** An SQLite file that this process alone writes. */
export interface Sqlite {
  /** Runs `work` in a transaction: all of it or nothing. Waits while a backup reads the file. */
  transaction<Result>(work: (database: SqliteDatabase) => Result): Promise<Result>
  close(): void
}

const BUSY_RETRY_MS = 20
const BUSY_TIMEOUT_MS = 10_000

/**
 * Opens the file and brings its schema up to date. The caller holds the lock of the folder.
 *
 * @throws ConfigurationError when the file was written by a newer version.
 */
export function openSqlite(file: string): Sqlite {
  // node-sqlite3-wasm locks with a folder beside the file, which a crash leaves behind. No other process writes here; a
  // backup that reads at this moment is made again.
  rmSync(`${file}.lock`, { recursive: true, force: true })
  const database = new sqlite.Database(file)
  try {
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;')
    migrate(database, file)
  } catch (error) {
    database.close()
    throw error
  }
  return {
    transaction: async (work) => {
      const end = Date.now() + BUSY_TIMEOUT_MS
      for (;;) {
        try {
          return inTransaction(database, () => work(database))
        } catch (error) {
          if (!(error instanceof sqlite.SQLite3Error)) throw error
          if (!/locked|busy/i.test(error.message) || Date.now() > end) throw toStorageError(error)
          await wait(BUSY_RETRY_MS)
        }
      }
    },
    close: () => database.close(),
  }
}

function migrate(database: SqliteDatabase, file: string): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0)
  if (version > SQLITE_MIGRATIONS.length) {
    throw new ConfigurationError(
      `The database ${file} was written by a newer version of Sallyport. Start that version, or restore a backup.`,
    )
  }
  for (const [index, step] of SQLITE_MIGRATIONS.entries()) {
    if (index < version) continue
    inTransaction(database, () => database.exec(`${step}; PRAGMA user_version = ${index + 1};`))
  }
}

function inTransaction<Result>(database: SqliteDatabase, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

/** SQLite's words name columns, never values. */
function toStorageError(error: Error): StorageError {
  return new StorageError(`The database file cannot be used: ${error.message}.`)
}
