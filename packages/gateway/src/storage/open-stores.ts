import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError } from '../configuration-error.ts'
import { openPostgres } from './postgres/open-postgres.ts'
import { postgresStores } from './postgres/postgres-stores.ts'
import { sqliteStores } from './sqlite/sqlite-stores.ts'
import type { StorageConfig } from './storage-config.ts'
import { StorageError } from './storage-error.ts'
import type { Stores } from './stores.ts'

/** Name of the SQLite file in the data folder. */
export const DATABASE_FILE = 'sallyport.sqlite'

/**
 * Opens PostgreSQL when it is configured, else the SQLite file in the folder, which the caller has locked.
 *
 * @throws ConfigurationError that says what to do.
 */
export async function openStores(
  { database, schema }: Pick<StorageConfig, 'database' | 'schema'>,
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Stores> {
  if (database === undefined) return openFile(join(folder, DATABASE_FILE))
  const postgres = await openPostgres({ database, schema }, environment)
  try {
    return await postgresStores(postgres)
  } catch (error) {
    await postgres.close().catch(() => undefined)
    if (!StorageError.isInstance(error)) throw error
    throw new ConfigurationError(
      `${error.message} Start it, or mend the URL at ${database} (gateway.storage.database, SALLYPORT_DATABASE_URL).`,
      { cause: error },
    )
  }
}

function openFile(file: string): Stores {
  try {
    // SQLite makes the file with the process's umask; make it ours alone first.
    if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 })
    return sqliteStores(file)
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new ConfigurationError(`The database ${file} cannot be opened: ${code ?? message}.`, { cause: error })
  }
}
