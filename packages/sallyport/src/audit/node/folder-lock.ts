import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AuditLogError } from './audit-log-error.ts'

export interface FolderLock {
  release(): void
}

interface Holder {
  readonly pid: number
  /** When the process started, in the kernel's ticks: a pid alone may be another process by now. */
  readonly ticks?: string
}

// Locks of this process: after a container restart its pid may stand in an old lock file.
const held = new Set<string>()

/**
 * Takes a folder for this process, by a file `lock` in it: two writers would fork a chain. The lock of a process that is
 * gone is taken over.
 *
 * @throws AuditLogError `locked`, with the number of the process that holds it.
 */
export function lockFolder(folder: string): FolderLock {
  const file = join(folder, 'lock')
  const own: Holder = { pid: process.pid, ...ticksOf(process.pid) }
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 })
      held.add(file)
      return {
        release: () => {
          if (held.delete(file)) unlinkSync(file)
        },
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const found = readFileSync(file, 'utf8')
    const holder = parseHolder(found)
    if (holder !== undefined && isAlive(holder, file)) {
      throw new AuditLogError('locked', `${folder} is in use by another process (pid ${holder.pid}).`)
    }
    removeStale(file, found)
  }
  throw new AuditLogError('locked', `${folder} is being locked by another process. Try again.`)
}

/** Some living process writes the log of this folder. */
export function isLocked(folder: string): boolean {
  const file = join(folder, 'lock')
  try {
    const holder = parseHolder(readFileSync(file, 'utf8'))
    return holder !== undefined && isAlive(holder, file)
  } catch {
    return false
  }
}

/** Removes the lock only if it still is the one that was read: another process may have taken it over meanwhile. */
function removeStale(file: string, expected: string): void {
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') !== expected) linkSync(aside, file)
    unlinkSync(aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value = JSON.parse(text) as Partial<Holder>
    if (!Number.isSafeInteger(value.pid) || value.pid === undefined || value.pid <= 0) return undefined
    return { pid: value.pid, ...(typeof value.ticks === 'string' ? { ticks: value.ticks } : {}) }
  } catch {
    return undefined
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.pid === process.pid) return held.has(file)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const { ticks } = ticksOf(holder.pid)
  return holder.ticks === undefined || ticks === undefined || holder.ticks === ticks
}

/** Start time from `/proc` (Linux, proc(5) field 22); absent elsewhere. */
function ticksOf(pid: number): { readonly ticks?: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return ticks === undefined ? {} : { ticks }
  } catch {
    return {}
  }
}
