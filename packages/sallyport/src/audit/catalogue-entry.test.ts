import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogueEntry } from './catalogue-entry.ts'
import { EVENT_CATALOGUE } from './event-catalogue.data.ts'
import { ocsfEvent } from './ocsf-event.ts'

const docs = readFileSync(new URL('../../../../docs/audit.md', import.meta.url), 'utf8')
const types = Object.keys(EVENT_CATALOGUE)

describe('the event catalogue', () => {
  it.each(types)('%s is documented with its names elsewhere', (type) => {
    expect(docs).toContain(`\`${type}\``)
    for (const outcome of ['success', 'failure'] as const) {
      const entry = catalogueEntry(type, outcome)
      if (typeof entry?.owasp === 'string') expect(docs).toContain(`\`${entry.owasp}\``)
      expect(docs).toContain(String(entry?.ocsf.classUid))
      for (const threat of entry?.threats ?? []) expect(docs).toContain(threat)
    }
  })

  it('tells a failed sign-in from a good one', () => {
    expect(catalogueEntry('auth_attempt', 'success')?.owasp).toBe('authn_login_success')
    expect(catalogueEntry('auth_attempt', 'failure')).toMatchObject({ owasp: 'authn_login_fail', severity: 'medium' })
  })

  it.each(types)('%s has the members its OCSF class asks for', (type) => {
    const ocsf = ocsfEvent({
      seq: 7,
      time: '2026-01-01T00:00:01.000Z',
      hash: 'abc',
      event: { type, severity: 'high', outcome: 'failure', time: '2026-01-01T00:00:00.000Z', requestId: 'r' },
    })
    const classUid = Number(ocsf?.['class_uid'])
    expect(ocsf).toMatchObject({
      category_uid: Math.floor(classUid / 1000),
      type_uid: classUid * 100 + Number(ocsf?.['activity_id']),
      severity_id: 4,
      status_id: 2,
      time: Date.UTC(2026, 0, 1),
      metadata: { version: '1.6.0', sequence: 7, correlation_uid: 'r' },
    })
    const needed: Readonly<Record<number, readonly string[]>> = {
      2004: ['finding_info'],
      3002: ['user', 'service'],
      3004: ['entity'],
      6002: ['app'],
      6003: ['actor', 'api', 'src_endpoint'],
      6008: [],
    }
    expect(Object.keys(ocsf ?? {})).toEqual(expect.arrayContaining([...(needed[classUid] ?? ['unknown class'])]))
  })

  it('knows no other types, such as the records a log writes about itself', () => {
    expect(catalogueEntry('log-head')).toBeUndefined()
    expect(catalogueEntry('constructor')).toBeUndefined()
    expect(ocsfEvent({ seq: 1, time: '', hash: '', event: { type: 'log-head', severity: 'info' } })).toBeUndefined()
  })
})
