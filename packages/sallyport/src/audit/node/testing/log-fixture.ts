import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { AuditEvent } from '../../audit-event.ts'
import { LogWriter } from '../log-writer.ts'
import type { LogWriterOptions } from '../log-writer.ts'
import { VolatileFiles } from './volatile-files.ts'

export const LOG_FOLDER = '/log'

/** A folder that no other test uses. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sallyport-audit-'))
}

export function eventNumber(number: number): AuditEvent {
  return {
    type: number % 3 === 0 ? 'injection_attempt' : 'policy_violation',
    severity: 'medium',
    outcome: number % 2 === 0 ? 'block' : 'redact',
    id: `event-${number}`,
    time: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
    requestId: `request-${number}`,
    actor: { keyId: `key-${number % 3}`, role: 'client', user: `person-${number % 5}` },
    rule: 'pii/email',
    findings: [{ guard: 'pii', code: 'email', severity: 'medium', confidence: 0.9, start: 3, end: 20, length: 17 }],
  }
}

export interface WrittenLog {
  readonly files: VolatileFiles
  readonly options: LogWriterOptions
}

/** A log of some segments in memory, written and closed. */
export function writeLog(events = 40, options: Partial<LogWriterOptions> = {}): WrittenLog {
  const files = new VolatileFiles()
  let now = Date.UTC(2026, 0, 1)
  const all: LogWriterOptions = {
    folder: LOG_FOLDER,
    files,
    segmentBytes: 6_000,
    headEvery: 15,
    now: () => (now += 1_000),
    ...options,
  }
  const writer = new LogWriter(all)
  for (let number = 1; number <= events; number += 2) writer.commit([eventNumber(number), eventNumber(number + 1)])
  writer.close()
  return { files, options: all }
}

/** Puts files where `verifyLog` can read them; gives the folder. */
export function putOnDisk(
  entries: Iterable<readonly [path: string, content: Buffer]>,
  folder = temporaryFolder(),
): string {
  mkdirSync(folder, { recursive: true })
  for (const [path, content] of entries) writeFileSync(join(folder, basename(path)), content)
  return folder
}
