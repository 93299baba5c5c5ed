import { Redis } from 'ioredis'
import { afterAll, describe, expect, it } from 'vitest'
import { configFromEnvironment } from '../config/environment.ts'
import { testGateway } from '../test-support/test-gateway.ts'

const URL = process.env['SALLYPORT_TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'
const client = new Redis(URL, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1_000 })
client.on('error', () => undefined)
const isThere = await client.connect().then(
  () => true,
  () => false,
)
afterAll(() => client.disconnect())

const KEY = ['sp', 'client', 'aB3xaB3xaB3xaB3xaB3xaB3xaB3xaB3xaB3x'].join('-')

const start = (url: string, prefix = 'test:') =>
  testGateway({
    config: {
      rateLimits: { user: { requestsPerMinute: 6 }, redis: { url: 'env:TEST_REDIS_URL', replicas: 2, prefix } },
      keys: { claimUser: true },
    },
    environment: { TEST_REDIS_URL: url, SALLYPORT_BOOTSTRAP_CLIENT_KEY: KEY },
  })

const ask = (user: string) => ({ model: 'demo', messages: [{ role: 'user', content: 'Hello.' }], user })

describe('limits in Redis', () => {
  it.skipIf(!isThere && !process.env['CI'])(
    `are counted there (on ${URL}; skipped where there is none, never in CI)`,
    async () => {
      const folder = `sallyport-test:${crypto.randomUUID()}:`
      const gateway = await start(URL, folder)
      try {
        const first = await gateway.chat(ask('ada'))
        expect(first.headers.get('ratelimit')).toMatch(/"user-minute";r=5;/)
        expect(await client.keys(`${folder}user-minute:*`)).toHaveLength(1)
        const answers = await Promise.all(Array.from({ length: 10 }, () => gateway.chat(ask('ada'))))
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
      } finally {
        await gateway.close()
      }
    },
  )

  it('go on with a share of each limit while it is away, and the gateway says so', async () => {
    const gateway = await start('redis://127.0.0.1:1')
    try {
      const answers = []
      for (let at = 0; at < 6; at++) answers.push(await gateway.chat(ask('ada')))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429, 429])
      expect(gateway.events()).toContainEqual(
        expect.objectContaining({ type: 'degraded', detail: expect.stringContaining('1/2 of each limit') }),
      )
    } finally {
      await gateway.close()
    }
  })

  it.each(['http://127.0.0.1:6379', 'not a url'])('need a URL that is one (%#)', async (url) => {
    await expect(start(url)).rejects.toThrow('is no redis:// or rediss:// URL')
  })
})

describe('RATE_LIMIT_RPM', () => {
  it('sets the requests a minute of each key', () => {
    const { rateLimits } = configFromEnvironment({ rateLimits: { key: { concurrent: 5 } } }, { RATE_LIMIT_RPM: '60' })
    expect(rateLimits.key).toEqual({ concurrent: 5, requestsPerMinute: 60 })
  })

  it.each(['0', '-1', '1.5', 'many'])('is a whole number from 1, not %s', (value) => {
    expect(() => configFromEnvironment({}, { RATE_LIMIT_RPM: value })).toThrow('RATE_LIMIT_RPM')
  })
})
