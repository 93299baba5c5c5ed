import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditEvent, AuditLogError, openAuditLog } from 'sallyport/audit'
import type { Terminal } from './terminal.ts'

interface LogPlace {
  readonly dataFolder: string
  readonly isOn: boolean
  /** The folder belongs to a gateway that may be running, or to none. */
  readonly asGuest: boolean
}

/**
 * Records in the security log of an installation what was done on the command line. A gateway that runs holds the log
 * and records what it sees change in the shared database.
 */
export async function recordEvent(
  { dataFolder, isOn, asGuest }: LogPlace,
  event: AuditEvent,
  { err }: Terminal,
): Promise<void> {
  const folder = join(dataFolder, 'audit')
  if (!isOn || (asGuest && !existsSync(folder))) return
  try {
    const log = await openAuditLog({ folder })
    try {
      await log.append(event)
    } finally {
      await log.close()
    }
  } catch (error) {
    if (!(error instanceof AuditLogError)) throw error
    if (error.code === 'locked' && asGuest) return
    err.write(`This is not in the security log: ${error.message}\n`)
  }
}
