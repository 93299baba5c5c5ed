import { describe, expect, it } from 'vitest'
import { EventBus } from '../events/event-bus.ts'
import { memoryStores } from '../storage/memory-stores.ts'
import { StorageError } from '../storage/storage-error.ts'
import { UsageMeter } from './usage-meter.ts'
import type { UsageMeterOptions } from './usage-meter.ts'

const ALL = { from: '2000-01-01', to: '2100-01-01', limit: 1_000 } as const

function setUp(options: Partial<UsageMeterOptions> = {}) {
  const { usage: store } = memoryStores()
  const state = { isAway: false, writes: 0, now: Date.parse('2026-03-01T23:59:59.999Z') }
  const events = new EventBus({ keep: 10 })
  const meter = new UsageMeter({
    store: {
      ...store,
      add: async (rows) => {
        if (state.isAway) throw new StorageError('The database is away.')
        state.writes++
        await store.add(rows)
      },
    },
    events,
    keepDays: 2,
    now: () => state.now,
    ...options,
  })
  meter.stop()
  return { meter, store, state, events }
}

describe('usage in memory', () => {
  it('is written in one go, by the day (UTC) on which a request ended', async () => {
    const { meter, store, state } = setUp()
    for (let at = 0; at < 1_000; at++) meter.count({ keyId: 'a', model: 'm' }, { input: 1, output: 2 })
    state.now++
    meter.count({ keyId: 'a', model: 'm' })
    await meter.flush()
    await meter.flush()
    expect(state.writes).toBe(1)
    expect(await store.sum({ ...ALL, by: ['day'] })).toEqual([
      { day: '2026-03-01', requests: 1_000, promptTokens: 1_000, completionTokens: 2_000 },
      { day: '2026-03-02', requests: 1, promptTokens: 0, completionTokens: 0 },
    ])
  })

  it('waits while the database is away, says so once, and is written when it is back', async () => {
    const { meter, store, state, events } = setUp()
    state.isAway = true
    meter.count({ keyId: 'a', model: 'm' }, { input: 1, output: 1 })
    await expect(meter.flush()).rejects.toThrow('away')
    meter.count({ keyId: 'a', model: 'm' }, { input: 1, output: 1 })
    await expect(meter.flush()).rejects.toThrow('away')
    state.isAway = false
    await meter.flush()
    expect(await store.sum({ ...ALL, by: [] })).toEqual([{ requests: 2, promptTokens: 2, completionTokens: 2 }])
    expect(events.list({ limit: 10 }).map(({ type, severity }) => [type, severity])).toEqual([
      ['degraded', 'info'],
      ['degraded', 'medium'],
    ])
  })

  it('is bounded: persons and models beyond the bound are counted together', async () => {
    const { meter, store } = setUp({ maxRows: 10 })
    for (let at = 0; at < 1_000; at++) meter.count({ keyId: 'a', user: `user_${at}`, model: 'm' })
    await meter.flush()
    const rows = await store.sum({ ...ALL, by: ['user', 'model'] })
    expect(rows).toHaveLength(11)
    expect(rows[0]).toMatchObject({ user: '*', model: '*', requests: 990 })
  })

  it('is forgotten after the days it is kept', async () => {
    const { meter, store, state } = setUp()
    for (let day = 0; day < 4; day++) {
      meter.count({ keyId: 'a', model: 'm' })
      await meter.flush()
      state.now += 86_400_000
    }
    expect((await store.sum({ ...ALL, by: ['day'] })).map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-04'])
  })
})
