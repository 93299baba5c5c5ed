import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { completion, fakeUpstream, sendJson } from '../test-support/fake-upstream.ts'
import { say, testGateway } from '../test-support/test-gateway.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-key-'))
  const file = join(folder, 'key')
  const rotate = (key: string): void => {
    writeFileSync(`${file}.new`, `${key}\n`)
    renameSync(`${file}.new`, file)
  }
  rotate('key-one')
  const upstream = await fakeUpstream()
  const accepted = new Set(['Bearer key-one'])
  upstream.answer((response, { headers }) => {
    if (accepted.has(headers.authorization ?? '')) sendJson(response, completion('ok'))
    else response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"code":"invalid_api_key"}}')
  })
  const upstreams = [{ name: 'up', baseUrl: upstream.baseUrl, models: ['up'], apiKey: `file:${file}` }]
  const gateway = await testGateway({ config: { upstreams } })
  closing.push(gateway.close, upstream.close, () => rmSync(folder, { recursive: true, force: true }))
  return { gateway, upstream, accepted, rotate }
}

async function until(condition: () => boolean): Promise<void> {
  for (let at = 0; at < 1_000 && !condition(); at++) await wait(10)
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('the key of an upstream', () => {
  it('is rotated under load without one failed request', async () => {
    const { gateway, accepted, rotate } = await setUp()
    const statuses: number[] = []
    const load = new AbortController()
    const clients = Array.from({ length: 8 }, async () => {
      while (!load.signal.aborted) statuses.push((await gateway.chat(say('Hello.'))).status)
    })
    await until(() => statuses.length > 10)
    await wait(1_100)
    rotate('key-two')
    accepted.add('Bearer key-two')
    // The old one is refused from now on.
    accepted.delete('Bearer key-one')
    const before = statuses.length
    await until(() => statuses.length > before + 30)
    load.abort()
    await Promise.all(clients)
    expect(new Set(statuses)).toEqual(new Set([200]))
    const rotations = gateway.events().filter(({ detail }) => detail?.endsWith('rotated'))
    expect(rotations).toHaveLength(1)
    expect(JSON.stringify(gateway.events())).not.toMatch(/key-one|key-two/)
  })

  it('that the upstream refuses is asked for again once, and the caller never sees it', async () => {
    const { gateway, upstream, accepted } = await setUp()
    await wait(1_100)
    accepted.clear()
    const answer = await gateway.chat(say('Hello.'))
    expect(answer.status).toBe(502)
    expect(await answer.text()).not.toContain('key-one')
    expect(upstream.seen).toHaveLength(1)
  })
})
