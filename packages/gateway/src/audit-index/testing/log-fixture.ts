import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { openAuditLog } from 'sallyport/audit'
import type { AuditEvent, LogFilter } from 'sallyport/audit'

const START = Date.UTC(2026, 0, 1)
const TYPES = ['injection_attempt', 'policy_violation', 'rate_limit', 'auth_attempt', 'degraded'] as const
const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
const RULES = ['pii/email', 'pii/card', 'prompt-injection/override', 'gateway/role-not-allowed', undefined] as const

/** Events as they come: some late, some with a time of another form or none, some of nobody, several of one request. */
export function eventNumber(number: number): AuditEvent {
  const rule = RULES[(number * 7) % RULES.length]
  const late = number % 11 === 0 ? 45_000 : 0
  const time = new Date(START + number * 10_000 - late).toISOString()
  return {
    type: TYPES[(number * 3) % 5] ?? 'degraded',
    severity: SEVERITIES[(number * number) % 5] ?? 'info',
    outcome: number % 2 === 0 ? 'block' : 'success',
    ...(number % 13 === 0 ? {} : { time: number % 17 === 0 ? time.replace('Z', '+00:00') : time }),
    requestId: `req_${Math.floor(number / 3)}`,
    actor: { keyId: `key_${number % 4}`, ...(number % 3 === 0 ? {} : { user: `person-${number % 6}` }) },
    ...(rule === undefined ? {} : { rule }),
  }
}

export function timeOf(number: number): string {
  return new Date(START + number * 10_000).toISOString()
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sallyport-test-'))
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** Writes events with these numbers into the log of a folder; small segments, so that there are many. */
export async function writeEvents(folder: string, from: number, to: number): Promise<string> {
  const log = await openAuditLog({ folder, segmentBytes: 20_000, headEvery: 50 })
  try {
    for (let number = from; number < to; number += 10) {
      const numbers = Array.from({ length: Math.min(10, to - number) }, (_, at) => number + at)
      await Promise.all(numbers.map((each) => log.append(eventNumber(each))))
    }
    return log.log
  } finally {
    await log.close()
  }
}

/** Filters over the events with numbers below `count`, and some that nothing matches. */
export function anyFilter(count: number): fc.Arbitrary<LogFilter> {
  const time = fc.oneof(
    fc.nat(count + 20).map((number) => timeOf(number - 10)),
    fc.constantFrom('2026', '2026-01-01T00:10', 'x'),
  )
  return fc.record(
    {
      from: time,
      to: time,
      types: fc.subarray(['injection_attempt', 'policy_violation', 'auth_attempt', 'log-head', 'stop'] as string[]),
      keyId: fc.constantFrom('key_0', 'key_1', 'key_2', 'nobody'),
      requestId: fc.nat(Math.ceil(count / 3) + 2).map((number) => `req_${number}`),
      user: fc.constantFrom('person-1', 'person-2', 'person-5', 'stranger'),
      severity: fc.subarray([...SEVERITIES] as string[]),
      rule: fc.constantFrom('pii', 'pii/email', 'prompt-injection', 'gateway/role-not-allowed', 'gateway', 'none/such'),
      afterSeq: fc.nat(count + 20),
      beforeSeq: fc.nat(count + 20),
      includeOwn: fc.boolean(),
      limit: fc.integer({ min: 1, max: 60 }),
    },
    { requiredKeys: [] },
  )
}
