import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.ts'
import type { Limit } from './limit.ts'
import { redisStore } from './redis-store.ts'
import type { RedisClient } from './redis/run-script.ts'

const LIMITS: readonly Limit[] = [{ name: 'minute', subject: 'user', unit: 'requests', limit: 10, windowMs: 60_000 }]

/** A server that is up, refuses, or answers later than anybody waits. */
function scriptedClient() {
  const state = { mode: 'up' as 'up' | 'down' | 'slow', calls: [] as string[], late: [] as (() => void)[] }
  const answer = ['0', '0', '1000', '1000', '1', '60000']
  const client: RedisClient = {
    evalsha: (_, keyCount, ...args) => {
      state.calls.push(args[keyCount + 4] ?? '')
      if (state.mode === 'down') return Promise.reject(new Error('connect ECONNREFUSED'))
      if (state.mode === 'up') return Promise.resolve(answer)
      return new Promise((resolve) => state.late.push(() => resolve(answer)))
    },
    eval: () => Promise.reject(new Error('not asked for')),
  }
  return { state, client }
}

describe('when the server is out of reach', () => {
  it.each(['down', 'slow'] as const)('(%s) each replica admits its share, says so, and recovers', async (mode) => {
    const { state, client } = scriptedClient()
    const changes: boolean[] = []
    const store = redisStore({
      client,
      replicas: 4,
      timeoutMs: 10,
      pauseMs: 30,
      onDegraded: (degraded) => changes.push(degraded),
    })
    const limiter = createLimiter({ store, limits: LIMITS })
    expect(await limiter.check({ user: 'ada' })).toMatchObject({ allowed: true, degraded: false })

    state.mode = mode
    const answers = []
    for (let at = 0; at < 8; at++) answers.push(await limiter.check({ user: 'ada' }))
    expect(answers.map(({ allowed }) => allowed)).toEqual([true, true, false, false, false, false, false, false])
    expect(answers.every(({ degraded }) => degraded)).toBe(true)
    expect(limiter.degraded).toBe(true)
    expect(changes).toEqual([true])
    // Three failures, and then nobody waits any more.
    expect(state.calls).toHaveLength(4)

    state.mode = 'up'
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(await limiter.check({ user: 'ada' })).toMatchObject({ allowed: true, degraded: false })
    expect(limiter.degraded).toBe(false)
    expect(changes).toEqual([true, false])
  })

  it('is not what it is called when this process was too busy to read the answer', async () => {
    const { state, client } = scriptedClient()
    const store = redisStore({ client, replicas: 2, timeoutMs: 10 })
    const limiter = createLimiter({ store, limits: LIMITS })
    state.mode = 'slow'
    const pending = limiter.check({ user: 'ada' })
    await new Promise((resolve) => setTimeout(resolve))
    const busyUntil = performance.now() + 40
    while (performance.now() < busyUntil);
    // The answer came long ago; it is read after the timer of the call has fired.
    setTimeout(() => state.late.forEach((answer) => answer()), 2)
    expect(await pending).toMatchObject({ allowed: true, degraded: false })
  })

  it('all shares together never exceed the limit, and less than one request a replica is none', async () => {
    for (const replicas of [1, 2, 3, 7, 10, 11]) {
      let admitted = 0
      for (let replica = 0; replica < replicas; replica++) {
        const { state, client } = scriptedClient()
        state.mode = 'down'
        const limiter = createLimiter({ store: redisStore({ client, replicas }), limits: LIMITS })
        for (let at = 0; at < 20; at++) if ((await limiter.check({ user: 'ada' })).allowed) admitted++
      }
      expect(admitted).toBe(Math.floor(10 / replicas) * replicas)
    }
  })

  it('gives back what a late answer counted', async () => {
    const { state, client } = scriptedClient()
    state.mode = 'slow'
    const limiter = createLimiter({ store: redisStore({ client, replicas: 1, timeoutMs: 5 }), limits: LIMITS })
    expect(await limiter.check({ user: 'ada' })).toMatchObject({ allowed: true, degraded: true })
    state.mode = 'up'
    for (const resolve of state.late) resolve()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(state.calls).toHaveLength(2)
  })

  it('the reason names the limit as configured, not the share', async () => {
    const { state, client } = scriptedClient()
    state.mode = 'down'
    const limiter = createLimiter({ store: redisStore({ client, replicas: 20 }), limits: LIMITS })
    const refused = await limiter.check({ user: 'ada' })
    expect(!refused.allowed && refused.reason).toBe('Rate limit: 10 requests/minute per user exceeded (minute).')
  })
})

it.each([0, 1.5, -1])('refuses %d replicas', (replicas) => {
  expect(() => redisStore({ client: scriptedClient().client, replicas })).toThrow('replicas')
})

const URL = process.env['SALLYPORT_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const client = await connect()
afterAll(() => client?.disconnect())

async function connect(): Promise<Redis | undefined> {
  const redis = new Redis(URL, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
  redis.on('error', () => undefined)
  return redis.connect().then(
    () => redis,
    () => {
      redis.disconnect()
      return undefined
    },
  )
}

const WORKER = new globalThis.URL('../../../../benchmarks/limits/redis-worker.ts', import.meta.url)

describe(`on ${URL} (skipped where there is none, never in CI)`, () => {
  const skipped = client === undefined && !process.env['CI']

  it.skipIf(skipped)('survives a server that has forgotten the script', async () => {
    const redis = client as Redis
    const prefix = `sallyport-test:${crypto.randomUUID()}:`
    const limiter = createLimiter({
      store: redisStore({ client: redis, prefix, replicas: 1, timeoutMs: 5_000 }),
      limits: LIMITS,
    })
    expect(await limiter.check({ user: 'ada' })).toMatchObject({ allowed: true, degraded: false })
    await redis.script('FLUSH')
    expect(await limiter.check({ user: 'ada' })).toMatchObject({ allowed: true, degraded: false })
  })

  it.skipIf(skipped)('lets every key expire', async () => {
    const redis = client as Redis
    const prefix = `sallyport-test:${crypto.randomUUID()}:`
    const limits: readonly Limit[] = [
      ...LIMITS,
      { name: 'hour', subject: 'user', unit: 'requests', limit: 100, windowMs: 3_600_000 },
      { name: 'at-once', subject: 'user', unit: 'concurrency', limit: 5 },
    ]
    const limiter = createLimiter({
      store: redisStore({ client: redis, prefix, replicas: 1, timeoutMs: 5_000 }),
      limits,
    })
    await limiter.check({ user: 'ada' })
    const keys = await redis.keys(`${prefix}*`)
    expect(keys).toHaveLength(3)
    for (const key of keys) expect(await redis.pttl(key)).toBeGreaterThan(0)
  })

  it.skipIf(skipped)(
    'four processes that share a limit admit exactly as many as it says',
    async () => {
      const prefix = `sallyport-test:${crypto.randomUUID()}:`
      const workers = Array.from({ length: 4 }, () =>
        fork(WORKER, [URL, prefix, '90', '60'], { execArgv: ['--conditions=sallyport-source', '--import', 'tsx'] }),
      )
      const counts = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0] as Counts))
      expect(counts.map(({ degraded }) => degraded)).toEqual([0, 0, 0, 0])
      expect(counts.reduce((sum, { admitted }) => sum + admitted, 0)).toBe(90)
    },
    60_000,
  )
})

interface Counts {
  readonly admitted: number
  readonly degraded: number
}
