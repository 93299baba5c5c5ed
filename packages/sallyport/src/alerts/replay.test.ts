import { describe, expect, it } from 'vitest'
import { ALERT_KINDS } from './alert.ts'
import { ANOMALIES } from './testing/planted.ts'
import { replay } from './testing/replay.ts'
import { syntheticDay } from './testing/synthetic-day.ts'

const MONDAY = Date.UTC(2026, 0, 5)
const DAY_MS = 86_400_000

describe('a replayed day of synthetic traffic', () => {
  it('has anomalies of every kind', () => {
    expect(new Set(ANOMALIES.map(({ kind }) => kind))).toEqual(new Set(ALERT_KINDS))
  })

  it.each([1, 2, 3, 4, 5])('shows all of them and at most one false alert (seed %d)', (seed) => {
    const { found, falseAlerts, unresolved, happenings } = replay([syntheticDay(seed, MONDAY)])
    expect(happenings).toBeGreaterThan(50_000)
    expect(found).toHaveLength(ANOMALIES.length)
    expect(found.filter(({ alert }) => alert === undefined).map(({ planted }) => planted.anomaly.name)).toEqual([])
    expect(falseAlerts.length, JSON.stringify(falseAlerts, null, 1)).toBeLessThanOrEqual(1)
    expect(unresolved).toEqual([])
  })

  it('shows them on the second day as well, when what is usual includes a day with all of them', () => {
    const days = [syntheticDay(6, MONDAY), syntheticDay(7, MONDAY + DAY_MS)]
    const { found, falseAlerts } = replay(days)
    expect(found.filter(({ alert }) => alert === undefined).map(({ planted }) => planted.anomaly.name)).toEqual([])
    expect(falseAlerts.length, JSON.stringify(falseAlerts, null, 1)).toBeLessThanOrEqual(2)
  })

  it('shows nothing but the red team at work when nothing is planted', () => {
    const { falseAlerts } = replay([syntheticDay(8, MONDAY, { calm: true })])
    expect(falseAlerts.filter(({ subject }) => !subject.includes('red-team'))).toEqual([])
    expect(falseAlerts.length).toBeLessThanOrEqual(1)
  })

  it('is missed by detectors that are turned off: the test can fail', () => {
    const off = { enabled: false }
    const { found } = replay([syntheticDay(1, MONDAY)], { injectionBurst: off, keyNetworks: off })
    const missed = found.filter(({ alert }) => alert === undefined).map(({ planted }) => planted.anomaly.kind)
    expect(new Set(missed)).toEqual(new Set(['injection-burst', 'key-networks']))
  })
})
