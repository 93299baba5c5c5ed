import { ConfigurationError } from '../../configuration-error.ts'
import type { Postgres } from './open-postgres.ts'

/**
 * Brings the tables of one component up to date, one step a version. A step that was published is never changed, only
 * followed by another. Gateways that start at the same time wait for each other, so each step runs once.
 *
 * @throws ConfigurationError when a newer version of Sallyport was here before; StorageError when the database is away.
 */
export async function migratePostgres(
  postgres: Postgres,
  component: string,
  steps: readonly ((schema: string) => string)[],
): Promise<void> {
  const { schema } = postgres
  await postgres.transaction(async (client) => {
    // Released with the transaction. CREATE … IF NOT EXISTS alone is not safe against itself.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`sallyport migrate ${schema}`])
    // A user that may not make schemas may still use one that was made for it.
    const found = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema.slice(1, -1)])
    if (found.rows.length === 0) await client.query(`CREATE SCHEMA ${schema}`)
    await client.query(
      `CREATE TABLE IF NOT EXISTS ${schema}.migrations (component text PRIMARY KEY, version integer NOT NULL)`,
    )
    const { rows } = await client.query<{ readonly version: number }>(
      `SELECT version FROM ${schema}.migrations WHERE component = $1`,
      [component],
    )
    const version = rows[0]?.version ?? 0
    if (version > steps.length) {
      throw new ConfigurationError(
        `The schema ${schema} of the database was written by a newer version of Sallyport. Start that version, or restore a backup.`,
      )
    }
    for (const step of steps.slice(version)) await client.query(step(schema))
    await client.query(
      `INSERT INTO ${schema}.migrations VALUES ($1, $2) ON CONFLICT (component) DO UPDATE SET version = excluded.version`,
      [component, steps.length],
    )
  })
}
