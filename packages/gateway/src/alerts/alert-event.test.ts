import type { Alert } from 'sallyport/alerts'
import { describe, expect, it } from 'vitest'
import { alertEvent } from './alert-event.ts'

const ALERT: Alert = {
  id: 'alert-1',
  kind: 'injection-burst',
  kinds: ['injection-burst'],
  severity: 'high',
  subject: 'key:key_1',
  subjects: ['key:key_1'],
  reason: '10 injection attempts within five minutes; none are usual.',
  value: 10,
  expected: 0,
  openedAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: '2026-01-01T00:00:00.000Z',
  reopened: 0,
}

describe('the event of an alert', () => {
  it('names a person only where the security log can erase them', () => {
    const { actor, ...rest } = alertEvent({ change: 'opened', alert: { ...ALERT, subject: 'user:user_ann' } })
    expect(actor).toEqual({ user: 'user_ann' })
    expect(JSON.stringify(rest)).not.toContain('user_ann')
  })

  it('is found by its key, and says what it is about', () => {
    const { actor, detail } = alertEvent({ change: 'opened', alert: ALERT })
    expect(actor).toEqual({ keyId: 'key_1' })
    expect(detail).toContain('opened: key:key_1. 10 injection attempts')
  })

  it.each([
    ['opened', 'create', 'failure', 'high'],
    ['updated', 'update', 'failure', 'high'],
    ['reopened', 'update', 'failure', 'high'],
    ['resolved', 'close', 'success', 'info'],
  ] as const)('%s: is a %s with the outcome %s', (change, activity, outcome, severity) => {
    expect(alertEvent({ change, alert: ALERT })).toMatchObject({ activity, outcome, severity })
  })
})
