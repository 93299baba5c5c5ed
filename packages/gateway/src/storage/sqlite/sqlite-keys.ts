import { KEY_COLUMNS, keyValues, toKeyRecord } from '../../identity/key-row.ts'
import type { KeyRecord, KeyStore } from '../../identity/key-store.ts'
import type { Sqlite, SqliteDatabase } from './open-sqlite.ts'

/** Keys in an SQLite file. One process has them, so there are no revisions. */
export function sqliteKeys(sqlite: Sqlite): KeyStore {
  return {
    read: () =>
      sqlite.transaction((database) => ({
        records: database.all(`SELECT ${KEY_COLUMNS} FROM keys ORDER BY created_at, rowid`).map(toKeyRecord),
        revision: 0,
        isComplete: true,
      })),
    insert: (records, { onlyFirst = false } = {}) =>
      sqlite.transaction((database) => {
        if (onlyFirst && database.get('SELECT 1 FROM keys LIMIT 1') !== null) return false
        if (records.some((record) => isKnown(database, record))) return false
        for (const record of records) insert(database, record)
        return true
      }),
    replace: (id, expiresAt, successor) =>
      sqlite.transaction((database) => {
        if (isKnown(database, successor)) return false
        const { changes } = database.run(
          'UPDATE keys SET expires_at = ?, replaced_by = ? WHERE id = ? AND revoked_at IS NULL AND replaced_by IS NULL',
          [expiresAt, successor.id, id],
        )
        if (changes === 1) insert(database, successor)
        return changes === 1
      }),
    setRevoked: (id, revokedAt) =>
      sqlite.transaction(
        (database) =>
          database.run('UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', [revokedAt, id])
            .changes === 1,
      ),
    setLastUsed: (times) =>
      sqlite.transaction((database) => {
        database.run(
          `UPDATE keys SET last_used_at = used.value FROM json_each(?) AS used
          WHERE keys.id = used.key AND (last_used_at IS NULL OR last_used_at < used.value)`,
          [JSON.stringify(Object.fromEntries(times))],
        )
      }),
  }
}

function insert(database: SqliteDatabase, record: KeyRecord): void {
  database.run(`INSERT INTO keys (${KEY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, keyValues(record))
}

function isKnown(database: SqliteDatabase, { id, digest }: KeyRecord): boolean {
  return database.get('SELECT 1 FROM keys WHERE id = ? OR digest = ?', [id, digest]) !== null
}
