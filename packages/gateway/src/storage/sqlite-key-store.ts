import { rmSync } from 'node:fs'
import sqlite from 'node-sqlite3-wasm'
import type { Role } from '../contract.ts'
import type { KeyRecord, KeyStore } from '../identity/key-store.ts'

const SCHEMA = `CREATE TABLE IF NOT EXISTS keys (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'client')),
  digest TEXT NOT NULL UNIQUE, hint TEXT NOT NULL,
  created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT
) STRICT`

/** Keys in an SQLite file. The caller holds the lock of the folder, so this process is the file's only user. */
export function sqliteKeyStore(file: string): KeyStore {
  // node-sqlite3-wasm locks with a folder beside the file, which a crash leaves behind; ours is the only process here.
  rmSync(`${file}.lock`, { recursive: true, force: true })
  const database = new sqlite.Database(file)
  database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;')
  database.exec(SCHEMA)
  return {
    all: () => database.all('SELECT * FROM keys ORDER BY created_at, id').map(toRecord),
    insert: (record) => {
      database.run('INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
        record.id,
        record.name,
        record.role,
        record.digest,
        record.hint,
        record.createdAt,
        record.lastUsedAt ?? null,
        record.revokedAt ?? null,
      ])
    },
    setRevoked: (id, revokedAt) => void database.run('UPDATE keys SET revoked_at = ? WHERE id = ?', [revokedAt, id]),
    setLastUsed: (id, lastUsedAt) =>
      void database.run('UPDATE keys SET last_used_at = ? WHERE id = ?', [lastUsedAt, id]),
    close: () => database.close(),
  }
}

function toRecord(row: Readonly<Record<string, unknown>>): KeyRecord {
  const { last_used_at: lastUsedAt, revoked_at: revokedAt } = row
  return {
    id: String(row['id']),
    name: String(row['name']),
    role: String(row['role']) as Role,
    digest: String(row['digest']),
    hint: String(row['hint']),
    createdAt: String(row['created_at']),
    ...(typeof lastUsedAt === 'string' ? { lastUsedAt } : {}),
    ...(typeof revokedAt === 'string' ? { revokedAt } : {}),
  }
}
