import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkResultSchema, configSummarySchema, eventListSchema, guardListSchema, summarySchema } from '../contract.ts'
import { INJECTION, say, testGateway } from '../test-support/test-gateway.ts'
import type { TestGateway } from '../test-support/test-gateway.ts'

describe('what the console reads', () => {
  let gateway: TestGateway

  beforeAll(async () => {
    gateway = await testGateway()
  })
  afterAll(() => gateway.close())

  const get = async (path: string) =>
    (await gateway.send('GET', `/admin/api/${path}`, { key: gateway.adminKey })).json()

  it('has the form of the contract', async () => {
    await gateway.chat({ model: 'demo', ...say(INJECTION) })
    const summary = summarySchema.parse(await get('summary'))
    expect(summary).toMatchObject({ preset: 'recommended', models: ['demo'], counts: { blocked: 1 } })
    expect(summary.policyDigest).toMatch(/^[0-9a-f]{64}$/)
    const { guards } = guardListSchema.parse(await get('guards'))
    expect(guards.find(({ id }) => id === 'prompt-injection')?.actions?.input).toBe('block')
    expect(guards.find(({ id }) => id === 'pii')?.codes.length).toBeGreaterThan(3)
    configSummarySchema.parse(await get('config'))
    expect(eventListSchema.parse(await get('events?type=injection_attempt')).events).toHaveLength(1)
  })

  it('lets the playground try a preset without leaving a trace', async () => {
    const before = gateway.running.gateway.events.recorded
    const check = async (body: object) =>
      gateway.send('POST', '/admin/api/check', { key: gateway.adminKey, body: JSON.stringify(body) })
    expect(checkResultSchema.parse(await (await check({ text: INJECTION })).json()).action).toBe('block')
    expect(checkResultSchema.parse(await (await check({ text: INJECTION, preset: 'monitor' })).json()).action).toBe(
      'monitor',
    )
    expect((await check({ text: 'x', preset: '__proto__' })).status).toBe(400)
    // The admin key's own sign-in is one event at most.
    expect(gateway.running.gateway.events.recorded - before).toBeLessThanOrEqual(1)
  })

  it.each([
    ['events?limit=0'],
    ['events?limit=501'],
    ['events?limit=x'],
    ['events?before=1'],
    ['events?type=nothing'],
    ['events/stream?after=x'],
  ])('refuses %s', async (path) => {
    expect((await gateway.send('GET', `/admin/api/${path}`, { key: gateway.adminKey })).status).toBe(400)
  })

  it('streams events as they happen, after those that were missed', async () => {
    const first = gateway.events()[0]
    await gateway.chat({ model: 'demo', ...say(INJECTION) })
    const caller = new AbortController()
    const response = await gateway.send('GET', `/admin/api/events/stream?after=${first?.id}`, {
      key: gateway.adminKey,
      signal: caller.signal,
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    await gateway.chat({ model: 'demo', ...say(INJECTION) })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while ((text.match(/event: security-event\nid: \S+\ndata: \{/g) ?? []).length < 2)
      text += (await reader?.read())?.value ?? ''
    expect(text.startsWith(':')).toBe(true)
    caller.abort()
  })

  it('ends open feeds when the gateway closes', async () => {
    const other = await testGateway({ drainMs: 60_000 })
    const response = await other.send('GET', '/admin/api/events/stream', { key: other.adminKey })
    await other.close()
    expect(await response.text()).toContain(': connected')
  })
})
