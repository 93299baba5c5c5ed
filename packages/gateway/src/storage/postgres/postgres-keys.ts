import { KEY_COLUMNS, keyValues, toKeyRecord } from '../../identity/key-row.ts'
import type { KeyRecord, KeyStore } from '../../identity/key-store.ts'
import { StorageError } from '../storage-error.ts'
import type { Postgres } from './open-postgres.ts'
import type { PostgresClient } from './postgres-client.ts'
import { watchChannel } from './watch-channel.ts'

/**
 * Keys in PostgreSQL, shared by several gateways. Every change takes the row lock of the counter first and holds it to
 * the end of its transaction: revisions become visible in their order, and none is missed.
 */
export function postgresKeys(postgres: Postgres): KeyStore {
  const { schema } = postgres
  const channel = `sallyport ${schema.slice(1, -1)} keys`

  /** Undefined leaves everything as it was, the counter too. */
  const change = async (work: (client: PostgresClient, revision: string) => Promise<boolean>): Promise<boolean> => {
    try {
      return await postgres.transaction(async (client) => {
        const counted = await client.query<{ readonly keys_revision: string }>(
          `UPDATE ${schema}.installation SET keys_revision = keys_revision + 1 RETURNING keys_revision`,
        )
        const revision = counted.rows[0]?.keys_revision
        if (revision === undefined) throw new StorageError('The database was emptied while the gateway ran.')
        if (!(await work(client, revision))) throw new NothingChanged()
        await client.query('SELECT pg_notify($1, $2)', [channel, revision])
        return true
      })
    } catch (error) {
      if (error instanceof NothingChanged) return false
      throw error
    }
  }
  const insert = async (client: PostgresClient, record: KeyRecord, revision: string): Promise<boolean> => {
    const { rowCount } = await client.query(
      `INSERT INTO ${schema}.keys (${KEY_COLUMNS}, revision)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
      [...keyValues(record), revision],
    )
    return rowCount === 1
  }

  return {
    read: async (after) => {
      const { rows: counter } = await postgres.query<{ readonly keys_revision: string }>(
        `SELECT keys_revision FROM ${schema}.installation`,
      )
      const revision = Number(counter[0]?.keys_revision ?? 0)
      if (after === revision) return { records: [], revision, isComplete: false }
      // A counter that went back: another database, or a backup of this one.
      const isComplete = after === undefined || after > revision
      const { rows } = await postgres.query(
        `SELECT ${KEY_COLUMNS}, revision FROM ${schema}.keys WHERE revision > $1 ORDER BY sequence`,
        [isComplete ? -1 : after],
      )
      return { records: rows.map(toKeyRecord), revision: Math.max(revision, ...rows.map(revisionOf)), isComplete }
    },
    insert: (records, { onlyFirst = false } = {}) =>
      change(async (client, revision) => {
        if (onlyFirst && (await client.query(`SELECT 1 FROM ${schema}.keys LIMIT 1`)).rows.length > 0) return false
        for (const record of records) if (!(await insert(client, record, revision))) return false
        return true
      }),
    replace: (id, expiresAt, successor) =>
      change(async (client, revision) => {
        const { rowCount } = await client.query(
          `UPDATE ${schema}.keys SET expires_at = $1, replaced_by = $2, revision = $3
          WHERE id = $4 AND revoked_at IS NULL AND replaced_by IS NULL`,
          [expiresAt, successor.id, revision, id],
        )
        return rowCount === 1 && (await insert(client, successor, revision))
      }),
    setRevoked: (id, revokedAt) =>
      change(async (client, revision) => {
        const { rowCount } = await client.query(
          `UPDATE ${schema}.keys SET revoked_at = $1, revision = $2 WHERE id = $3 AND revoked_at IS NULL`,
          [revokedAt, revision, id],
        )
        return rowCount === 1
      }),
    setLastUsed: async (times) => {
      await postgres.query(
        `UPDATE ${schema}.keys SET last_used_at = used.at
        FROM unnest($1::text[], $2::timestamptz[]) AS used (id, at)
        WHERE keys.id = used.id AND (last_used_at IS NULL OR last_used_at < used.at)`,
        [[...times.keys()], [...times.values()]],
      )
    },
    watch: (listener) => watchChannel(postgres, channel, listener),
  }
}

/** Takes a transaction back that would have changed nothing. */
class NothingChanged extends StorageError {
  constructor() {
    super('Nothing was changed.')
  }
}

function revisionOf(row: Readonly<Record<string, unknown>>): number {
  return Number(row['revision'])
}
