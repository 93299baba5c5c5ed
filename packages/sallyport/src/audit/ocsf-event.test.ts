import { describe, expect, it } from 'vitest'
import type { AuditEvent } from './audit-event.ts'
import { EVENT_CATALOGUE } from './event-catalogue.data.ts'
import { ocsfEvent } from './ocsf-event.ts'

const types = Object.keys(EVENT_CATALOGUE)
const OUTCOMES = [undefined, 'success', 'failure', 'allow', 'monitor', 'redact', 'review', 'block'] as const
const ACTIVITIES = [undefined, 'create', 'update', 'delete', 'close'] as const

/** What OCSF 1.6 (https://schema.ocsf.io/1.6.0) knows, as far as it is used: attributes of every class … */
const BASE = `activity_id activity_name category_uid class_uid count duration end_time message metadata severity_id
  status_code status_id time type_uid unmapped`.split(/\s+/)
/** … those that a profile adds, and those of each class: needed ones first, then others. */
const PROFILES: Readonly<Record<string, readonly string[]>> = {
  security_control: ['disposition_id', 'is_alert'],
  trace: ['trace'],
}
const FINDING_STATUS = [1, 2, 3, 4, 5, 6]
const CLASSES: Readonly<
  Record<number, { needed: string[]; others: string[]; activities: number[]; statuses: number[]; profiles: string[] }>
> = {
  2004: {
    needed: ['finding_info'],
    others: ['evidences'],
    activities: [1, 2, 3],
    statuses: FINDING_STATUS,
    profiles: ['security_control'],
  },
  3002: {
    needed: ['user', 'service'],
    others: ['src_endpoint'],
    activities: [1],
    statuses: [0, 1, 2],
    profiles: ['security_control'],
  },
  3004: { needed: ['entity'], others: ['actor'], activities: [1, 2, 3, 4], statuses: [0, 1, 2], profiles: [] },
  6002: { needed: ['app'], others: [], activities: [3, 4], statuses: [0, 1, 2], profiles: [] },
  6003: {
    needed: ['actor', 'api', 'src_endpoint'],
    others: [],
    activities: [1, 2, 3, 4, 99],
    statuses: [0, 1, 2],
    profiles: ['security_control', 'trace'],
  },
  6008: { needed: [], others: [], activities: [1], statuses: [0, 1, 2], profiles: [] },
}
const METADATA = 'correlation_uid event_code labels logged_time product profiles sequence uid version'.split(' ')
const DISPOSITIONS = { success: 1, allow: 1, failure: 2, block: 2, redact: 11, review: 14, monitor: 17 } as const

function exported(event: Partial<AuditEvent> & { readonly type: string }): Record<string, unknown> {
  const whole = {
    severity: 'high',
    time: '2026-01-01T00:00:00.000Z',
    requestId: 'r',
    traceId: 't',
    source: '10.0.0.1',
    actor: { keyId: 'key_1', role: 'client', user: 'user_1' },
    route: 'POST /v1/x',
    status: 400,
    durationMs: 1.5,
    count: 2,
    until: '2026-01-01T00:00:01.000Z',
    ...event,
  } as const
  return ocsfEvent({ seq: 7, time: '2026-01-01T00:00:02.000Z', hash: 'abc', event: whole }) ?? {}
}

/** What is wrong with an event, by the tables above. */
function faultsOf(event: Record<string, unknown>): string[] {
  const rules = CLASSES[Number(event['class_uid'])]
  if (rules === undefined) return ['unknown class']
  const metadata = event['metadata'] as Record<string, unknown>
  const profiles = metadata['profiles'] as string[]
  const known = new Set([
    ...BASE,
    ...rules.needed,
    ...rules.others,
    ...profiles.flatMap((profile) => PROFILES[profile] ?? []),
  ])
  return [
    ...Object.keys(event)
      .filter((name) => !known.has(name))
      .map((name) => `${name} is unknown`),
    ...rules.needed.filter((name) => event[name] === undefined).map((name) => `${name} is missing`),
    ...profiles.filter((name) => !rules.profiles.includes(name)).map((name) => `profile ${name} is not of the class`),
    ...Object.keys(metadata)
      .filter((name) => !METADATA.includes(name))
      .map((name) => `metadata.${name} is unknown`),
    ...(rules.activities.includes(Number(event['activity_id'])) ? [] : ['activity_id']),
    ...(event['activity_id'] === 99 && event['activity_name'] === undefined ? ['activity_name is missing'] : []),
    ...(rules.statuses.includes(Number(event['status_id'])) ? [] : ['status_id']),
  ]
}

describe('an event as OCSF', () => {
  it.each(types)('%s is valid in its class, whatever came of it and whatever is known of it', (type) => {
    for (const outcome of OUTCOMES) {
      for (const activity of ACTIVITIES) {
        for (const more of [{}, { actor: undefined, source: undefined, route: undefined, traceId: undefined }]) {
          const event = exported({ type: type as AuditEvent['type'], outcome, activity, ...more })
          expect([outcome, activity, faultsOf(event)]).toEqual([outcome, activity, []])
          const classUid = Number(event['class_uid'])
          expect(event).toMatchObject({
            category_uid: Math.floor(classUid / 1000),
            type_uid: classUid * 100 + Number(event['activity_id']),
            severity_id: 4,
            time: Date.UTC(2026, 0, 1),
            metadata: { version: '1.6.0', sequence: 7, correlation_uid: 'r' },
          })
        }
      }
    }
  })

  it('would not pass with what another class has (control)', () => {
    const event = exported({ type: 'degraded', outcome: 'failure' })
    expect(faultsOf({ ...event, app: {} })).toEqual(['app is unknown'])
    expect(faultsOf({ ...event, disposition_id: 2 })).toEqual(['disposition_id is unknown'])
    expect(faultsOf({ ...exported({ type: 'authz' }), api: undefined })).toEqual(['api is missing'])
    expect(faultsOf({ ...exported({ type: 'alert' }), status_id: 0 })).toEqual(['status_id'])
  })

  it.each(Object.entries(DISPOSITIONS))('says of the outcome %s that it was handled as %d', (outcome, disposition) => {
    expect(exported({ type: 'policy_violation', outcome: outcome as AuditEvent['outcome'] })).toMatchObject({
      disposition_id: disposition,
      status_id: 1,
    })
  })

  it('tells how calls ended, and of findings whether they are new, changed or over', () => {
    expect(exported({ type: 'authz', outcome: 'failure' })['status_id']).toBe(2)
    expect(exported({ type: 'authz', outcome: 'success' })['status_id']).toBe(1)
    expect(exported({ type: 'authz' })['status_id']).toBe(0)
    const alerts = (['create', 'update', 'close'] as const).map((activity) => exported({ type: 'alert', activity }))
    expect(alerts.map((alert) => [alert['activity_id'], alert['status_id']])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
    ])
  })

  it('does not take the network of an alert for an address', () => {
    const alert = exported({ type: 'alert', source: '10.1.2.0/24' })
    expect(alert['evidences']).toMatchObject([{ src_endpoint: { name: '10.1.2.0/24' } }])
    expect(JSON.stringify(alert['evidences'])).not.toContain('"ip"')
  })

  it('is nothing for the records a log writes about itself', () => {
    expect(ocsfEvent({ seq: 1, time: '', hash: '', event: { type: 'log-head', severity: 'info' } })).toBeUndefined()
  })
})
