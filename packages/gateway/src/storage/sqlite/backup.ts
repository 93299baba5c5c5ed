import { chmodSync, copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import sqlite from 'node-sqlite3-wasm'
import { makeFolder } from 'sallyport/audit'
import { ConfigurationError } from '../../configuration-error.ts'
import { lockDataFolder } from '../data-folder.ts'
import { INSTALLATION_KEY_FILE } from '../installation-key.ts'
import { DATABASE_FILE } from '../open-stores.ts'

const ATTEMPTS = 200
const RETRY_MS = 25

/**
 * Writes a consistent copy of the database, and the installation key without which it is of no use, into a new folder. The
 * gateway may run meanwhile: its own writes wait for this.
 *
 * @throws ConfigurationError when there is nothing to copy or the target is not empty.
 */
export async function backupDataFolder(folder: string, target: string): Promise<readonly string[]> {
  const from = resolve(folder)
  const to = resolve(target)
  for (const file of [DATABASE_FILE, INSTALLATION_KEY_FILE]) {
    if (!existsSync(join(from, file)))
      throw new ConfigurationError(`There is no ${file} in ${from}: nothing to back up.`)
  }
  makeFolder(to)
  if (readdirSync(to).length > 0) throw new ConfigurationError(`${to} is not empty: name a new folder.`)
  const copy = join(to, DATABASE_FILE)
  await vacuumInto(join(from, DATABASE_FILE), copy)
  chmodSync(copy, 0o600)
  const key = join(to, INSTALLATION_KEY_FILE)
  copyFileSync(join(from, INSTALLATION_KEY_FILE), key)
  chmodSync(key, 0o600)
  return [copy, key]
}

/**
 * Puts a backup into a data folder that no gateway uses.
 *
 * @throws ConfigurationError when the backup is incomplete or damaged, or the folder has a database and `replace` is not set.
 */
export async function restoreDataFolder(
  backup: string,
  folder: string,
  options: { readonly replace: boolean },
): Promise<void> {
  const from = resolve(backup)
  for (const file of [DATABASE_FILE, INSTALLATION_KEY_FILE]) {
    if (!existsSync(join(from, file)))
      throw new ConfigurationError(`There is no ${file} in ${from}: this is no backup.`)
  }
  const lock = lockDataFolder(folder)
  try {
    const database = join(lock.path, DATABASE_FILE)
    if (existsSync(database) && !options.replace) {
      throw new ConfigurationError(
        `There is a database in ${lock.path} already. Say --replace to put the backup in its place.`,
      )
    }
    const incoming = `${database}.restore`
    copyFileSync(join(from, DATABASE_FILE), incoming)
    chmodSync(incoming, 0o600)
    try {
      checkIntegrity(incoming)
    } catch (error) {
      rmSync(incoming, { force: true })
      throw error
    }
    copyFileSync(join(from, INSTALLATION_KEY_FILE), join(lock.path, INSTALLATION_KEY_FILE))
    chmodSync(join(lock.path, INSTALLATION_KEY_FILE), 0o600)
    // A journal of the old database must not be played into the new one.
    rmSync(`${database}-journal`, { force: true })
    renameSync(incoming, database)
  } finally {
    lock.release()
  }
}

async function vacuumInto(file: string, copy: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const database = new sqlite.Database(file, { readOnly: true, fileMustExist: true })
    try {
      database.run('VACUUM INTO ?', [copy])
      return
    } catch (error) {
      if (!/locked|busy/i.test((error as Error).message) || attempt >= ATTEMPTS) throw error
    } finally {
      database.close()
    }
    await wait(RETRY_MS)
  }
}

function checkIntegrity(file: string): void {
  let verdict: unknown
  try {
    const database = new sqlite.Database(file, { readOnly: true })
    try {
      verdict = database.get('PRAGMA integrity_check')?.['integrity_check']
    } finally {
      database.close()
    }
  } catch {
    verdict = 'unreadable'
  }
  if (verdict !== 'ok') throw new ConfigurationError('The database of the backup is damaged: take another backup.')
}
