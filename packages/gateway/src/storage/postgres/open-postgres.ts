import { createSecretsManager, SecretError } from 'sallyport/secrets'
import { nodeSources } from 'sallyport/secrets/node'
import { ConfigurationError } from '../../configuration-error.ts'
import { StorageError } from '../storage-error.ts'
import type { PostgresClient, PostgresListener, PostgresPackage, PostgresPool } from './postgres-client.ts'

/** A schema of a PostgreSQL database. Every fault is a `StorageError` with nothing of a value in it. */
export interface Postgres extends PostgresClient {
  /** Name of the schema, safe to write into a statement. */
  readonly schema: string
  /** All of it or nothing. */
  transaction<Result>(work: (client: PostgresClient) => Promise<Result>): Promise<Result>
  /** A connection of its own, not yet opened, for LISTEN. */
  listener(): PostgresListener
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 3_000
const QUERY_TIMEOUT_MS = 10_000

/**
 * Makes a pool of connections; opens none yet.
 *
 * @throws ConfigurationError when the URL cannot be read or the package `pg` is not there.
 */
export async function openPostgres(
  { database, schema }: { readonly database: string; readonly schema: string },
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Postgres> {
  const settings = {
    connectionString: await postgresUrl(database, environment),
    application_name: 'sallyport',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  }
  const { Pool, Client } = await loadPackage()
  const pool: PostgresPool = new Pool({ ...settings, max: 4 })
  // A connection that breaks while nobody uses it: the next query opens another.
  pool.on('error', () => undefined)
  return {
    schema: `"${schema}"`,
    query: (text, values) => guarded(() => pool.query(text, values)),
    transaction: (work) => guarded(() => inTransaction(pool, work)),
    listener: () => new Client(settings),
    close: () => pool.end(),
  }
}

async function inTransaction<Result>(
  pool: PostgresPool,
  work: (client: PostgresClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let isBroken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      isBroken = true
    })
    throw error
  } finally {
    client.release(isBroken)
  }
}

async function guarded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ConfigurationError || StorageError.isInstance(error)) throw error
    throw new StorageError(`The database ${describe(error)}.`)
  }
}

function describe(error: unknown): string {
  const code = (error as { readonly code?: unknown } | undefined)?.code
  switch (code) {
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return `cannot be reached (${code})`
    case '28P01':
    case '28000':
      return 'refuses the user or password of its URL'
    case '3D000':
      return 'of its URL does not exist'
    case '42501':
      return 'does not permit its user what is needed here'
    default:
      // SQLSTATE, five characters; the message may repeat values.
      return typeof code === 'string' && /^[0-9A-Z_]{4,40}$/.test(code)
        ? `answers with error ${code}`
        : 'cannot be asked'
  }
}

export async function postgresUrl(
  reference: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const secrets = createSecretsManager({ sources: nodeSources(environment) })
  try {
    const url = (await secrets.getSecret(reference)).reveal()
    if (/^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url)) return url
  } catch (error) {
    if (SecretError.isInstance(error)) throw new ConfigurationError(error.message)
    throw error
  } finally {
    secrets.close()
  }
  throw new ConfigurationError(`The secret at ${reference} is no postgres:// or postgresql:// URL.`)
}

async function loadPackage(): Promise<PostgresPackage> {
  try {
    // The name in a variable: the package is there only where it is used.
    const name: string = 'pg'
    const loaded = (await import(name)) as { readonly default: PostgresPackage }
    return loaded.default
  } catch {
    throw new ConfigurationError('gateway.storage.database needs the package pg: npm install pg')
  }
}
