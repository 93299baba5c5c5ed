import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Probes } from './probes.ts'
import { runAudit } from './run-audit.ts'
import type { Target } from './target.ts'

vi.setConfig({ testTimeout: 120_000 })

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

type Answer = (
  path: string,
  count: number,
) => { readonly status: number; readonly json?: object; readonly wait?: number }

/** An API that speaks as `answer` says. `count` counts its answers to one path. */
async function serve(answer: Answer): Promise<Target> {
  const counts = new Map<string, number>()
  const server = createServer((incoming, outgoing) => {
    incoming.resume()
    incoming.once('end', () => {
      const path = incoming.url ?? ''
      const count = (counts.get(path) ?? 0) + 1
      counts.set(path, count)
      const { status, json = {}, wait } = answer(path, count)
      outgoing.writeHead(status, {
        'content-type': 'application/json',
        ...(wait === undefined ? {} : { 'retry-after': String(wait) }),
      })
      outgoing.end(JSON.stringify(json))
    })
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, prefix: '/v1', kind: 'openai', model: 'any' }
}

const SAID = { choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Tuesday.' } }] }

describe('an API that refuses everything', () => {
  it.each([400, 401, 403, 404, 429, 500, 503])('passes nothing by answering %i', async (status) => {
    const target = await serve(() => ({ status }))
    const { items } = await runAudit({ now: Date.now(), target, probes: new Probes(target, { maxWaitMs: 0 }) })
    // Loopback is safe from the network whatever answers there.
    expect(items.filter((item) => item.status === 'pass').map(({ id }) => id)).toEqual(['https'])
    expect(items.filter((item) => item.status === 'fail').map(({ id }) => id)).toEqual(['security-headers'])
    expect(items.find(({ id }) => id === 'asi03-identity')?.evidence).toContain(`chat completions (${status})`)
  })
})

describe('a limit', () => {
  const limited: (free: string) => Answer = (free) => (path, count) =>
    path.endsWith('/models') || path.endsWith('/completions')
      ? path.endsWith(free) || count <= 8
        ? { status: 200, json: SAID }
        : { status: 429, wait: 60 }
      : { status: 404 }

  it('is found where the model is asked, also when the list of models has none', async () => {
    const target = await serve(limited('/models'))
    const probes = new Probes(target, { maxWaitMs: 0 })
    await probes.routes()
    const { items } = await runAudit({ now: Date.now(), target, probes })
    expect(items.find(({ id }) => id === 'rate-limiting')).toMatchObject({ status: 'pass' })
  })

  it('on the list of models alone protects no model', async () => {
    const target = await serve(limited('/completions'))
    const { items } = await runAudit({ now: Date.now(), target, probes: new Probes(target, { maxWaitMs: 0 }) })
    expect(items.find(({ id }) => id === 'rate-limiting')).toMatchObject({ status: 'fail' })
  })

  it('is waited for, so that it hides nothing, and only while waiting helps', async () => {
    const target = await serve((_, count) => (count % 2 === 1 ? { status: 429, wait: 0 } : { status: 200 }))
    const waits: number[] = []
    const probes = new Probes(target, { onWait: (seconds) => waits.push(seconds) })
    expect([(await probes.ask('/a')).status, (await probes.ask('/a')).status]).toEqual([200, 200])
    expect(waits).toHaveLength(2)
    const stubborn = await serve(() => ({ status: 429, wait: 0 }))
    const patient = new Probes(stubborn, { onWait: (seconds) => waits.push(seconds) })
    await patient.ask('/a')
    await patient.ask('/a')
    expect(waits).toHaveLength(3)
  })
})
