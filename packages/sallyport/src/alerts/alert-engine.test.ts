import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAlertEngine } from './alert-engine.ts'
import type { AlertOptionsInput } from './alert-options.ts'
import type { AlertTransition } from './alert.ts'
import { networkOf } from './network-set.ts'
import type { AlertEvent } from './signal.ts'

const MINUTE = 60_000

function setUp(rules: AlertOptionsInput = {}) {
  const clock = { now: Date.UTC(2026, 0, 5) }
  const transitions: AlertTransition[] = []
  let id = 0
  const engine = createAlertEngine({
    rules,
    now: () => clock.now,
    newId: () => `alert-${++id}`,
    onTransition: (transition) => transitions.push(transition),
  })
  const wait = (minutes: number): void => {
    clock.now += minutes * MINUTE
    engine.tick()
  }
  const wrongKeys = (count: number, source = '198.51.100.7'): void => {
    for (let each = 0; each < count; each++) engine.observe({ ...WRONG_KEY, source })
  }
  const requests = (
    key: string,
    count: number,
    more: { denied?: boolean; tokens?: number; user?: string } = {},
  ): void => {
    for (let each = 0; each < count; each++) engine.use({ key, denied: false, tokens: 100, ...more })
  }
  const changes = (): string[] => transitions.map(({ change, alert }) => `${change} ${alert.kind} ${alert.subject}`)
  return { engine, clock, transitions, wait, wrongKeys, requests, changes }
}

const WRONG_KEY: AlertEvent = { type: 'auth_attempt', severity: 'medium', outcome: 'failure' }

describe('an alert', () => {
  it('opens at its threshold, once, and is resolved after quiet time', () => {
    const { engine, wait, wrongKeys, changes, transitions } = setUp()
    wrongKeys(9)
    expect(changes()).toEqual([])
    wrongKeys(20)
    expect(changes()).toEqual(['opened auth-failure-burst source:198.51.100.0/24'])
    expect(engine.open).toHaveLength(1)
    wait(14)
    expect(engine.open).toHaveLength(1)
    wait(2)
    expect(changes().at(-1)).toBe('resolved auth-failure-burst source:198.51.100.0/24')
    expect(engine.open).toEqual([])
    expect(engine.recent).toEqual([transitions.at(-1)?.alert])
    expect(engine.recent[0]?.resolvedAt).toBeDefined()
  })

  it('is opened again without being a new one when it comes back within the cool-down, and is new after it', () => {
    const { wait, wrongKeys, transitions } = setUp()
    wrongKeys(10)
    wait(20)
    wrongKeys(10)
    wait(20)
    wait(40)
    wrongKeys(10)
    expect(transitions.map(({ change, alert }) => `${change} ${alert.id} ${alert.reopened}`)).toEqual([
      'opened alert-1 0',
      'resolved alert-1 0',
      'reopened alert-1 1',
      'resolved alert-1 1',
      'opened alert-2 0',
    ])
  })

  it('stays open while it goes on', () => {
    const { engine, wait, wrongKeys, changes } = setUp()
    for (let minute = 0; minute < 60; minute++) {
      wrongKeys(10)
      wait(1)
    }
    expect(changes()).toEqual([
      'opened auth-failure-burst source:198.51.100.0/24',
      // All networks together joined it.
      'updated auth-failure-burst source:198.51.100.0/24',
    ])
    expect(engine.open).toHaveLength(1)
  })

  it('is one for what one key does, whatever it is seen by', () => {
    const { engine, requests, changes, transitions } = setUp()
    for (let each = 0; each < 30; each++) {
      const actor = { keyId: 'k1', user: 'u1' }
      engine.observe({
        type: 'injection_attempt',
        severity: 'high',
        outcome: 'block',
        actor,
        rule: 'prompt-injection/x',
      })
      requests('k1', 1, { denied: true, user: 'u1' })
    }
    expect(changes().filter((change) => change.startsWith('opened'))).toEqual(['opened injection-burst key:k1'])
    expect(transitions.at(-1)?.alert.kinds).toEqual(['injection-burst', 'denial-rate'])
    expect(transitions.at(-1)?.alert.subjects).toEqual(['key:k1', 'user:u1'])
  })

  it('does not hide another of its kind, about another key, however long it is open', () => {
    const { engine, wait, changes } = setUp()
    const inject = (keyId: string): void => {
      for (let each = 0; each < 15; each++) {
        engine.observe({
          type: 'injection_attempt',
          severity: 'high',
          outcome: 'block',
          actor: { keyId, user: keyId },
          rule: 'r',
        })
      }
    }
    inject('k1')
    wait(6)
    inject('k1')
    inject('k2')
    expect(changes().filter((change) => change.startsWith('opened'))).toHaveLength(2)
  })

  it.each([
    ['degraded-store', 'store/rate-limits', 'store:rate-limits'],
    ['audit-gap', 'audit/log', 'audit:log'],
  ])('of the kind %s lasts until it is said to be over', (kind, rule, subject) => {
    const { engine, wait, changes } = setUp()
    engine.observe({ type: 'degraded', severity: 'high', rule, outcome: 'failure' })
    wait(120)
    expect(changes()).toEqual([`opened ${kind} ${subject}`])
    engine.observe({ type: 'degraded', severity: 'info', rule, outcome: 'success' })
    expect(changes().at(-1)).toBe(`resolved ${kind} ${subject}`)
  })

  it('says nothing of requests without a key, of guards that only watch, or of itself', () => {
    const { engine, changes } = setUp()
    for (let each = 0; each < 100; each++) {
      engine.observe({ ...WRONG_KEY, severity: 'low', source: '198.51.100.7' })
      engine.observe({ type: 'injection_attempt', severity: 'low', outcome: 'monitor', actor: { keyId: 'k1' } })
      engine.observe({ type: 'alert', severity: 'high', rule: 'alert/injection-burst' })
    }
    expect(changes()).toEqual([])
  })
})

describe('what is usual', () => {
  it('is learnt by key: a busy one is left alone, a sudden one is not', () => {
    const { wait, requests, changes } = setUp()
    for (let five = 0; five < 24; five++) {
      requests('busy', 1_000)
      requests('quiet', 20)
      wait(5)
    }
    requests('busy', 1_500)
    expect(changes()).toEqual([])
    requests('quiet', 250)
    expect(changes()).toEqual(['opened usage-anomaly key:quiet'])
  })

  it('is not judged by in the first hour', () => {
    const { wait, requests, changes } = setUp()
    requests('new', 10)
    wait(5)
    requests('new', 5_000)
    expect(changes()).toEqual([])
  })

  it('does not become what an attack made it', () => {
    const { wait, requests, changes } = setUp()
    const usual = (fives: number): void => {
      for (let five = 0; five < fives; five++) {
        requests('key', 20)
        wait(5)
      }
    }
    usual(24)
    for (let round = 0; round < 3; round++) {
      requests('key', 1_000)
      usual(36)
    }
    expect(changes().filter((change) => change.startsWith('opened'))).toHaveLength(3)
  })

  it('includes a job that runs once an hour', () => {
    const { wait, requests, changes } = setUp()
    for (let hour = 0; hour < 48; hour++) {
      requests('job', 400)
      wait(60)
    }
    expect(changes()).toEqual([])
  })

  it('counts tokens as it counts requests', () => {
    const { wait, requests, changes } = setUp()
    for (let five = 0; five < 24; five++) {
      requests('key', 20)
      wait(5)
    }
    requests('key', 20, { tokens: 20_000 })
    expect(changes()).toEqual(['opened spend-anomaly key:key'])
  })
})

describe('one key from many networks', () => {
  it('is seen when they are more than usual, and not when many are usual or few are new', () => {
    const { engine, wait, changes } = setUp()
    const use = (key: string, network: number): void =>
      engine.use({ key, address: `10.0.${network}.7`, denied: false, tokens: 1 })
    for (let minute = 0; minute < 120; minute++) {
      use('office', minute % 2)
      use('app', minute % 40)
      wait(1)
    }
    for (let network = 100; network < 120; network++) use('app', network)
    for (let network = 100; network < 103; network++) use('office', network)
    expect(changes()).toEqual([])
    for (let network = 103; network < 110; network++) use('office', network)
    expect(changes()).toEqual(['opened key-networks key:office'])
  })

  it.each([
    ['192.0.2.17', '192.0.2.0/24'],
    ['2001:db8:1:2::7', '2001:db8:1::/48'],
    ['2001:db8::7', '2001:db8:0::/48'],
    ['2001:0DB8:0:0:0:0:0:7', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['unix', 'unix'],
  ])('takes %s for %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})

describe('memory', () => {
  it('is bounded, however many keys, persons, addresses and alerts there are', () => {
    const { engine, wrongKeys } = setUp({ maxSubjects: 500 })
    for (let each = 0; each < 5_000; each++) {
      engine.use({
        key: `k${each}`,
        user: `u${each}`,
        address: `10.${each % 256}.${each >> 8}.1`,
        denied: false,
        tokens: 1,
      })
    }
    for (let source = 0; source < 2_000; source++) wrongKeys(10, `172.16.${source % 256}.${source >> 8}`)
    expect(engine.size).toBeLessThanOrEqual(500)
    expect(engine.open.length).toBeLessThanOrEqual(200)
    for (const { subjects } of engine.open) expect(subjects.length).toBeLessThanOrEqual(20)
  })

  it('takes any event without throwing', () => {
    const value = fc.option(fc.string(), { nil: undefined })
    const event = fc.record({
      type: fc.constantFrom('auth_attempt', 'injection_attempt', 'degraded', 'failed-open', 'policy_violation'),
      severity: fc.constantFrom('low', 'high'),
      outcome: fc.constantFrom('failure', 'success', 'block', undefined),
      actor: fc.option(fc.record({ keyId: value, user: value }), { nil: undefined }),
      source: value,
      rule: value,
      guard: value,
      count: fc.option(fc.nat(1_000), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const { engine } = setUp()
        for (const each of events) engine.observe(each as AlertEvent)
      }),
    )
  })
})

describe('counts of several replicas', () => {
  it('together make the alert that none of them would see alone', () => {
    const replicas = [setUp(), setUp(), setUp()]
    for (const { wrongKeys } of replicas) wrongKeys(4)
    expect(replicas.flatMap(({ changes }) => changes())).toEqual([])
    const totals = new Map<string, number>()
    const told = replicas.map(({ engine }) => engine.takeUntold())
    for (const { counts } of told) {
      for (const [name, count] of counts) totals.set(name, (totals.get(name) ?? 0) + count)
    }
    expect(totals.get('authFailures|source:198.51.100.0/24')).toBe(12)
    const interval = told[0]?.interval ?? 0
    for (const { engine } of replicas) engine.absorb({ interval, counts: totals })
    for (const { changes } of replicas) expect(changes()).toEqual(['opened auth-failure-burst source:198.51.100.0/24'])
  })

  it('are told once, and those of another interval are not taken for this one', () => {
    const { engine, wrongKeys, wait, changes } = setUp()
    wrongKeys(4)
    const { interval, counts } = engine.takeUntold()
    expect(counts.size).toBe(2)
    expect(engine.takeUntold().counts.size).toBe(0)
    wait(5)
    wrongKeys(1)
    engine.absorb({ interval, counts: new Map([['authFailures|source:198.51.100.0/24', 1_000]]) })
    engine.absorb({
      interval: interval + 1,
      counts: new Map([
        ['nonsense', 1_000],
        ['requests|key:none', 5],
      ]),
    })
    expect(changes()).toEqual([])
  })
})
