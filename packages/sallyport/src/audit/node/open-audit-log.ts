import { resolve } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { AuditLogError } from './audit-log-error.ts'
import type { AuditLogErrorCode } from './audit-log-error.ts'
import type { AuditLog, AuditLogOptions } from './audit-log.ts'
import { lockFolder } from './folder-lock.ts'
import type { FolderLock } from './folder-lock.ts'
import { makeFolder } from './make-folder.ts'
import { startThread } from './start-thread.ts'
import { ThreadedLog } from './threaded-log.ts'
import type { FromWriter, ThreadOptions } from './writer-protocol.ts'

/**
 * Opens the log of a folder and starts the thread that writes it. One process a folder.
 *
 * @throws AuditLogError `locked`, `damaged` or `unwritable`.
 */
export async function openAuditLog(options: AuditLogOptions): Promise<AuditLog> {
  const folder = resolve(options.folder)
  let lock: FolderLock
  try {
    makeFolder(folder)
    lock = lockFolder(folder)
  } catch (error) {
    if (error instanceof AuditLogError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new AuditLogError('unwritable', `The log in ${folder} cannot be written: ${code}.`, { cause: error })
  }
  const threadOptions: ThreadOptions = {
    folder,
    onFailure: options.onFailure ?? 'block',
    headAfterMs: options.headAfterMs ?? 5_000,
    maxBatch: options.maxBatch ?? 5_000,
    ...(options.segmentBytes === undefined ? {} : { segmentBytes: options.segmentBytes }),
    ...(options.headEvery === undefined ? {} : { headEvery: options.headEvery }),
    ...(options.retentionDays === undefined ? {} : { retentionDays: options.retentionDays }),
  }
  const thread = startThread(threadOptions)
  try {
    const log = await ready(thread, folder)
    return new ThreadedLog(thread, lock, log, options)
  } catch (error) {
    lock.release()
    throw error
  }
}

function ready(thread: Worker, folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(new AuditLogError('unwritable', `The log in ${folder} cannot be opened.`, { cause: error }))
    thread.once('error', fail)
    thread.once('message', (message: FromWriter) => {
      thread.off('error', fail)
      if (message.kind === 'ready') return resolve(message.log)
      const refused = message.kind === 'refused' ? message : { code: 'unwritable', message: 'unknown' }
      const text =
        refused.code === 'damaged' ? refused.message : `The log in ${folder} cannot be written: ${refused.message}.`
      reject(new AuditLogError(refused.code as AuditLogErrorCode, text))
    })
  })
}
