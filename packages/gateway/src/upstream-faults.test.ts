import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completion, fakeUpstream, sendJson } from './test-support/fake-upstream.ts'
import type { FakeUpstream } from './test-support/fake-upstream.ts'
import { say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const UPSTREAM_KEY = `up-${'k3Y'.repeat(12)}`

describe('an upstream that fails', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway

  beforeAll(async () => {
    upstream = await fakeUpstream()
    gateway = await testGateway({
      environment: { UPSTREAM_KEY },
      config: {
        upstreams: [
          { name: 'fake', baseUrl: upstream.baseUrl, models: ['up'], apiKey: 'env:UPSTREAM_KEY' },
          { name: 'dead', baseUrl: `http://127.0.0.1:${await deadPort()}/v1`, models: ['dead'] },
        ],
        limits: { maxAnswerBytes: 100_000 },
        upstreamLimits: {
          headersTimeoutMs: 400,
          bodyTimeoutMs: 400,
          overallTimeoutMs: 3_000,
          connectTimeoutMs: 400,
          maxRetryAfterMs: 1_000,
        },
      },
    })
  })
  afterAll(async () => {
    await gateway.close()
    await upstream.close()
  })

  const status = (code: number, body = '', headers: Record<string, string> = {}) => {
    let calls = 0
    upstream.answer((response) => {
      calls++
      response.writeHead(code, { 'content-type': 'application/json', ...headers })
      response.end(body)
    })
    return () => calls
  }

  it.each([
    [400, 400, 'upstream_rejected'],
    [401, 502, 'upstream_error'],
    [403, 502, 'upstream_error'],
    [404, 404, 'model_not_found'],
    [408, 504, 'upstream_timeout'],
    [422, 400, 'upstream_rejected'],
    [429, 429, 'rate_limit_exceeded'],
    [500, 502, 'upstream_error'],
    [503, 502, 'upstream_error'],
    [204, 502, 'upstream_error'],
  ])('with status %i is a %i %s, and nothing of its body or headers is passed on', async (given, expected, code) => {
    status(
      given,
      given === 204 ? '' : JSON.stringify({ error: { message: `key ${UPSTREAM_KEY}`, code: UPSTREAM_KEY } }),
      { 'x-leak': UPSTREAM_KEY, server: 'up' },
    )
    const response = await gateway.chat(say('Hi'))
    const text = await response.text()
    expect(response.status).toBe(expected)
    expect(JSON.parse(text)).toMatchObject({ error: { code } })
    expect(text + JSON.stringify([...response.headers])).not.toContain(UPSTREAM_KEY)
    expect(response.headers.get('server')).toBeNull()
  })

  it('with a redirect is an error: nobody follows it', async () => {
    const before = upstream.seen.length
    status(307, '', { location: '/v1/elsewhere' })
    expect((await gateway.chat(say('Hi'))).status).toBe(502)
    expect(upstream.seen.length).toBe(before + 1)
  })

  it('that says the context is too long is passed on as exactly that', async () => {
    status(400, JSON.stringify({ error: { message: 'private words', code: 'context_length_exceeded' } }))
    const response = await gateway.chat(say('Hi'))
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'context_length_exceeded' } })
    expect(text).not.toContain('private words')
  })

  it('that asks for a moment is asked again, at most twice', async () => {
    const calls = status(503, '', { 'retry-after': '0' })
    expect((await gateway.chat(say('Hi'))).status).toBe(502)
    expect(calls()).toBe(3)
  })

  it('that recovers is not noticed by the caller', async () => {
    let calls = 0
    upstream.answer((response) => {
      if (calls++ === 0) response.writeHead(429, { 'retry-after': '0' }).end()
      else sendJson(response, completion('fine'))
    })
    expect((await gateway.chat(say('Hi'))).status).toBe(200)
  })

  it('that asks for a long wait is not asked again, and the caller is told how long', async () => {
    const calls = status(429, '', { 'retry-after': '60' })
    const response = await gateway.chat(say('Hi'))
    expect([response.status, response.headers.get('retry-after'), calls()]).toEqual([429, '60', 1])
  })

  it('that failed after it got the request is never asked twice', async () => {
    let calls = 0
    upstream.answer((response) => {
      calls++
      response.socket?.destroy()
    })
    expect((await gateway.chat(say('Hi'))).status).toBe(502)
    expect(calls).toBe(1)
  })

  it.each([
    ['sends no headers', () => undefined],
    [
      'sends half an answer',
      (response: { writeHead(code: number): unknown; write(text: string): unknown }) => {
        response.writeHead(200)
        response.write('{"choices":')
      },
    ],
  ])('that %s is a timeout', async (_, script) => {
    upstream.answer(script)
    const response = await gateway.chat(say('Hi'))
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
      504,
      'upstream_timeout',
    ])
  })

  it('that stops in the middle is given up after the pause it may make, not after the caller’s or the whole time', async () => {
    const patient = await testGateway({
      config: {
        upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }],
        limits: { bodyTimeoutMs: 600_000 },
        upstreamLimits: { bodyTimeoutMs: 400, overallTimeoutMs: 600_000 },
      },
    })
    upstream.answer((response) => {
      response.writeHead(200)
      response.write('{"choices":')
    })
    expect((await patient.chat(say('Hi'))).status).toBe(504)
    await patient.close()
  })

  it('is let go when the caller goes away', async () => {
    let closed: () => void = () => undefined
    const gone = new Promise<void>((resolve) => (closed = resolve))
    const caller = new AbortController()
    upstream.answer((response) => {
      response.on('close', closed)
      caller.abort()
    })
    await expect(gateway.chat(say('Hi'), { signal: caller.signal })).rejects.toThrow(/abort/)
    await gone
  })

  it('that nobody listens for is unreachable', async () => {
    const response = await gateway.chat({ model: 'dead', ...say('Hi') })
    expect(response.status).toBe(502)
    expect(await response.text()).not.toMatch(/127\.0\.0\.1|ECONN/)
  })

  it.each([
    ['no JSON', 'Hello'],
    ['empty', ''],
    ['an array', '[]'],
    ['no choices', '{"choices":[]}'],
    ['choices of the wrong type', '{"choices":"x","created":1}'],
    ['a duplicate key', '{"created":1,"created":2,"choices":[]}'],
    ['a forbidden key', '{"__proto__":{},"choices":[]}'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
    ['too large', JSON.stringify(completion('x'.repeat(200_000)))],
  ])('whose answer is %s is a 502', async (_, body) => {
    upstream.answer((response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body))
    const response = await gateway.chat(say('Hi'))
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([
      502,
      'upstream_error',
    ])
    expect(gateway.faults).toEqual([])
  })

  it('that answers a stream with something else is a 502', async () => {
    upstream.answer((response) => sendJson(response, completion('x')))
    expect((await gateway.chat({ ...say('Hi'), stream: true })).status).toBe(502)
  })

  it('gets the gateway’s key and none of the caller’s headers', async () => {
    upstream.answer((response) => sendJson(response, completion('ok')))
    await gateway.chat(say('Hi'), {
      headers: { 'x-forwarded-host': 'evil.example', 'openai-organization': 'org', cookie: 'a=b' },
    })
    const headers = upstream.seen.at(-1)?.headers ?? {}
    expect(headers.authorization).toBe(`Bearer ${UPSTREAM_KEY}`)
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
    ])
  })

  it('passes on only harmless headers with harmless values', async () => {
    upstream.answer((response) =>
      sendJson(response, completion('ok'), {
        'x-ratelimit-remaining-tokens': '149984',
        'x-ratelimit-reset-requests': '6m0s',
        'x-ratelimit-limit-requests': UPSTREAM_KEY,
        'openai-processing-ms': '12',
        'openai-organization': 'private',
        'set-cookie': 'a=b',
      }),
    )
    const { headers } = await gateway.chat(say('Hi'))
    expect(headers.get('x-ratelimit-remaining-tokens')).toBe('149984')
    expect(headers.get('x-ratelimit-reset-requests')).toBe('6m0s')
    expect(headers.get('openai-processing-ms')).toBe('12')
    for (const name of ['x-ratelimit-limit-requests', 'openai-organization', 'set-cookie'])
      expect(headers.get(name)).toBeNull()
  })

  it('is seen in the events, and never shows its key there', () => {
    expect(gateway.events()).toContainEqual(expect.objectContaining({ type: 'degraded', status: 502 }))
    expect(JSON.stringify(gateway.events())).not.toContain(UPSTREAM_KEY)
  })
})

/** A port that was free a moment ago. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 1
}
