import { rmSync } from 'node:fs'
import sqlite from 'node-sqlite3-wasm'
import { keyScopeSchema } from '../contract.ts'
import type { Role } from '../contract.ts'
import { ConfigurationError } from '../configuration-error.ts'
import type { KeyRecord, KeyStore } from '../identity/key-store.ts'

/**
 * The schema, one step a version: `PRAGMA user_version` counts the steps a file has seen. A step that was published is
 * never changed, only followed by another.
 */
const MIGRATIONS: readonly string[] = [
  // IF NOT EXISTS: files of before versions were counted have this table already.
  `CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'client')),
    digest TEXT NOT NULL UNIQUE, hint TEXT NOT NULL,
    created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT
  ) STRICT`,
  `ALTER TABLE keys RENAME TO keys_1;
  CREATE TABLE keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'operator', 'client')),
    digest TEXT NOT NULL UNIQUE, hint TEXT NOT NULL,
    created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT, expires_at TEXT, replaced_by TEXT,
    scope TEXT NOT NULL CHECK (json_valid(scope))
  ) STRICT;
  INSERT INTO keys SELECT id, name, role, digest, hint, created_at, last_used_at, revoked_at, NULL, NULL, '{}' FROM keys_1;
  DROP TABLE keys_1`,
]

/**
 * Keys in an SQLite file. The caller holds the lock of the folder, so this process is the file's only user.
 *
 * @throws ConfigurationError when the file was written by a newer version.
 */
export function sqliteKeyStore(file: string): KeyStore {
  // node-sqlite3-wasm locks with a folder beside the file, which a crash leaves behind; ours is the only process here.
  rmSync(`${file}.lock`, { recursive: true, force: true })
  const database = new sqlite.Database(file)
  try {
    database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;')
    migrate(database, file)
  } catch (error) {
    database.close()
    throw error
  }
  const insert = (record: KeyRecord): void => {
    database.run('INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      record.id,
      record.name,
      record.role,
      record.digest,
      record.hint,
      record.createdAt,
      record.lastUsedAt ?? null,
      record.revokedAt ?? null,
      record.expiresAt ?? null,
      record.replacedBy ?? null,
      JSON.stringify(record.scope),
    ])
  }
  return {
    all: () => database.all('SELECT * FROM keys ORDER BY created_at, id').map(toRecord),
    insert,
    replace: (id, expiresAt, successor) =>
      inTransaction(database, () => {
        insert(successor)
        database.run('UPDATE keys SET expires_at = ?, replaced_by = ? WHERE id = ?', [expiresAt, successor.id, id])
      }),
    setRevoked: (id, revokedAt) => void database.run('UPDATE keys SET revoked_at = ? WHERE id = ?', [revokedAt, id]),
    setLastUsed: (id, lastUsedAt) =>
      void database.run('UPDATE keys SET last_used_at = ? WHERE id = ?', [lastUsedAt, id]),
    close: () => database.close(),
  }
}

type Database = InstanceType<typeof sqlite.Database>

function migrate(database: Database, file: string): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'] ?? 0)
  if (version > MIGRATIONS.length) {
    throw new ConfigurationError(
      `The database ${file} was written by a newer version of Sallyport. Start that version, or restore a backup.`,
    )
  }
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue
    inTransaction(database, () => database.exec(`${step}; PRAGMA user_version = ${index + 1};`))
  }
}

function inTransaction(database: Database, work: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function toRecord(row: Readonly<Record<string, unknown>>): KeyRecord {
  const optional = (name: string, column: string) => {
    const value = row[column]
    return typeof value === 'string' ? { [name]: value } : {}
  }
  return {
    id: String(row['id']),
    name: String(row['name']),
    role: String(row['role']) as Role,
    digest: String(row['digest']),
    hint: String(row['hint']),
    createdAt: String(row['created_at']),
    ...optional('lastUsedAt', 'last_used_at'),
    ...optional('revokedAt', 'revoked_at'),
    ...optional('expiresAt', 'expires_at'),
    ...optional('replacedBy', 'replaced_by'),
    // Strict: a scope that cannot be read must not become "no limits".
    scope: keyScopeSchema.strict().parse(JSON.parse(String(row['scope']))),
  }
}
