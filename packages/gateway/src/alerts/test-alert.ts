import type { AlertTransition } from 'sallyport/alerts'

/** An alert about nothing, for seeing that receivers are reached. */
export function testAlert(now: number): AlertTransition {
  const time = new Date(now).toISOString()
  return {
    change: 'opened',
    alert: {
      id: 'test',
      kind: 'failed-open',
      kinds: ['failed-open'],
      severity: 'info',
      subject: 'test',
      subjects: ['test'],
      reason: 'This is a test: nothing happened.',
      value: 0,
      expected: 0,
      openedAt: time,
      lastSeenAt: time,
      reopened: 0,
    },
  }
}
