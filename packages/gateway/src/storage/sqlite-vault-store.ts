import { existsSync, rmSync, writeFileSync } from 'node:fs'
import sqlite from 'node-sqlite3-wasm'
import type { VaultCount, VaultFilter, VaultRow, VaultStore } from 'sallyport/vault'
import { ConfigurationError } from '../configuration-error.ts'

/** In the data folder. */
export const VAULT_FILE = 'vault.sqlite'

const VERSION = 1
const SCHEMA = `CREATE TABLE kept (
    scope TEXT NOT NULL, code TEXT NOT NULL, tenant TEXT NOT NULL, subject TEXT NOT NULL, conversation TEXT NOT NULL,
    entity TEXT NOT NULL, sealed BLOB NOT NULL, expires_at INTEGER NOT NULL,
    PRIMARY KEY (scope, code)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX kept_expires_at ON kept (expires_at)`
/** Words of one query. */
const MAX_CODES = 500

/**
 * The vault in an SQLite file of its own, so that deleting the file forgets all. The caller holds the lock of the
 * folder: this process is the file's only user.
 *
 * @throws ConfigurationError when the file cannot be opened or was written by a newer version.
 */
export function sqliteVaultStore(file: string): VaultStore {
  const database = open(file)
  return {
    find: async (scope, codes, now) => {
      const rows: VaultRow[] = []
      for (let at = 0; at < codes.length; at += MAX_CODES) {
        const some = codes.slice(at, at + MAX_CODES)
        const marks = some.map(() => '?').join(', ')
        rows.push(
          ...database
            .all(`SELECT * FROM kept WHERE scope = ? AND expires_at > ? AND code IN (${marks})`, [scope, now, ...some])
            .map(toRow),
        )
      }
      return rows
    },
    put: async (rows) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const row of rows) {
          database.run('INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
            row.scope,
            row.code,
            row.tenant,
            row.subject,
            row.conversation,
            row.entity,
            row.sealed,
            Math.round(row.expiresAt),
          ])
        }
        database.exec('COMMIT')
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    delete: async (filter) => deleteWhere(database, filter),
    expire: async (now) => database.run('DELETE FROM kept WHERE expires_at <= ?', [now]).changes,
    count: async (now) => countRows(database, now),
    close: () => database.close(),
  }
}

type Database = InstanceType<typeof sqlite.Database>

function open(file: string): Database {
  let database: Database | undefined
  try {
    // SQLite makes the file with the process's umask; make it ours alone first.
    if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 })
    // node-sqlite3-wasm locks with a folder beside the file, which a crash leaves behind; ours is the only process here.
    rmSync(`${file}.lock`, { recursive: true, force: true })
    database = new sqlite.Database(file)
    // Deleted rows are overwritten, not only unlinked.
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;')
    const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0)
    if (version > VERSION)
      throw new ConfigurationError(`The vault ${file} was written by a newer version of Sallyport.`)
    if (version === 0) database.exec(`BEGIN; ${SCHEMA}; PRAGMA user_version = ${VERSION}; COMMIT`)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof ConfigurationError) throw error
    throw new ConfigurationError(
      `The vault ${file} cannot be opened. Restore it, or delete it: placeholders of running conversations then stay as they are.`,
      { cause: error },
    )
  }
}

function deleteWhere(database: Database, { tenant, subject, conversation }: VaultFilter): number {
  const words = Object.entries({ tenant, subject, conversation }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const where = words.map(([column]) => `${column} = ?`).join(' AND ')
  const values = words.map(([, value]) => value)
  return database.run(`DELETE FROM kept${where === '' ? '' : ` WHERE ${where}`}`, values).changes
}

function countRows(database: Database, now: number): VaultCount[] {
  const counts = new Map<string, VaultCount & { entities: Record<string, number>; expiresAt: number }>()
  const rows = database.all(
    `SELECT scope, tenant, subject, conversation, entity, count(*) AS number, max(expires_at) AS ends FROM kept
      WHERE expires_at > ? GROUP BY scope, tenant, subject, conversation, entity ORDER BY ends`,
    [now],
  )
  for (const row of rows) {
    const scope = String(row['scope'])
    let count = counts.get(scope)
    if (count === undefined) {
      const [tenant, subject, conversation] = [row['tenant'], row['subject'], row['conversation']].map(String)
      count = {
        tenant: tenant ?? '',
        subject: subject ?? '',
        conversation: conversation ?? '',
        entities: {},
        expiresAt: 0,
      }
      counts.set(scope, count)
    }
    count.entities[String(row['entity'])] = Number(row['number'])
    count.expiresAt = Math.max(count.expiresAt, Number(row['ends']))
  }
  return [...counts.values()]
}

function toRow(row: Readonly<Record<string, unknown>>): VaultRow {
  const text = (name: string): string => String(row[name])
  return {
    scope: text('scope'),
    code: text('code'),
    tenant: text('tenant'),
    subject: text('subject'),
    conversation: text('conversation'),
    entity: text('entity'),
    sealed: row['sealed'] as Uint8Array,
    expiresAt: Number(row['expires_at']),
  }
}
