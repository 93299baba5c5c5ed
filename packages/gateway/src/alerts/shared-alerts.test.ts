import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it } from 'vitest'
import { alertsSchema } from './alerts-config.ts'
import { EventBus } from '../events/event-bus.ts'
import { AlertShare } from './alert-share.ts'
import type { AlertRedis } from './alert-share.ts'
import { AlertWatch } from './alert-watch.ts'

const URL_OF_REDIS = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const isThere = await reaches(URL_OF_REDIS)
const closing: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function reaches(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}

interface Replica {
  readonly watch: AlertWatch
  readonly bus: EventBus
  readonly alerts: () => number
  readonly wrongKeys: (count: number) => void
}

function replica(prefix: string, url = URL_OF_REDIS, now: () => number = Date.now): Replica {
  const bus = new EventBus({ keep: 1_000 })
  const client = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 500 })
  client.on('error', () => undefined)
  const share = new AlertShare({
    client: client as unknown as AlertRedis,
    prefix,
    timeoutMs: url === URL_OF_REDIS ? 5_000 : 200,
    onAway: (away) =>
      bus.record({ type: 'degraded', severity: 'medium', rule: 'store/alerts', outcome: away ? 'failure' : 'success' }),
  })
  const watch = new AlertWatch({ config: alertsSchema.parse({}), events: bus, share, now })
  closing.push(() => watch.close())
  return {
    watch,
    bus,
    alerts: () =>
      bus
        .list({ limit: 500, types: new Set(['alert'] as const) })
        .filter(({ rule }) => rule === 'alert/auth-failure-burst').length,
    wrongKeys: (count) => {
      for (let each = 0; each < count; each++) {
        bus.record({ type: 'auth_attempt', severity: 'medium', outcome: 'failure', source: '198.51.100.7' })
      }
    },
  }
}

async function prefixOfTest(): Promise<string> {
  const prefix = `sallyport-test-${randomUUID()}:`
  closing.push(async () => {
    const client = new Redis(URL_OF_REDIS)
    const keys = await client.keys(`${prefix}*`)
    if (keys.length > 0) await client.del(keys)
    client.disconnect()
  })
  return prefix
}

const visibly = isThere || process.env['CI'] === 'true' ? it : it.skip

describe('alerts of several gateways', () => {
  visibly(
    `are told once, and stand in the list of each (on ${URL_OF_REDIS}; skipped where there is none, never in CI)`,
    async () => {
      const prefix = await prefixOfTest()
      const replicas = [replica(prefix), replica(prefix), replica(prefix), replica(prefix)]
      // All see the whole burst, as behind a balancer that spreads it.
      for (const { wrongKeys } of replicas) wrongKeys(20)
      for (const { watch } of replicas) {
        watch.flush()
        await watch.settled()
      }
      expect(replicas.map(({ alerts }) => alerts()).reduce((sum, count) => sum + count)).toBe(1)
      for (const { watch } of replicas) {
        const { open } = await watch.list()
        expect(open.map(({ kind }) => kind)).toEqual(['auth-failure-burst'])
      }
    },
  )

  visibly('come of what all of them counted together, when none saw enough alone', async () => {
    const prefix = await prefixOfTest()
    const frozen = Date.now()
    const replicas = [0, 1, 2].map(() => replica(prefix, URL_OF_REDIS, () => frozen))
    for (const { wrongKeys, watch } of replicas) {
      wrongKeys(4)
      watch.flush()
      await watch.settled()
    }
    expect(replicas.map(({ alerts }) => alerts())).toEqual([0, 0, 0])
    for (const { watch } of replicas) await watch.shareCounts()
    for (const { watch } of replicas) await watch.settled()
    expect(replicas.map(({ alerts }) => alerts()).reduce((sum, count) => sum + count)).toBe(1)
  })

  it('are told by each alone while the server is away, and requests and events do not wait for it', async () => {
    const port = await freePort()
    const replicas = [replica('p:', `redis://127.0.0.1:${port}`), replica('p:', `redis://127.0.0.1:${port}`)]
    for (const { wrongKeys, watch } of replicas) {
      wrongKeys(20)
      watch.flush()
      await watch.settled()
      await watch.shareCounts()
    }
    expect(replicas.map(({ alerts }) => alerts())).toEqual([1, 1])
    for (const { bus, watch } of replicas) {
      expect(bus.list({ limit: 100 }).some(({ rule }) => rule === 'store/alerts')).toBe(true)
      expect((await watch.list()).open).not.toEqual([])
    }
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
