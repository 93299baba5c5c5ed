import type { SecurityEvent } from '@sallyport/gateway/contract'
import { describe, expect, it } from 'vitest'
import { filterEvents, mergeEvents } from './event-list.ts'

const event = (id: string, second: number, part: Partial<SecurityEvent> = {}): SecurityEvent => ({
  id,
  time: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  type: 'policy_violation',
  severity: 'medium',
  ...part,
})
const ids = (events: readonly SecurityEvent[]) => events.map(({ id }) => id).join('')

describe('mergeEvents', () => {
  it('puts the newest first and keeps each event once', () => {
    expect(ids(mergeEvents([event('b', 2), event('a', 1)], [event('c', 3), event('b', 2)]))).toBe('cba')
  })

  it('orders events of the same instant by id, newest id first', () => {
    expect(ids(mergeEvents([event('a', 1)], [event('b', 1), event('c', 1)]))).toBe('cba')
  })

  it('drops the oldest beyond the most it keeps', () => {
    expect(ids(mergeEvents([event('b', 2), event('a', 1)], [event('c', 3)], 2))).toBe('cb')
  })
})

describe('filterEvents', () => {
  const events = [
    event('a', 3, { type: 'start', severity: 'info' }),
    event('b', 2, { severity: 'high', requestId: 'r' }),
    event('c', 1, { type: 'rate_limit' }),
  ]
  const all = { types: new Set<SecurityEvent['type']>(), atLeast: 'info', requestId: undefined } as const

  it.each([
    ['everything by default', all, 'abc'],
    ['chosen types', { ...all, types: new Set<SecurityEvent['type']>(['start', 'rate_limit']) }, 'ac'],
    ['a severity and above', { ...all, atLeast: 'medium' as const }, 'bc'],
    ['one request', { ...all, requestId: 'r' }, 'b'],
  ])('keeps %s', (_, filter, expected) => {
    expect(ids(filterEvents(events, filter))).toBe(expected)
  })
})
