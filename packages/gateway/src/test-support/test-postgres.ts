import { randomBytes } from 'node:crypto'
import { openPostgres } from '../storage/postgres/open-postgres.ts'
import type { Postgres } from '../storage/postgres/open-postgres.ts'

/** The server that tests use: a user who may make schemas. */
export const POSTGRES_URL = process.env['SALLYPORT_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** For `skipIf`: where there is no server tests are skipped, never in CI. */
export const lacksPostgres = !process.env['CI'] && !(await isThere())

/** A schema of its own name, not yet made; `drop` leaves nothing behind. */
export async function testSchema(): Promise<{
  readonly schema: string
  readonly postgres: Postgres
  drop(): Promise<void>
}> {
  const schema = `sallyport_test_${randomBytes(6).toString('hex')}`
  const postgres = await openPostgres({ database: 'env:URL', schema }, { URL: POSTGRES_URL })
  return {
    schema,
    postgres,
    drop: async () => {
      const admin = await openPostgres({ database: 'env:URL', schema }, { URL: POSTGRES_URL })
      await admin.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
      await admin.close()
      await postgres.close().catch(() => undefined)
    },
  }
}

async function isThere(): Promise<boolean> {
  const postgres = await openPostgres({ database: 'env:URL', schema: 'none' }, { URL: POSTGRES_URL })
  try {
    await postgres.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await postgres.close()
  }
}
