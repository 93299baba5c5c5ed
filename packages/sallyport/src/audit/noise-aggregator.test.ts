import { describe, expect, it } from 'vitest'
import type { AuditEvent } from './audit-event.ts'
import { NoiseAggregator } from './noise-aggregator.ts'

const badKey: AuditEvent = {
  type: 'auth_attempt',
  severity: 'medium',
  outcome: 'failure',
  requestId: 'r',
  route: 'POST /v1/chat/completions',
  status: 401,
}

describe('NoiseAggregator', () => {
  it('lets the first of a kind pass and counts the rest of each second', () => {
    let now = 0
    const noise = new NoiseAggregator(() => now)
    const passed: AuditEvent[] = []
    for (now = 0; now < 3_000; now++) {
      if (noise.admit(badKey)) passed.push(badKey)
      passed.push(...noise.take())
    }
    passed.push(...noise.take(true))
    expect(passed.map(({ count }) => count ?? 1)).toEqual([1, 1_000, 1_000, 999])
    expect(passed[1]).not.toHaveProperty('requestId')
  })

  it('counts kinds apart: another route, status or outcome', () => {
    const noise = new NoiseAggregator(() => 0)
    expect(noise.admit(badKey)).toBe(true)
    expect(noise.admit({ ...badKey, route: 'GET /v1/models' })).toBe(true)
    expect(noise.admit({ ...badKey, route: 'GET /v1/models' })).toBe(false)
  })

  it.each<[string, AuditEvent]>([
    ['a failure of somebody known', { ...badKey, actor: { keyId: 'key-1' } }],
    ['a success', { ...badKey, outcome: 'success' }],
    ['an attack by somebody known', { type: 'injection_attempt', severity: 'high', actor: { keyId: 'key-1' } }],
    ['a start', { type: 'start', severity: 'info' }],
  ])('never holds back %s', (_name, event) => {
    const noise = new NoiseAggregator(() => 0)
    expect([noise.admit(event), noise.admit(event), noise.admit(event)]).toEqual([true, true, true])
  })

  it('keeps to a bounded number of kinds whatever strangers send', () => {
    const noise = new NoiseAggregator(() => 0)
    for (let rule = 0; rule < 10_000; rule++) noise.admit({ ...badKey, rule: `rule-${rule}` })
    expect(noise.take(true).length).toBeLessThan(110)
  })
})
