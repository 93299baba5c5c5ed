import { HISTORY_KEPT } from '../../history/config-history.ts'
import type { ConfigHistory } from '../../history/config-history.ts'
import { toConfigVersion } from '../../history/config-row.ts'
import type { UsageStore } from '../../usage/usage-store.ts'
import { toUsageSum, usageColumns } from '../../usage/usage-row.ts'
import type { Stores } from '../stores.ts'
import { openSqlite } from './open-sqlite.ts'
import type { Sqlite } from './open-sqlite.ts'
import { sqliteKeys } from './sqlite-keys.ts'

/**
 * Everything in one SQLite file. The caller holds the lock of the folder.
 *
 * @throws ConfigurationError when the file was written by a newer version.
 */
export function sqliteStores(file: string): Stores {
  const sqlite = openSqlite(file)
  const claimed = () =>
    sqlite.transaction((database) => {
      const row = database.get('SELECT key_check FROM installation')
      return row === null ? undefined : String(row['key_check'])
    })
  return {
    keys: sqliteKeys(sqlite),
    configHistory: sqliteConfigHistory(sqlite),
    usage: sqliteUsage(sqlite),
    claimed,
    claim: async (keyCheck) => {
      await sqlite.transaction((database) =>
        database.run('INSERT OR IGNORE INTO installation (one, key_check) VALUES (1, ?)', [keyCheck]),
      )
      return (await claimed()) ?? keyCheck
    },
    close: async () => sqlite.close(),
  }
}

function sqliteConfigHistory(sqlite: Sqlite): ConfigHistory {
  return {
    add: (entry) =>
      sqlite.transaction((database) => {
        const last = database.get('SELECT config_digest FROM config_history ORDER BY id DESC LIMIT 1')
        const changed = last?.['config_digest'] !== entry.configDigest
        database.run('INSERT OR IGNORE INTO config_versions VALUES (?, ?)', [entry.configDigest, entry.config])
        const { lastInsertRowid } = database.run(
          'INSERT INTO config_history (at, "by", version, policy_digest, config_digest, changed) VALUES (?, ?, ?, ?, ?, ?)',
          [entry.at, entry.by, entry.version, entry.policyDigest, entry.configDigest, changed ? 1 : 0],
        )
        const id = Number(lastInsertRowid)
        database.run('DELETE FROM config_history WHERE id <= ?', [id - HISTORY_KEPT])
        database.run('DELETE FROM config_versions WHERE digest NOT IN (SELECT config_digest FROM config_history)')
        const { config: _, ...rest } = entry
        return { id, ...rest, changed }
      }),
    list: (limit, before = Number.MAX_SAFE_INTEGER) =>
      sqlite.transaction((database) =>
        database
          .all('SELECT * FROM config_history WHERE id < ? ORDER BY id DESC LIMIT ?', [before, limit])
          .map(toConfigVersion),
      ),
    configOf: (digest) =>
      sqlite.transaction((database) => {
        const row = database.get('SELECT config FROM config_versions WHERE digest = ?', [digest])
        return row === null ? undefined : String(row['config'])
      }),
  }
}

function sqliteUsage(sqlite: Sqlite): UsageStore {
  return {
    // One statement, whatever the number of rows: calls into WebAssembly are what costs.
    add: (rows) =>
      sqlite.transaction((database) => {
        database.run(
          `INSERT INTO usage SELECT value->>'day', value->>'keyId', value->>'user', value->>'model', value->>'requests',
            value->>'promptTokens', value->>'completionTokens' FROM json_each(?) WHERE true
          ON CONFLICT DO UPDATE SET requests = requests + excluded.requests,
            prompt_tokens = prompt_tokens + excluded.prompt_tokens,
            completion_tokens = completion_tokens + excluded.completion_tokens`,
          [JSON.stringify(rows)],
        )
      }),
    sum: ({ from, to, by, limit }) =>
      sqlite.transaction((database) => {
        const { select, groupBy, orderBy } = usageColumns(by)
        return database
          .all(`SELECT ${select} FROM usage WHERE day BETWEEN ? AND ? ${groupBy} ${orderBy} LIMIT ?`, [from, to, limit])
          .map(toUsageSum)
      }),
    deleteBefore: (day) =>
      sqlite.transaction((database) => {
        database.run('DELETE FROM usage WHERE day < ?', [day])
      }),
  }
}
