import { HISTORY_KEPT } from '../../history/config-history.ts'
import type { ConfigHistory } from '../../history/config-history.ts'
import { toConfigVersion } from '../../history/config-row.ts'
import type { UsageStore } from '../../usage/usage-store.ts'
import { toUsageSum, usageColumns } from '../../usage/usage-row.ts'
import type { Stores } from '../stores.ts'
import { migratePostgres } from './migrate.ts'
import type { Postgres } from './open-postgres.ts'
import { postgresKeys } from './postgres-keys.ts'
import { POSTGRES_MIGRATIONS } from './postgres-migrations.data.ts'

/**
 * Everything in a schema of PostgreSQL, brought up to date first.
 *
 * @throws ConfigurationError when a newer version was here before; StorageError when the database cannot be asked.
 */
export async function postgresStores(postgres: Postgres): Promise<Stores> {
  const { schema } = postgres
  await migratePostgres(postgres, 'gateway', POSTGRES_MIGRATIONS)
  const claimed = async () =>
    (await postgres.query<{ readonly key_check: string }>(`SELECT key_check FROM ${schema}.installation`)).rows[0]
      ?.key_check
  return {
    keys: postgresKeys(postgres),
    configHistory: postgresConfigHistory(postgres),
    usage: postgresUsage(postgres),
    claimed,
    claim: async (keyCheck) => {
      await postgres.query(
        `INSERT INTO ${schema}.installation (one, key_check) VALUES (1, $1) ON CONFLICT DO NOTHING`,
        [keyCheck],
      )
      return (await claimed()) ?? keyCheck
    },
    close: () => postgres.close(),
  }
}

function postgresConfigHistory(postgres: Postgres): ConfigHistory {
  const { schema } = postgres
  return {
    add: (entry) =>
      postgres.transaction(async (client) => {
        // One at a time: which entry changed something depends on the one before.
        await client.query(`LOCK TABLE ${schema}.config_history IN SHARE ROW EXCLUSIVE MODE`)
        await client.query(`INSERT INTO ${schema}.config_versions VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
          entry.configDigest,
          entry.config,
        ])
        const { rows } = await client.query(
          `INSERT INTO ${schema}.config_history (at, "by", version, policy_digest, config_digest, changed)
          SELECT $1, $2, $3, $4, $5, $5 IS DISTINCT FROM
            (SELECT config_digest FROM ${schema}.config_history ORDER BY id DESC LIMIT 1) RETURNING *`,
          [entry.at, entry.by, entry.version, entry.policyDigest, entry.configDigest],
        )
        const version = toConfigVersion(rows[0] ?? {})
        await client.query(`DELETE FROM ${schema}.config_history WHERE id <= $1`, [version.id - HISTORY_KEPT])
        await client.query(
          `DELETE FROM ${schema}.config_versions
          WHERE digest NOT IN (SELECT config_digest FROM ${schema}.config_history)`,
        )
        return version
      }),
    list: async (limit, before = Number.MAX_SAFE_INTEGER) => {
      const { rows } = await postgres.query(
        `SELECT * FROM ${schema}.config_history WHERE id < $1 ORDER BY id DESC LIMIT $2`,
        [before, limit],
      )
      return rows.map(toConfigVersion)
    },
    configOf: async (digest) => {
      const { rows } = await postgres.query<{ readonly config: string }>(
        `SELECT config FROM ${schema}.config_versions WHERE digest = $1`,
        [digest],
      )
      return rows[0]?.config
    },
  }
}

function postgresUsage(postgres: Postgres): UsageStore {
  const { schema } = postgres
  return {
    add: async (rows) => {
      // In one order everywhere, so that two gateways never wait for each other's rows.
      const sorted = rows.toSorted((a, b) => compare(a.day, b.day) || compare(a.keyId, b.keyId) || compareRest(a, b))
      await postgres.query(
        `INSERT INTO ${schema}.usage AS known
        SELECT * FROM unnest($1::date[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
        ON CONFLICT (day, key_id, "user", model) DO UPDATE SET requests = known.requests + excluded.requests,
          prompt_tokens = known.prompt_tokens + excluded.prompt_tokens,
          completion_tokens = known.completion_tokens + excluded.completion_tokens`,
        [
          sorted.map(({ day }) => day),
          sorted.map(({ keyId }) => keyId),
          sorted.map(({ user }) => user),
          sorted.map(({ model }) => model),
          sorted.map(({ requests }) => requests),
          sorted.map(({ promptTokens }) => promptTokens),
          sorted.map(({ completionTokens }) => completionTokens),
        ],
      )
    },
    sum: async ({ from, to, by, limit }) => {
      const { select, groupBy, orderBy } = usageColumns(by)
      const { rows } = await postgres.query(
        `SELECT ${select} FROM (SELECT day::text, key_id, "user", model, requests, prompt_tokens, completion_tokens
          FROM ${schema}.usage WHERE day BETWEEN $1 AND $2) AS days ${groupBy} ${orderBy} LIMIT $3`,
        [from, to, limit],
      )
      return rows.map(toUsageSum)
    },
    deleteBefore: async (day) => {
      await postgres.query(`DELETE FROM ${schema}.usage WHERE day < $1`, [day])
    },
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareRest(
  a: { readonly user: string; readonly model: string },
  b: { readonly user: string; readonly model: string },
): number {
  return compare(a.user, b.user) || compare(a.model, b.model)
}
