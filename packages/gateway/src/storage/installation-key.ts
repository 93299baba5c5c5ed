import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecretsManager, SecretError } from 'sallyport/secrets'
import { nodeSources } from 'sallyport/secrets/node'
import { ConfigurationError } from '../configuration-error.ts'
import type { Stores } from './stores.ts'

export const INSTALLATION_KEY_FILE = 'installation.key'

export interface InstallationKeyOptions {
  readonly folder: string
  /** Where it is found instead of the file. */
  readonly reference: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stores: Stores
  /** A guest makes no key. */
  readonly asGuest: boolean
}

/**
 * The key that makes the digests: from its reference, from the folder, or new for a new database. A database belongs to one
 * key for good, so that gateways with different keys are told so at once and not when the first caller is refused.
 *
 * @throws ConfigurationError when it is missing, damaged or of another database.
 */
export async function installationKey(options: InstallationKeyOptions): Promise<Buffer> {
  const { folder, reference, environment, stores, asGuest } = options
  const file = join(folder, INSTALLATION_KEY_FILE)
  const place = reference ?? file
  const isNew = reference === undefined && !existsSync(file)
  if (isNew && (asGuest || (await isInUse(stores)))) {
    throw new ConfigurationError(
      `${file} is missing, and without it no stored key can be recognised. ${MEND} To start anew, use an empty database.`,
    )
  }
  const key = isNew ? makeKey(file) : parseKey(await readKey(place, reference, environment), place)
  const own = createHmac('sha256', key).update('sallyport installation\0').digest('hex')
  if ((await stores.claim(own)) === own) return key
  // Of two gateways that start at once on an empty database one comes second: its key is good for nothing.
  if (isNew) rmSync(file, { force: true })
  throw new ConfigurationError(`The installation key at ${place} is not the one this database was made with. ${MEND}`)
}

/** Databases of before they were bound to a key have none, but keys. */
async function isInUse(stores: Stores): Promise<boolean> {
  return (await stores.claimed()) !== undefined || (await stores.keys.read()).records.length > 0
}

const MEND =
  'Restore it from a backup, copy it from the gateway that shares the database, or set SALLYPORT_INSTALLATION_KEY.'

function makeKey(file: string): Buffer {
  const key = randomBytes(32)
  writeFileSync(file, `${key.toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  return key
}

async function readKey(
  place: string,
  reference: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  if (reference === undefined) return readFileSync(place, 'utf8')
  const secrets = createSecretsManager({ sources: nodeSources(environment) })
  try {
    return (await secrets.getSecret(reference)).reveal()
  } catch (error) {
    if (SecretError.isInstance(error)) throw new ConfigurationError(error.message)
    throw error
  } finally {
    secrets.close()
  }
}

function parseKey(text: string, place: string): Buffer {
  const key = /^[0-9a-f]{64}$/i.test(text.trim()) ? Buffer.from(text.trim(), 'hex') : undefined
  if (key !== undefined) return key
  throw new ConfigurationError(`${place} is damaged: it must hold 64 hexadecimal digits. Restore it from a backup.`)
}
