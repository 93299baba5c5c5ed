import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import { verifyWebhook } from 'sallyport/alerts'
import type { AlertMessage } from 'sallyport/alerts'
import { afterEach, describe, expect, it } from 'vitest'
import type { GatewayConfigInput } from '../config/gateway-config.ts'
import { INJECTION, say, testGateway } from '../test-support/test-gateway.ts'
import type { TestGateway } from '../test-support/test-gateway.ts'

const SECRET = 'the secret of the receiver in the test'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface Receiver {
  readonly url: string
  readonly received: Received[]
  status: number
}

async function receiver(): Promise<Receiver> {
  const received: Received[] = []
  const self: Receiver = { url: '', received, status: 204 }
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      response.writeHead(self.status, self.status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(self, { url: `http://127.0.0.1:${port}/hook` })
}

async function setUp(alerts: GatewayConfigInput['alerts'], urls: Record<string, string> = {}): Promise<TestGateway> {
  const gateway = await testGateway({
    environment: { HOOK_SECRET: SECRET, ...urls },
    config: { alerts },
  })
  closing.unshift(() => gateway.close())
  return gateway
}

const loopback = ['127.0.0.0/8']
const hook = (url: string, allowAddresses: string[] = loopback) => ({
  name: 'ops',
  url,
  secret: 'env:HOOK_SECRET',
  allowAddresses,
})

async function inject(gateway: TestGateway, times = 10): Promise<void> {
  for (let each = 0; each < times; each++)
    expect((await gateway.chat({ model: 'demo', ...say(INJECTION) })).status).toBe(400)
  gateway.running.gateway.alerts?.flush()
  await gateway.running.gateway.alerts?.settled()
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('alerts of a gateway', () => {
  it('are on by default: a burst of injections is an event and stands in the list', async () => {
    const gateway = await setUp({})
    await inject(gateway)
    const [event] = gateway.events().filter(({ type }) => type === 'alert')
    expect(event).toMatchObject({ rule: 'alert/injection-burst', outcome: 'failure', severity: 'high' })
    expect(event?.actor?.keyId).toBeDefined()
    const list = await gateway.send('GET', '/admin/api/alerts', { key: gateway.adminKey })
    expect(await list.json()).toMatchObject({
      enabled: true,
      open: [{ kind: 'injection-burst', value: 10, expected: 0, subject: `key:${event?.actor?.keyId}` }],
      recent: [],
    })
  })

  it('can be turned off', async () => {
    const gateway = await setUp({ enabled: false })
    await inject(gateway)
    expect(gateway.events().filter(({ type }) => type === 'alert')).toEqual([])
    const list = await gateway.send('GET', '/admin/api/alerts', { key: gateway.adminKey })
    expect(await list.json()).toMatchObject({ enabled: false, open: [] })
    expect((await gateway.send('POST', '/admin/api/alerts/test', { key: gateway.adminKey })).status).toBe(400)
  })

  it('are delivered signed, without any text of the request', async () => {
    const { url, received } = await receiver()
    const gateway = await setUp({ webhooks: [hook(url)] })
    await inject(gateway)
    await until(() => received.length > 0)
    const { headers = {} as IncomingHttpHeaders, body = '' } = received[0] ?? {}
    const message = JSON.parse(body) as AlertMessage
    expect(message).toMatchObject({ type: 'sallyport.alert', change: 'opened', alert: { kind: 'injection-burst' } })
    expect(body).not.toContain('instructions')
    const parts = {
      id: String(headers['webhook-id']),
      timestamp: Number(headers['webhook-timestamp']),
      signature: String(headers['webhook-signature']),
    }
    expect(await verifyWebhook(SECRET, { ...parts, body })).toBe(true)
    expect(await verifyWebhook(SECRET, { ...parts, body: body.replace('high', 'info') })).toBe(false)
  })

  it('are delivered to what speaks the form of Slack', async () => {
    const { url, received } = await receiver()
    const gateway = await setUp(
      { slack: [{ name: 'chat', url: 'env:SLACK_URL', allowAddresses: loopback }] },
      { SLACK_URL: `${url}?key=1` },
    )
    await inject(gateway)
    await until(() => received.length > 0)
    expect(received[0]?.path).toBe('/hook?key=1')
    expect(JSON.parse(received[0]?.body ?? '{}')).toEqual({
      text: expect.stringContaining('*injection-burst* opened') as string,
    })
    expect(received[0]?.headers['webhook-signature']).toBeUndefined()
  })

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])(
    'are not sent to %s, where other services of the machine listen, unless that is written out',
    async (host) => {
      const { url, received } = await receiver()
      const gateway = await setUp({ webhooks: [hook(url.replace('127.0.0.1', host), [])] })
      await inject(gateway)
      await until(() => gateway.events().some(({ rule }) => rule === 'alerts/ops'))
      expect(received).toEqual([])
      expect(gateway.events().find(({ rule }) => rule === 'alerts/ops')?.detail).toContain('private or reserved')
      const result = await gateway.send('POST', '/admin/api/alerts/test', { key: gateway.adminKey })
      expect(await result.json()).toMatchObject({ results: [{ sink: 'ops', ok: false }] })
    },
  )

  it('do not follow a redirect, which could lead anywhere', async () => {
    const hooked = await receiver()
    hooked.status = 302
    const gateway = await setUp({ webhooks: [hook(hooked.url)] })
    await inject(gateway)
    await until(() => gateway.events().some(({ rule }) => rule === 'alerts/ops'))
    expect(hooked.received.map(({ path }) => path)).toEqual(['/hook'])
  })

  it('can be tried: every receiver gets a message that says it is a test, and the answer says who took it', async () => {
    const [good, bad] = [await receiver(), await receiver()]
    bad.status = 500
    const gateway = await setUp({ webhooks: [hook(good.url), { ...hook(bad.url), name: 'broken' }] })
    const response = await gateway.send('POST', '/admin/api/alerts/test', { key: gateway.adminKey })
    expect(await response.json()).toEqual({
      results: [
        { sink: 'ops', kind: 'webhook', ok: true, detail: 'status 204' },
        { sink: 'broken', kind: 'webhook', ok: false, detail: 'status 500' },
      ],
    })
    expect(JSON.parse(good.received[0]?.body ?? '{}')).toMatchObject({ test: true, alert: { severity: 'info' } })
    expect((await gateway.send('POST', '/admin/api/alerts/test')).status).toBe(403)
    expect((await gateway.send('GET', '/admin/api/alerts')).status).toBe(403)
  })

  it('tell of a log that cannot be written and of a store that is away, and when they are back', async () => {
    const { url, received } = await receiver()
    const gateway = await setUp({ webhooks: [hook(url)] })
    const { events, alerts } = gateway.running.gateway
    for (const rule of ['audit/log', 'store/rate-limits']) {
      events.record({ type: 'degraded', severity: 'critical', rule, outcome: 'failure' })
      events.record({ type: 'degraded', severity: 'info', rule, outcome: 'success' })
    }
    alerts?.flush()
    await until(() => received.length === 4)
    expect(
      received
        .map(({ body }) => JSON.parse(body) as AlertMessage)
        .map(({ change, alert }) => `${change} ${alert.kind}`),
    ).toEqual(['opened audit-gap', 'resolved audit-gap', 'opened degraded-store', 'resolved degraded-store'])
  })

  it('refuse a secret in the file, and say where it belongs', async () => {
    const config: GatewayConfigInput = {
      alerts: { webhooks: [{ name: 'ops', url: 'https://example.com', secret: 'abc' }] },
    }
    await expect(testGateway({ config })).rejects.toThrow('env:NAME')
    const missing: GatewayConfigInput = { alerts: { webhooks: [hook('https://example.com')] } }
    await expect(testGateway({ config: missing })).rejects.toThrow('HOOK_SECRET')
  })
})
