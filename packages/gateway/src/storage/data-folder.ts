import { resolve } from 'node:path'
import { AuditLogError, lockFolder, makeFolder } from 'sallyport/audit'
import { ConfigurationError } from '../configuration-error.ts'

/** A folder this process has to itself. */
export interface DataFolder {
  readonly path: string
  /** Lets others have it. */
  release(): void
}

/**
 * Opens (and at first makes) the data folder and locks it for this process.
 *
 * @throws ConfigurationError when the folder cannot be written or is in use.
 */
export function lockDataFolder(folder: string): DataFolder {
  const path = resolve(folder)
  try {
    makeFolder(path)
  } catch (error) {
    throw cannotWrite(path, error)
  }
  try {
    const lock = lockFolder(path)
    return { path, release: () => lock.release() }
  } catch (error) {
    if (!(error instanceof AuditLogError)) throw cannotWrite(path, error)
    throw new ConfigurationError(
      `The data folder ${error.message} Stop that Sallyport, or set SALLYPORT_DATA to another folder.`,
      { cause: error },
    )
  }
}

/** A fault of the file system in words that say what to do. */
export function cannotWrite(path: string, error: unknown): ConfigurationError {
  return new ConfigurationError(
    `The data folder ${path} cannot be used: ${describe(error)}. Make it writable, or set SALLYPORT_DATA to another folder.`,
    { cause: error },
  )
}

function describe(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOENT') return 'it cannot be made there'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'EROFS') return 'the file system is read-only'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'there is a file in its place'
  if (code === 'ENOSPC') return 'the disk is full'
  return code ?? (error instanceof Error ? error.message : 'unknown error')
}
