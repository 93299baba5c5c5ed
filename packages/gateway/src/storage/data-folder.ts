import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AuditLogError, lockFolder } from 'sallyport/audit'
import { ConfigurationError } from '../configuration-error.ts'
import { KeyRing } from '../identity/key-ring.ts'
import { sqliteKeyStore } from './sqlite-key-store.ts'

/** The locked folder with everything the gateway remembers. */
export interface DataFolder {
  readonly path: string
  readonly keys: KeyRing
  /** Makes keyed digests; never leaves this machine. */
  readonly installationKey: Buffer
  /** Writes new keys where the operator finds them: `keys.txt`, mode 0600. */
  writeKeysFile(lines: readonly string[]): string
  close(): void
}

/**
 * Opens (and at first makes) the data folder and locks it for this process.
 *
 * @throws ConfigurationError when the folder cannot be written, is in use, or its parts do not belong together.
 */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw cannotWrite(path, error)
  }
  let lock
  try {
    lock = lockFolder(path)
  } catch (error) {
    if (!(error instanceof AuditLogError)) throw cannotWrite(path, error)
    throw new ConfigurationError(
      `The data folder ${error.message} Stop that Sallyport, or set SALLYPORT_DATA to another folder.`,
      { cause: error },
    )
  }
  try {
    const database = join(path, 'sallyport.sqlite')
    const installationKey = installationKeyOf(path, existsSync(database))
    const store = openStore(database)
    const keys = new KeyRing(store, installationKey)
    return {
      path,
      keys,
      installationKey,
      writeKeysFile: (lines) => {
        const file = join(path, 'keys.txt')
        writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
        return file
      },
      close: () => {
        store.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error instanceof ConfigurationError ? error : cannotWrite(path, error)
  }
}

function installationKeyOf(folder: string, hasDatabase: boolean): Buffer {
  const file = join(folder, 'installation.key')
  if (existsSync(file)) {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
    if (key.length === 32) return key
    throw new ConfigurationError(`${file} is damaged: it must hold 64 hexadecimal digits. Restore it from a backup.`)
  }
  if (hasDatabase) {
    throw new ConfigurationError(
      `${file} is missing, and without it no stored key can be recognised. Restore it, or delete sallyport.sqlite beside it to start anew.`,
    )
  }
  const key = randomBytes(32)
  writeFileSync(file, `${key.toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  return key
}

function openStore(file: string): ReturnType<typeof sqliteKeyStore> {
  try {
    // SQLite makes the file with the process's umask; make it ours alone first.
    if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600 })
    return sqliteKeyStore(file)
  } catch (error) {
    throw new ConfigurationError(`The database ${file} cannot be opened: ${describe(error)}.`, { cause: error })
  }
}

function cannotWrite(path: string, error: unknown): ConfigurationError {
  return new ConfigurationError(
    `The data folder ${path} cannot be used: ${describe(error)}. Make it writable, or set SALLYPORT_DATA to another folder.`,
    { cause: error },
  )
}

function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EROFS') return 'the file system is read-only'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'there is a file in its place'
  if (code === 'ENOSPC') return 'the disk is full'
  return code ?? (error instanceof Error ? error.message : 'unknown error')
}
