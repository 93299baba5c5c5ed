import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CARD, INJECTION, say, testGateway } from '../test-support/test-gateway.ts'
import type { TestGateway } from '../test-support/test-gateway.ts'
import { LabelSet } from './label-set.ts'
import { Metrics } from './metrics.ts'

let gateway: TestGateway
let url = ''
beforeAll(async () => {
  gateway = await testGateway({
    environment: { SALLYPORT_METRICS_PORT: '0' },
    config: { keys: { claimUser: true }, rateLimits: { user: { requestsPerMinute: 8 } } },
  })
  url = gateway.running.metricsUrl ?? ''
})
afterAll(() => gateway.close())

async function scrape(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(url)).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  )
}

describe('metrics', () => {
  it('count requests, verdicts, findings, tokens, limits and times', async () => {
    const user = 'paddington'
    await gateway.chat({ model: 'demo', user, ...say('Hello.') })
    await gateway.chat({ model: 'demo', user, ...say(INJECTION) })
    await gateway.chat({ model: 'demo', user, ...say(`My card is ${CARD}.`) })
    await (await gateway.chat({ model: 'demo', user, stream: true, ...say('Hello.') })).text()
    for (let each = 0; each < 8; each++) await gateway.chat({ model: 'demo', user, ...say('Hello.') })
    await gateway.send('GET', '/v1/models', { key: 'sp-client-wrong' })
    const counts = await scrape()
    const route = 'POST /v1/chat/completions'
    expect(counts.get(`sallyport_requests_total{route="${route}",status="200"}`)).toBe(7)
    expect(counts.get(`sallyport_requests_total{route="${route}",status="400"}`)).toBe(1)
    expect(counts.get(`sallyport_requests_total{route="${route}",status="429"}`)).toBe(4)
    expect(counts.get('sallyport_requests_total{route="GET /v1/models",status="401"}')).toBe(1)
    expect(counts.get(`sallyport_request_duration_seconds_count{route="${route}"}`)).toBe(12)
    expect(counts.get('sallyport_verdicts_total{stage="input",action="block"}')).toBe(1)
    expect(counts.get('sallyport_verdicts_total{stage="input",action="redact"}')).toBe(1)
    expect(counts.get('sallyport_verdicts_total{stage="output",action="allow"}')).toBeGreaterThan(0)
    expect(counts.get('sallyport_gate_duration_seconds_count{gate="input"}')).toBe(8)
    expect(
      [...counts.keys()].some((name) => name.startsWith('sallyport_findings_total{guard="prompt-injection"')),
    ).toBe(true)
    expect(counts.get('sallyport_limit_decisions_total{limit="all",outcome="admitted"}')).toBe(8)
    expect(counts.get('sallyport_limit_decisions_total{limit="user-minute",outcome="refused"}')).toBe(4)
    expect(counts.get('sallyport_tokens_total{upstream="demo",direction="output"}')).toBeGreaterThan(0)
    expect(counts.get('sallyport_upstream_duration_seconds_count{upstream="demo"}')).toBe(7)
    expect(counts.get('sallyport_first_token_seconds_count{upstream="demo"}')).toBe(1)
    expect(counts.get('sallyport_alerts_open')).toBe(0)
    expect(counts.get('sallyport_limits_degraded')).toBe(0)
    expect(counts.get('process_cpu_seconds_total')).toBeGreaterThan(0)
  })

  it('name no key, no person, no address and nothing a caller made up', async () => {
    const made = 'a-model-a-caller-made-up'
    await gateway.chat({ model: made, ...say('Hello.') })
    await gateway.send('GET', `/v1/models/${made}`)
    await gateway.send('GET', `/${made}`)
    const text = await (await fetch(url)).text()
    const { id } = gateway.running.gateway.keys.list().find(({ role }) => role === 'client') ?? {}
    const person = gateway.events().find(({ actor }) => actor?.user !== undefined)?.actor?.user
    expect([id, person]).not.toContain(undefined)
    for (const secret of [
      id ?? '',
      person ?? '',
      gateway.clientKey,
      'paddington',
      '127.0.0.1',
      made,
      CARD,
      'instructions',
    ]) {
      expect(text).not.toContain(secret)
    }
    const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label))
    const ours = [
      'route',
      'status',
      'stage',
      'action',
      'guard',
      'code',
      'gate',
      'upstream',
      'direction',
      'limit',
      'outcome',
    ]
    const processes = [
      'type',
      'severity',
      'store',
      'le',
      'kind',
      'space',
      'version',
      'major',
      'minor',
      'patch',
      'quantile',
    ]
    expect([...labels].filter((label) => ![...ours, ...processes].includes(label ?? ''))).toEqual([])
  })

  it('are on a port of their own, with nothing else there, and not on the gateway', async () => {
    expect(new URL(url).hostname).toBe('127.0.0.1')
    expect(new URL(url).port).not.toBe(new URL(gateway.url).port)
    expect((await fetch(new URL('/admin/api/keys', url))).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(405)
    expect((await gateway.send('GET', '/metrics', { key: gateway.adminKey })).status).toBe(404)
  })

  it('are not told to a page that made its own name point here', async () => {
    const status = await new Promise((resolve, reject) => {
      const call = request(url, { headers: { host: 'rebound.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      call.on('error', reject)
      call.end()
    })
    expect(status).toBe(403)
  })

  it('are off unless a port is named, and a port that is taken is said', async () => {
    const plain = await testGateway()
    expect([plain.running.metricsUrl, plain.running.gateway.metrics]).toEqual([undefined, undefined])
    await plain.close()
    const { port } = new URL(url)
    await expect(testGateway({ environment: { SALLYPORT_METRICS_PORT: port } })).rejects.toThrow(`${port} is in use`)
    await expect(testGateway({ environment: { SALLYPORT_METRICS_PORT: 'many' } })).rejects.toThrow(
      'SALLYPORT_METRICS_PORT',
    )
  })

  it('hold a bounded number of labels, whatever a policy calls its codes', async () => {
    const metrics = new Metrics()
    for (let code = 0; code < 2_000; code++) {
      const finding = {
        guard: 'content-policy',
        code: `c${code}`,
        severity: 'low',
        confidence: 1,
        start: 0,
        end: 1,
      } as const
      metrics.observe({ id: '1', time: '', type: 'policy_violation', severity: 'low', findings: [finding] })
    }
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('sallyport_findings_total{'))
    expect(lines).toHaveLength(501)
    expect(lines.at(-1)).toBe('sallyport_findings_total{guard="other",code="other"} 1500')
    const set = new LabelSet(1)
    expect([set.take('a'), set.take('b'), set.take('a')]).toEqual([true, false, true])
  })
})
