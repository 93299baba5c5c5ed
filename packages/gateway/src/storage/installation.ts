import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigurationError } from '../configuration-error.ts'
import { KeyRing } from '../identity/key-ring.ts'
import { cannotWrite, lockDataFolder } from './data-folder.ts'
import { installationKey } from './installation-key.ts'
import { openStores } from './open-stores.ts'
import { storageSchema } from './storage-config.ts'
import type { StorageConfig } from './storage-config.ts'
import { StorageError } from './storage-error.ts'
import type { Stores } from './stores.ts'

/** Everything a gateway remembers: its locked folder and its database. */
export interface Installation {
  readonly path: string
  readonly stores: Stores
  readonly keys: KeyRing
  /** Makes keyed digests. */
  readonly installationKey: Buffer
  /** Writes new keys where the operator finds them: `keys.txt`, mode 0600. */
  writeKeysFile(lines: readonly string[]): string
  close(): Promise<void>
}

export interface InstallationOptions {
  /** Default: SQLite in the folder. */
  readonly storage?: StorageConfig
  /** Where the references of `storage` are looked up. Default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Beside a gateway that runs: leaves the folder as it is and does not lock it. Only with PostgreSQL. */
  readonly asGuest?: boolean
}

/**
 * Locks the data folder, opens the database and reads the keys.
 *
 * @throws ConfigurationError when the folder cannot be written or is in use, the database cannot be opened, or the parts do
 * not belong together.
 */
export async function openInstallation(folder: string, options: InstallationOptions = {}): Promise<Installation> {
  const { storage = storageSchema.parse({}), environment = process.env, asGuest = false } = options
  const { path, release } = asGuest ? { path: resolve(folder), release: () => undefined } : lockDataFolder(folder)
  let stores: Stores | undefined
  try {
    stores = await openStores(storage, path, environment)
    const reference = storage.installationKey
    const secret = await installationKey({ folder: path, reference, environment, stores, asGuest })
    const maxStaleMs = storage.database === undefined ? Infinity : storage.maxStaleMs
    const keys = new KeyRing({ store: stores.keys, installationKey: secret, maxStaleMs })
    await keys.refresh()
    const opened = stores
    return {
      path,
      stores: opened,
      keys,
      installationKey: secret,
      writeKeysFile: (lines) => {
        const file = join(path, 'keys.txt')
        writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
        return file
      },
      close: async () => {
        await opened.close().catch(() => undefined)
        release()
      },
    }
  } catch (error) {
    await stores?.close().catch(() => undefined)
    release()
    if (error instanceof ConfigurationError) throw error
    throw StorageError.isInstance(error) ? new ConfigurationError(error.message) : cannotWrite(path, error)
  }
}
