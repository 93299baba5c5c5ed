import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { LogEntry, LogReport } from 'sallyport/audit'
import type { Terminal } from '../terminal.ts'

/** One entry for people. Only our own words and identifiers are in it; control characters could only come from a log that was altered. */
export function describeEntry({ seq, time, event }: LogEntry): string {
  const who = [event.actor?.keyId, event.actor?.user].filter((each) => each !== undefined).join('/')
  const parts = [
    event.time ?? time,
    String(seq),
    event.severity ?? '-',
    event.type,
    event.outcome ?? '-',
    event.rule ?? '-',
    who === '' ? '-' : who,
    event.route ?? '-',
    event.requestId ?? '-',
    ...(event.count === undefined ? [] : [`×${event.count}`]),
    ...(event.detail === undefined ? [] : [event.detail]),
  ]
  // oxlint-disable-next-line no-control-regex
  return parts.join('  ').replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')
}

export function describeReport(report: LogReport): string {
  const { records, segments, firstSeq, lastSeq, signedThrough, anchoredThrough, problems } = report
  const lines = [
    `${report.isIntact ? 'Intact' : 'NOT INTACT'}: ${records} records (${firstSeq} to ${lastSeq}) in ${segments} ${segments === 1 ? 'segment' : 'segments'}.`,
    `  signed through record     ${signedThrough}`,
    `  anchored through record   ${anchoredThrough === 0 ? '- (no --anchor given)' : anchoredThrough}`,
    ...(report.retired > 0 ? [`  removed by retention      ${report.retired}`] : []),
    ...(report.recoveries > 0 ? [`  mended after crashes      ${report.recoveries}`] : []),
    ...(report.lostEvents > 0 ? [`  events lost, as recorded  ${report.lostEvents}`] : []),
  ]
  for (const { code, message, segment, seq } of problems) {
    const where = [segment, seq === undefined ? undefined : `record ${seq}`].filter((part) => part !== undefined)
    lines.push(`  problem  ${code}${where.length === 0 ? '' : ` (${where.join(', ')})`}: ${message}`)
  }
  if (report.unknown.length > 0)
    lines.push('What this check cannot know:', ...report.unknown.map((each) => `  - ${each}`))
  return `${lines.join('\n')}\n`
}

/** A line a second for a person who waits: how much of the log was read. */
export function progressOf(folder: string, { err }: Terminal): (bytes: number) => void {
  const total = sizeOf(folder)
  let shown = Date.now()
  return (bytes) => {
    if (Date.now() - shown < 1_000 && bytes < total) return
    shown = Date.now()
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((bytes / total) * 100))
    err.write(`  ${percent} % (${mebibytes(bytes)} of ${mebibytes(total)} MiB) …\n`)
  }
}

function sizeOf(folder: string): number {
  const segments = readdirSync(folder).filter((name) => /^\d{16}\.jsonl$/.test(name))
  return segments.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

function mebibytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(bytes < 10_485_760 ? 1 : 0)
}
