import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from 'sallyport'
import { EVENT_CATALOGUE } from 'sallyport/audit'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { eventTypeSchema, securityEventSchema } from './contract.ts'
import type { SecurityEvent } from './contract.ts'
import { reportVerdict } from './gates/report-verdict.ts'
import { startGateway } from './start-gateway.ts'
import { fakeUpstream } from './test-support/fake-upstream.ts'
import { testExchange } from './test-support/test-exchange.ts'
import { CARD, INJECTION, say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const closing: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of closing.splice(0)) await close()
})

const UPSTREAM_KEY = ['sk', 'upstream', 'of', 'the', 'test'].join('-')

async function setUp(): Promise<TestGateway> {
  const upstream = await fakeUpstream()
  const gateway = await testGateway({
    environment: { UPSTREAM_KEY },
    config: {
      upstreams: [{ name: 'up', baseUrl: upstream.baseUrl, apiKey: 'env:UPSTREAM_KEY', models: ['up'] }],
      rateLimits: { key: { requestsPerMinute: 40 } },
    },
  })
  closing.push(
    () => gateway.close(),
    () => upstream.close(),
  )
  return gateway
}

function listOf(gateway: TestGateway): readonly SecurityEvent[] {
  return gateway.running.gateway.events.list({ limit: 500 })
}

describe('the events of a gateway', () => {
  it('are of the types of the catalogue, and of no others', () => {
    expect([...eventTypeSchema.options].sort()).toEqual(Object.keys(EVENT_CATALOGUE).sort())
  })

  it('tell the whole trail of a request under its id and trace id, in order, with times', async () => {
    const gateway = await setUp()
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
    const response = await gateway.chat(say(`My card is ${CARD}.`), { headers })
    expect(response.status).toBe(200)
    const trail = gateway.trail(response)
    expect(trail.map(({ type, outcome }) => `${type} ${outcome ?? ''}`)).toEqual([
      'auth_attempt success',
      'policy_violation redact',
      'request redact',
    ])
    for (const event of trail) {
      expect(event).toMatchObject({ traceId, route: 'POST /v1/chat/completions', actor: { role: 'client' } })
      expect(securityEventSchema.safeParse(event).error).toBeUndefined()
    }
    const [first, second, last] = trail
    expect(first?.durationMs).toBeLessThanOrEqual(second?.durationMs ?? 0)
    expect(second?.durationMs).toBeLessThanOrEqual(last?.durationMs ?? 0)
    expect(Object.keys(last?.timings ?? {})).toEqual([
      'identity',
      'read',
      'limits',
      'input-gate',
      'upstream',
      'output-gate',
    ])
    expect(last).toMatchObject({ status: 200, model: 'up', policyDigest: /^[0-9a-f]{64}$/ as unknown as string })
  })

  it.each([
    ['a refused request', say(INJECTION), 400, 'block'],
    ['a model that is not there', { ...say('Hello.'), model: 'none' }, 404, 'allow'],
  ])('end the trail of %s', async (_, body, status, outcome) => {
    const gateway = await setUp()
    const response = await gateway.chat(body)
    expect(response.status).toBe(status)
    const trail = gateway.trail(response)
    expect(new Set(trail.map(({ traceId }) => traceId)).size).toBe(1)
    expect(trail.at(-1)).toMatchObject({ type: 'request', status, outcome })
  })

  it('say nothing of requests there is nothing to say of, unless all are asked for', async () => {
    for (const requests of ['notable', 'all'] as const) {
      const gateway = await testGateway({ config: { events: { requests } } })
      closing.push(() => gateway.close())
      await gateway.chat({ model: 'demo', ...say('Hello.') })
      const response = await gateway.chat({ model: 'demo', ...say('Hello again.') })
      const trail = gateway.trail(response)
      expect(trail.map(({ type }) => type)).toEqual(requests === 'all' ? ['request'] : [])
    }
  })

  it('end the trail of a stream when the stream is over', async () => {
    const gateway = await testGateway({ config: { events: { requests: 'all' } } })
    closing.push(() => gateway.close())
    const response = await gateway.chat({ model: 'demo', stream: true, ...say('Hello.') })
    await response.text()
    const trail = gateway.trail(response)
    expect(trail.at(-1)).toMatchObject({ type: 'request', status: 200, outcome: 'allow' })
    expect(Object.keys(trail.at(-1)?.timings ?? {}).at(-1)).toBe('stream')
  })

  it('make up a trace id when the caller brings none or a bad one, one for each request', async () => {
    const gateway = await setUp()
    const ids = []
    for (const traceparent of ['', 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
      const response = await gateway.chat(say(INJECTION), { headers: { traceparent } })
      const [event] = gateway.trail(response)
      ids.push(event?.traceId)
      expect(event?.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/)
    }
    expect(new Set(ids).size).toBe(3)
  })
})

describe('every type of the catalogue', () => {
  it('is emitted', async () => {
    const gateway = await setUp()
    await gateway.chat(say(`My card is ${CARD}.`))
    await gateway.chat(say(INJECTION))
    await gateway.chat({ model: 'demo', ...say('Call the tool get_weather for Oslo.'), tools: [WEATHER] })
    await gateway.send('GET', '/admin/api/keys')
    await gateway.send('POST', '/admin/api/keys', {
      key: gateway.adminKey,
      body: JSON.stringify({ name: 'another', role: 'client' }),
    })
    for (let count = 0; count < 61; count++) await gateway.send('GET', '/v1/models', { key: `sp-client-${count}` })
    for (let count = 0; count < 45; count++) await gateway.send('GET', '/v1/models')
    // Alerts are looked for off the way of requests.
    await vi.waitFor(() => expect(listOf(gateway).map(({ type }) => type)).toContain('alert'), { timeout: 20_000 })
    const seen = new Set(listOf(gateway).map(({ type }) => type))
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-test-'))
    closing.push(async () => rmSync(folder, { recursive: true, force: true }))
    for (const policy of ['recommended', 'strict'] as const) {
      const environment = { SALLYPORT_PORT: '0', SALLYPORT_DATA: folder }
      const running = await startGateway({ policy, environment, drainMs: 200, config: { audit: { enabled: false } } })
      await running.close()
      for (const { type } of running.gateway.events.list({ limit: 500 })) seen.add(type)
    }
    const away = await testGateway({
      config: { upstreams: [{ name: 'up', baseUrl: 'http://127.0.0.1:1/v1', models: ['up'] }] },
    })
    closing.push(() => away.close())
    expect((await away.chat(say('Hello.'))).status).toBe(502)
    for (const { type } of listOf(away)) seen.add(type)
    reportVerdict(away.running.gateway.events, testExchange(), {
      outcome: 'monitor',
      findings: [FAILED_OPEN],
      stageOf: () => 'input',
    })
    for (const { type } of listOf(away)) seen.add(type)
    expect(Object.keys(EVENT_CATALOGUE).filter((type) => !seen.has(type as SecurityEvent['type']))).toEqual([])
  })
})

const FAILED_OPEN: Finding = {
  guard: 'pii',
  code: 'failed-open',
  severity: 'high',
  message: 'The guard failed; the policy lets text pass.',
  confidence: 1,
  start: 0,
  end: 0,
  action: 'monitor',
}
const WEATHER = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } }
