import { describe, expect, it } from 'vitest'
import type { SecurityEvent } from '../contract.ts'
import { EventBus } from './event-bus.ts'
import { strangerThrottle } from './failure-throttle.ts'

const event = (detail: string) => ({ type: 'start', severity: 'info', detail }) as const
const details = (events: readonly SecurityEvent[]) => events.map(({ detail }) => detail)

describe('EventBus', () => {
  it('keeps the newest events and lists them newest first', () => {
    const bus = new EventBus({ keep: 3 })
    for (const name of ['a', 'b', 'c', 'd', 'e']) bus.record(event(name))
    expect(details(bus.list({ limit: 10 }))).toEqual(['e', 'd', 'c'])
    expect(bus.recorded).toBe(5)
  })

  it('gives ids that sort by time, and pages by them', () => {
    const bus = new EventBus({ keep: 100 })
    for (let count = 0; count < 50; count++) bus.record(event(String(count)))
    const all = bus.list({ limit: 50 })
    expect(
      all
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    ).toEqual(all.map(({ id }) => id))
    const page = bus.list({ limit: 20, before: all[19]?.id ?? '' })
    expect(details(page)).toEqual(details(all.slice(20, 40)))
  })

  it('filters by type and by request', () => {
    const bus = new EventBus({ keep: 10 })
    bus.record({ ...event('one'), requestId: 'req_1' })
    bus.record({ type: 'stop', severity: 'info', detail: 'two', requestId: 'req_2' })
    expect(details(bus.list({ limit: 10, types: new Set(['stop'] as const) }))).toEqual(['two'])
    expect(details(bus.list({ limit: 10, requestId: 'req_1' }))).toEqual(['one'])
  })

  it('tells sinks and listeners, and listeners only as long as they listen', () => {
    const heard: (string | undefined)[] = []
    const bus = new EventBus({ keep: 10, sinks: [{ write: ({ detail }) => heard.push(`sink ${detail}`) }] })
    const stop = bus.subscribe(({ detail }) => heard.push(detail))
    bus.record(event('a'))
    stop()
    bus.record(event('b'))
    expect(heard).toEqual(['sink a', 'a', 'sink b'])
  })

  it('gives what was missed since an id, oldest first', () => {
    const bus = new EventBus({ keep: 10 })
    const first = bus.record(event('a'))
    bus.record(event('b'))
    bus.record(event('c'))
    expect(details(bus.since(first.id))).toEqual(['b', 'c'])
  })
})

describe('FailureThrottle', () => {
  it('keeps the first failures of a minute one by one and counts the rest, so that a flood displaces nothing', () => {
    let now = 1_000_000
    const bus = new EventBus({ keep: 100 })
    const throttle = strangerThrottle(bus, () => now)
    for (let count = 0; count < 10_000; count++)
      throttle.record({ type: 'auth_attempt', severity: 'low', outcome: 'failure' })
    expect(bus.recorded).toBe(20)
    now += 60_000
    throttle.record({ type: 'auth_attempt', severity: 'low', outcome: 'failure' })
    expect(bus.recorded).toBe(22)
    expect(details(bus.list({ limit: 2 }))[1]).toMatch(/^9980 more/)
  })
})
