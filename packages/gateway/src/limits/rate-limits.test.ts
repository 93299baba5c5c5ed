import { Redis } from 'ioredis'
import { memoryStore, redisStore } from 'sallyport/limits'
import { afterEach, describe, expect, it } from 'vitest'
import type { GatewayConfigInput } from '../config/gateway-config.ts'
import { createGateway } from '../gateway.ts'
import { chunkEvent, completion, DONE, fakeUpstream, sendJson, sendStream } from '../test-support/fake-upstream.ts'
import type { FakeUpstream } from '../test-support/fake-upstream.ts'
import { INJECTION, say, testGateway } from '../test-support/test-gateway.ts'
import type { TestGateway } from '../test-support/test-gateway.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function setUp(
  rateLimits: GatewayConfigInput['rateLimits'],
  more: GatewayConfigInput = {},
): Promise<{ readonly gateway: TestGateway; readonly upstream: FakeUpstream }> {
  const upstream = await fakeUpstream()
  const upstreams = [{ name: 'up', baseUrl: upstream.baseUrl, models: ['up', 'other'] }]
  const gateway = await testGateway({
    config: { upstreams, ...(rateLimits === undefined ? {} : { rateLimits }), ...more },
  })
  closing.push(gateway.close, upstream.close)
  return { gateway, upstream }
}

describe('the limit of a key', () => {
  it('lets as many requests through as it says, then answers 429 with the reason and the time to wait', async () => {
    const { gateway, upstream } = await setUp({ key: { requestsPerMinute: 3 } })
    const answers = []
    for (let at = 0; at < 5; at++) answers.push(await gateway.chat(say('Hello.')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429])
    expect(upstream.seen).toHaveLength(3)
    const refused = answers[3] as Response
    expect(await refused.json()).toMatchObject({
      error: {
        code: 'rate_limit_exceeded',
        type: 'rate_limit_error',
        message: 'Rate limit: 3 requests/minute per key exceeded (key-minute).',
      },
    })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(refused.headers.get('ratelimit')).toMatch(/^"key-minute";r=0;t=\d\d$/)
    expect(gateway.events().filter(({ type }) => type === 'rate_limit')).toHaveLength(2)
    expect(gateway.events().find(({ type }) => type === 'rate_limit')).toMatchObject({
      outcome: 'block',
      status: 429,
      rule: 'gateway/key-minute',
      actor: { role: 'client' },
    })
    // Another key has its own.
    expect((await gateway.chat(say('Hello.'), { key: gateway.adminKey })).status).toBe(200)
    expect(gateway.faults).toEqual([])
  })

  it('holds for every route of the API, and the console stays within reach', async () => {
    const { gateway } = await setUp({ key: { requestsPerMinute: 3 } })
    const send = (method: string, path: string, body?: object) =>
      gateway.send(method, path, {
        key: gateway.adminKey,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    expect((await send('GET', '/v1/models')).headers.get('ratelimit')).toMatch(/^"key-minute";r=2;/)
    expect((await send('POST', '/v1/guard', { text: 'Hello.' })).status).toBe(200)
    expect((await send('GET', '/v1/models/demo')).status).toBe(200)
    expect((await send('POST', '/v1/guard', { text: 'Hello.' })).status).toBe(429)
    expect((await send('GET', '/admin/api/summary')).status).toBe(200)
  })

  it.each([
    ['a success', say('Hello.'), 200],
    ['a stream', { ...say('Hello.'), stream: true }, 200],
    ['a refusal', say(INJECTION), 400],
  ])('is told with %s', async (_, body, status) => {
    const { gateway, upstream } = await setUp(undefined)
    if ('stream' in body) {
      upstream.answer((response) => sendStream(response, [chunkEvent({ content: 'Hi' }, { finish: 'stop' }), DONE]))
    }
    const answer = await gateway.chat(body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('ratelimit-policy')).toBe('"key-minute";q=600000;w=60')
    expect(answer.headers.get('ratelimit')).toMatch(/^"key-minute";r=599999;t=6[01]$/)
    expect(answer.headers.get('x-ratelimit-remaining-requests')).toBe('599999')
    await answer.text()
  })
})

describe('the limit of a person', () => {
  const limits = { user: { requestsPerMinute: 2 } }

  it('holds for each person a key may name', async () => {
    const { gateway } = await setUp(limits, { keys: { claimUser: true } })
    const ask = async (user?: string) =>
      (await gateway.chat({ ...say('Hello.'), ...(user === undefined ? {} : { user }) })).status
    expect([await ask('ada'), await ask('ada'), await ask('ada')]).toEqual([200, 200, 429])
    expect([await ask('bob'), await ask()]).toEqual([200, 200])
  })

  it('cannot be escaped with made-up names by a key that may not name anybody', async () => {
    const { gateway } = await setUp({ ...limits, key: { requestsPerMinute: 2 } })
    const ask = async (user: string) => (await gateway.chat({ ...say('Hello.'), user })).status
    expect([await ask('a'), await ask('b'), await ask('c')]).toEqual([200, 200, 429])
  })
})

describe('tokens', () => {
  it('are reserved before the call and settled by what the upstream counted', async () => {
    const { gateway, upstream } = await setUp({ key: { tokensPerMinute: 1_000 } })
    upstream.answer((response) =>
      sendJson(response, {
        ...completion('ok'),
        usage: { prompt_tokens: 100, completion_tokens: 200, total_tokens: 300 },
      }),
    )
    const ask = () => gateway.chat({ ...say('Hello.'), max_tokens: 600 })
    const first = await ask()
    expect(first.headers.get('x-ratelimit-remaining-tokens')).toBe('700')
    expect((await ask()).status).toBe(200)
    // 400 left, 602 wanted.
    const refused = await ask()
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-ratelimit-remaining-tokens')).toBe('400')
  })

  it('of parallel requests never exceed the limit', async () => {
    const { gateway, upstream } = await setUp({ key: { tokensPerMinute: 1_000 } })
    const waiting: (() => void)[] = []
    upstream.answer((response) => waiting.push(() => sendJson(response, completion('ok'))))
    let refused = 0
    const asking = Array.from({ length: 12 }, async () => {
      const { status } = await gateway.chat({ ...say('Hello.'), max_tokens: 300 })
      if (status === 429) refused++
      return status
    })
    await until(() => waiting.length + refused === 12)
    for (const answer of waiting) answer()
    expect((await Promise.all(asking)).filter((status) => status === 200)).toHaveLength(3)
    expect(upstream.seen).toHaveLength(3)
  })

  it('are not held against a request the gate refused or the upstream failed', async () => {
    const { gateway, upstream } = await setUp({ key: { tokensPerMinute: 1_000 } })
    upstream.answer((response) => response.writeHead(500).end())
    expect((await gateway.chat({ ...say(INJECTION), max_tokens: 900 })).status).toBe(400)
    expect((await gateway.chat({ ...say('Hello.'), max_tokens: 900 })).status).toBe(502)
    const { headers } = await gateway.chat({ ...say('Hello.'), max_tokens: 900 })
    expect(headers.get('x-ratelimit-remaining-tokens')).toBe('1000')
  })
})

describe('requests at the same time', () => {
  it.each([false, true])('are as many as the limit says, and end with the answer (stream: %s)', async (stream) => {
    const { gateway, upstream } = await setUp({ key: { concurrent: 2 } })
    const waiting: (() => void)[] = []
    upstream.answer((response) =>
      waiting.push(() =>
        stream
          ? sendStream(response, [chunkEvent({ content: 'Hi' }, { finish: 'stop' }), DONE])
          : sendJson(response, completion('ok')),
      ),
    )
    const running = [1, 2].map(() => gateway.chat({ ...say('Hello.'), stream }))
    await until(() => waiting.length === 2)
    expect((await gateway.chat({ ...say('Hello.'), stream })).status).toBe(429)
    for (const answer of waiting.splice(0)) answer()
    for (const answer of await Promise.all(running)) await answer.text()
    const next = gateway.chat({ ...say('Hello.'), stream })
    await until(() => waiting.length === 1)
    waiting[0]?.()
    expect((await next).status).toBe(200)
    await (await next).text()
  })

  it('end when the caller hangs up', async () => {
    const { gateway, upstream } = await setUp({ key: { concurrent: 1 } })
    upstream.answer((response) => sendStream(response, [chunkEvent({ content: 'Hi there, and ' })], { open: true }))
    const controller = new AbortController()
    const answer = await gateway.chat({ ...say('Hello.'), stream: true }, { signal: controller.signal })
    expect(answer.status).toBe(200)
    controller.abort()
    await answer.text().catch(() => undefined)
    upstream.answer((response) => sendJson(response, completion('ok')))
    await until(async () => (await gateway.chat(say('Hello.'))).status === 200)
  })
})

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let at = 0; at < 1_000; at++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come about.')
}

describe('a store of one’s own', () => {
  const ask = async (gateway: ReturnType<typeof createGateway>) => {
    const { key } = await gateway.keys.create('test', 'client')
    const headers = { authorization: `Bearer ${key}`, host: 'localhost' }
    return gateway.fetch(new Request('http://localhost/v1/models', { headers }))
  }

  it('is used instead of the memory of the process', async () => {
    const gateway = createGateway({
      limitStore: memoryStore(),
      config: { rateLimits: { key: { requestsPerMinute: 7 } } },
    })
    expect((await ask(gateway)).headers.get('ratelimit')).toContain('r=6')
    await gateway.close()
  })

  it('that is out of reach costs no request: each gateway goes on with its share', async () => {
    const client = new Redis({ port: 1, retryStrategy: () => null, lazyConnect: true, maxRetriesPerRequest: 0 })
    client.on('error', () => undefined)
    const limitStore = redisStore({ client, replicas: 2 })
    const gateway = createGateway({ limitStore, config: { rateLimits: { key: { requestsPerMinute: 8 } } } })
    const answer = await ask(gateway)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('ratelimit')).toContain('r=3')
    client.disconnect()
    await gateway.close()
  })
})
