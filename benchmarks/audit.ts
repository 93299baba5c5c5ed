/**
 * The security log: events acknowledged (synced to disk) a second with group commit, beside one sync an event, in the
 * same run and on the same disk. The thread that asks and the thread that writes are two threads of one process.
 *
 *   npx tsx --conditions=sallyport-source benchmarks/audit.ts [--events 200000] [--waiting 4000] [--json FILE]
 *
 * Caveats: the disk decides the second row; `--waiting` is how many events wait for their acknowledgement at once (a
 * gateway has as many as requests under way, or more where nobody waits). The processor time of the whole process is
 * printed because the machine may be busy with other things.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { AuditEvent } from 'sallyport/audit'
import { openAuditLog, verifyLog } from 'sallyport/audit'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    single: { type: 'string', default: '2000' },
    waiting: { type: 'string', default: '4000' },
    json: { type: 'string' },
  },
})

const waiting = Number(values.waiting)
const rows = []
for (const [name, events, maxBatch] of [
  ['group commit', Number(values.events), 5_000],
  ['one sync an event', Number(values.single), 1],
] as const) {
  rows.push({ name, ...(await measure(events, maxBatch)) })
}
const report = { machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`, node: process.version, waiting, rows }
console.table(rows)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)

async function measure(events: number, maxBatch: number) {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
  try {
    const log = await openAuditLog({ folder, maxBatch })
    await run(log.append.bind(log), Math.min(events, 5_000))
    const processor = process.cpuUsage()
    const started = performance.now()
    await run(log.append.bind(log), events)
    const seconds = (performance.now() - started) / 1_000
    const { user, system } = process.cpuUsage(processor)
    await log.close()
    const beforeVerify = performance.now()
    const { isIntact, records, bytes } = verifyLog(folder)
    return {
      acknowledgedPerSecond: Math.round(events / seconds),
      processorMicrosecondsPerEvent: round((user + system) / events),
      bytesPerEvent: Math.round(bytes / records),
      verifiedPerSecond: Math.round((records / (performance.now() - beforeVerify)) * 1_000),
      isIntact,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Keeps `waiting` events under way until `events` are acknowledged. */
async function run(append: (event: AuditEvent) => Promise<void>, events: number): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(waiting, events) }, async () => {
      while (next < events) await append(eventNumber(next++))
    }),
  )
}

function eventNumber(number: number): AuditEvent {
  return {
    type: 'policy_violation',
    severity: 'medium',
    outcome: 'redact',
    id: `0mi0000-${number}`,
    time: new Date(1_790_000_000_000 + number).toISOString(),
    requestId: `req_${number.toString(36).padStart(20, '0')}`,
    actor: { keyId: 'key_3fQ9', role: 'client' },
    model: 'demo',
    stage: 'input',
    rule: 'pii/email',
    codes: ['email'],
    findings: [{ guard: 'pii', code: 'email', severity: 'medium', confidence: 0.9, start: 120, end: 141, length: 21 }],
    route: 'POST /v1/chat/completions',
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
