import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.ts'
import type { Limit } from './limit.ts'
import { memoryStore } from './memory-store.ts'
import { redisStore } from './redis-store.ts'
import type { Admission, Admitted, LimitStore, LimitSubjects } from './store.ts'

const URL = process.env['SALLYPORT_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const client = await connect()
afterAll(() => client?.disconnect())

async function connect(): Promise<Redis | undefined> {
  const redis = new Redis(URL, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
  redis.on('error', () => undefined)
  try {
    await redis.connect()
    return redis
  } catch {
    redis.disconnect()
    return undefined
  }
}

interface TestLimiter {
  check(subjects: LimitSubjects, tokens?: number): Promise<Admission>
  reset(subject: string, id: string): Promise<boolean>
}

type Make = (limits: readonly Limit[], now: () => number) => TestLimiter

function wrap(store: LimitStore<true> | LimitStore<false>, limits: readonly Limit[], now: () => number): TestLimiter {
  const limiter = createLimiter({ store: store as LimitStore<true>, limits, now })
  return {
    check: async (subjects, tokens) => limiter.check(subjects, tokens),
    reset: async (subject, id) => limiter.reset(subject, id),
  }
}

let prefixes = 0
const STORES: readonly (readonly [string, Make])[] = [
  ['memory', (limits, now) => wrap(memoryStore(), limits, now)],
  ...(client === undefined
    ? []
    : [
        [
          'redis',
          (limits: readonly Limit[], now: () => number) => {
            const prefix = `sallyport-test:${crypto.randomUUID()}:${prefixes++}:`
            return wrap(redisStore({ client, prefix, replicas: 1, timeoutMs: 5_000 }), limits, now)
          },
        ] as const,
      ]),
]

describe('the Redis store', () => {
  it.skipIf(client === undefined && !process.env['CI'])(
    `is tested against ${URL} (skipped where there is none, never in CI)`,
    () => {
      expect(client).toBeDefined()
    },
  )
})

const request = (limit: number, windowMs = 60_000, more: Partial<Limit> = {}): Limit => ({
  name: 'requests',
  subject: 'user',
  unit: 'requests',
  limit,
  windowMs,
  ...more,
})
const tokenLimit = (limit: number): Limit => ({
  name: 'tokens',
  subject: 'user',
  unit: 'tokens',
  limit,
  windowMs: 60_000,
})
const atOnce = (limit: number): Limit => ({ name: 'at-once', subject: 'user', unit: 'concurrency', limit })

function admitted(admission: Admission): Admitted {
  if (!admission.allowed) throw new Error(admission.reason)
  return admission
}

/** Corrections are sent to a shared store without waiting, and twice where its scripts were flushed meanwhile. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300))

describe.each(STORES)('a limiter on the %s store', (_, make) => {
  const START = 1_800_000_000_000

  it.each([3, 10, 64, 65, 100])(
    'admits exactly %i in a window and the next when the first has left it',
    async (limit) => {
      let now = START + 123
      const limiter = make([request(limit)], () => now)
      for (let at = 0; at < limit; at++) {
        admitted(await limiter.check({ user: 'ada' }))
        now += 7
      }
      const refused = await limiter.check({ user: 'ada' })
      expect(refused).toMatchObject({ allowed: false, degraded: false })
      if (refused.allowed) return
      expect(refused.reason).toBe(`Rate limit: ${limit} requests/minute per user exceeded (requests).`)
      now += (refused.retryAfterMs ?? 0) - 1
      expect((await limiter.check({ user: 'ada' })).allowed).toBe(false)
      now += 1
      expect((await limiter.check({ user: 'ada' })).allowed).toBe(true)
    },
  )

  it('agrees with a list of all admissions over two windows', async () => {
    let now = START
    const limits = [request(5, 10_000, { name: 'short' }), request(66, 200_000, { name: 'long' })]
    const limiter = make(limits, () => now)
    const times: number[] = []
    for (let at = 0; at < 400; at++) {
      now += (at * 7_919) % 3_000
      if ((await limiter.check({ user: 'ada' })).allowed) times.push(now)
    }
    expect(times.length).toBeGreaterThan(100)
    for (const { windowMs = 0, limit } of limits) {
      for (const end of times) {
        expect(times.filter((time) => time > end - windowMs && time <= end).length).toBeLessThanOrEqual(limit)
      }
    }
  })

  it('counts users, keys and models apart, and a request against all or none', async () => {
    const limits = [request(5, 60_000), request(2, 60_000, { name: 'model-minute', subject: 'model' })]
    const limiter = make(limits, () => START)
    for (let at = 0; at < 2; at++) admitted(await limiter.check({ user: 'ada', model: 'm' }))
    for (let at = 0; at < 5; at++) {
      const refused = await limiter.check({ user: 'ada', model: 'm' })
      expect(!refused.allowed && refused.limit.name).toBe('model-minute')
    }
    for (const model of ['n', 'n', 'o']) admitted(await limiter.check({ user: 'ada', model, key: 'unlimited' }))
    const refused = await limiter.check({ user: 'ada' })
    expect(!refused.allowed && refused.limit.name).toBe('requests')
    admitted(await limiter.check({ user: 'bob' }))
    admitted(await limiter.check({}))
  })

  it('says where every limit stands', async () => {
    let now = START
    const limiter = make([request(3), tokenLimit(100), atOnce(2)], () => now)
    const { states } = admitted(await limiter.check({ user: 'ada' }, 40))
    expect(states.map(({ limit, remaining }) => [limit.name, remaining])).toEqual([
      ['requests', 2],
      ['tokens', 60],
      ['at-once', 1],
    ])
    expect(states[0]?.resetMs).toBe(60_000)
    now += 10_000
    expect(admitted(await limiter.check({ user: 'ada' }, 1)).states[0]?.resetMs).toBe(50_000)
  })

  it('lets exactly as many through at once as fit, whoever asks first', async () => {
    const limiter = make([atOnce(3)], () => START)
    const answers = await Promise.all(Array.from({ length: 20 }, () => limiter.check({ user: 'ada' })))
    const running = answers.filter((answer) => answer.allowed)
    expect(running).toHaveLength(3)
    running[0]?.settle()
    running[0]?.settle()
    running[1]?.cancel()
    await settled()
    const again = await Promise.all(Array.from({ length: 20 }, () => limiter.check({ user: 'ada' })))
    expect(again.filter((answer) => answer.allowed)).toHaveLength(2)
  })

  it('reserves tokens so that of many parallel requests exactly those that fit pass', async () => {
    const limiter = make([tokenLimit(1_000)], () => START)
    const answers = await Promise.all(Array.from({ length: 30 }, () => limiter.check({ user: 'ada' }, 150)))
    const running = answers.filter((answer) => answer.allowed)
    expect(running).toHaveLength(6)
    for (const each of running) each.settle(50)
    await settled()
    // 300 used, 700 left.
    const again = await Promise.all(Array.from({ length: 30 }, () => limiter.check({ user: 'ada' }, 150)))
    expect(again.filter((answer) => answer.allowed)).toHaveLength(4)
  })

  it('keeps the reservation when a request ends without a count, and charges what exceeds it', async () => {
    const limiter = make([tokenLimit(1_000)], () => START)
    admitted(await limiter.check({ user: 'ada' }, 400)).settle()
    admitted(await limiter.check({ user: 'ada' }, 100)).settle(900)
    await settled()
    const refused = await limiter.check({ user: 'ada' }, 1)
    expect(refused).toMatchObject({ allowed: false })
    expect(refused.states[0]?.remaining).toBe(0)
  })

  it('says that a request larger than the limit never passes', async () => {
    const limiter = make([tokenLimit(100)], () => START)
    const refused = await limiter.check({ user: 'ada' }, 101)
    expect(refused).toMatchObject({ allowed: false, retryAfterMs: undefined })
    expect(!refused.allowed && refused.reason).toBe(
      'Rate limit: the request wants more than 100 tokens/minute per user allows (tokens).',
    )
  })

  it.each([5, 100])('gives a cancelled request back (limit %i)', async (limit) => {
    let now = START
    const limiter = make([request(limit)], () => now)
    const running: Admitted[] = []
    for (let at = 0; at < limit; at++) {
      running.push(admitted(await limiter.check({ user: 'ada' })))
      now += 11
    }
    running[1]?.cancel()
    running[3]?.cancel()
    running[3]?.cancel()
    await settled()
    admitted(await limiter.check({ user: 'ada' }))
    admitted(await limiter.check({ user: 'ada' }))
    expect((await limiter.check({ user: 'ada' })).allowed).toBe(false)
  })

  it('forgets what one subject used, and nobody else', async () => {
    const limiter = make([request(1), request(1, 3_600_000, { name: 'hour' })], () => START)
    for (const user of ['ada', 'bob']) admitted(await limiter.check({ user }))
    expect(await limiter.reset('user', 'ada')).toBe(true)
    expect((await limiter.check({ user: 'bob' })).allowed).toBe(false)
    admitted(await limiter.check({ user: 'ada' }))
    expect((await limiter.check({ user: 'ada' })).allowed).toBe(false)
  })

  it.each(['', 'x'.repeat(513)])('refuses an id of bad length', async (user) => {
    const limiter = make([request(1)], () => START)
    await expect(limiter.check({ user })).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('keeps ids apart that differ in one character, case or script', async () => {
    const limiter = make([request(1)], () => START)
    const ids = ['a', 'A', 'а', 'aa', 'a\0', 'é', 'e\u0301', '😀', 'x'.repeat(36), 'x'.repeat(37), `${'x'.repeat(36)}y`]
    for (const user of ids) admitted(await limiter.check({ user }))
  })
})
