import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConfigurationError } from './configuration-error.ts'
import { startGateway } from './start-gateway.ts'
import type { RunningGateway, StartOptions } from './start-gateway.ts'
import { openInstallation } from './storage/installation.ts'

const ADMIN = `sp-admin-${'b'.repeat(40)}`
const CLIENT = `sp-client-${'c'.repeat(40)}`

describe('startGateway', () => {
  let folder: string
  const running: RunningGateway[] = []

  const start = async (
    options: StartOptions = {},
    environment: Readonly<Record<string, string>> = {},
  ): Promise<RunningGateway> => {
    const gateway = await startGateway({
      drainMs: 300,
      ...options,
      environment: { SALLYPORT_PORT: '0', SALLYPORT_DATA: folder, ...environment },
    })
    running.push(gateway)
    return gateway
  }
  const failure = async (attempt: Promise<unknown>): Promise<string> => {
    const error: unknown = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(ConfigurationError)
    return (error as Error).message
  }
  const isAccepted = async (gateway: RunningGateway, key: string) =>
    (await fetch(`${gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status === 200

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'sallyport-test-')), 'data')
  })
  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.close()
    rmSync(join(folder, '..'), { recursive: true, force: true })
  })

  it('makes keys at the first start, for the operator’s eyes only, and stores none of them', async () => {
    const { newKeys } = await start()
    const file = join(folder, 'keys.txt')
    expect(newKeys?.file).toBe(file)
    expect(newKeys?.admin).toMatch(/^sp-admin-[\w-]{43}$/)
    expect(newKeys?.client).toMatch(/^sp-client-[\w-]{43}$/)
    expect(readFileSync(file, 'utf8')).toContain(newKeys?.admin)
    for (const name of ['keys.txt', 'installation.key', 'sallyport.sqlite']) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
    const stored = readFileSync(join(folder, 'sallyport.sqlite'), 'latin1')
    expect(stored).not.toContain(newKeys?.admin?.slice('sp-admin-'.length))
    expect(stored).not.toContain(newKeys?.client?.slice('sp-client-'.length))
  })

  it('knows the same keys after a restart and makes no new ones', async () => {
    const first = await start()
    const key = first.newKeys?.client ?? ''
    expect(await isAccepted(first, key)).toBe(true)
    await first.close()
    const second = await start()
    expect(second.newKeys).toBeUndefined()
    expect(await isAccepted(second, key)).toBe(true)
  })

  it('uses the bootstrap keys instead, and retires one when the variable changes', async () => {
    const environment = { SALLYPORT_BOOTSTRAP_ADMIN_KEY: ADMIN, SALLYPORT_BOOTSTRAP_CLIENT_KEY: CLIENT }
    const first = await start({}, environment)
    expect(first.newKeys).toBeUndefined()
    expect(existsSync(join(folder, 'keys.txt'))).toBe(false)
    expect(await isAccepted(first, CLIENT)).toBe(true)
    await first.close()
    const changed = `sp-client-${'d'.repeat(40)}`
    const second = await start({}, { ...environment, SALLYPORT_BOOTSTRAP_CLIENT_KEY: changed })
    expect([
      await isAccepted(second, CLIENT),
      await isAccepted(second, changed),
      await isAccepted(second, ADMIN),
    ]).toEqual([false, true, true])
  })

  it('keeps what a bootstrap key was rotated to', async () => {
    const environment = { SALLYPORT_BOOTSTRAP_ADMIN_KEY: ADMIN, SALLYPORT_BOOTSTRAP_CLIENT_KEY: CLIENT }
    const first = await start({}, environment)
    const { keys } = first.gateway
    const id = keys.list().find(({ role }) => role === 'client')?.id ?? ''
    const successor = (await keys.rotate(id, 0))?.key ?? ''
    await first.close()
    const second = await start({}, environment)
    expect([await isAccepted(second, CLIENT), await isAccepted(second, successor)]).toEqual([false, true])
  })

  it('makes only the key that was not given', async () => {
    const { newKeys } = await start({}, { SALLYPORT_BOOTSTRAP_ADMIN_KEY: ADMIN })
    expect(newKeys?.admin).toBeUndefined()
    expect(newKeys?.client).toMatch(/^sp-client-/)
  })

  it('does not bring a revoked bootstrap key back to life', async () => {
    const environment = { SALLYPORT_BOOTSTRAP_ADMIN_KEY: ADMIN, SALLYPORT_BOOTSTRAP_CLIENT_KEY: CLIENT }
    const first = await start({}, environment)
    const id = first.gateway.keys.list().find(({ role }) => role === 'client')?.id ?? ''
    await first.gateway.keys.revoke(id)
    await first.close()
    const second = await start({}, environment)
    expect(await isAccepted(second, CLIENT)).toBe(false)
    expect(second.gateway.events.list({ limit: 10 })).toContainEqual(
      expect.objectContaining({ type: 'key-lifecycle', outcome: 'failure' }),
    )
  })

  it.each([
    ['SALLYPORT_PORT', 'http'],
    ['SALLYPORT_PORT', '70000'],
    ['SALLYPORT_BOOTSTRAP_ADMIN_KEY', 'sp-admin-short'],
    ['SALLYPORT_BOOTSTRAP_CLIENT_KEY', ADMIN],
    ['OPENAI_BASE_URL', 'file:///etc/passwd'],
    ['OPENAI_BASE_URL', `https://user:${'pass'.repeat(2)}@example.com/v1`],
  ])('refuses a bad %s and names it without its value', async (name, value) => {
    const message = await failure(start({}, { [name]: value }))
    expect(message).toContain(name)
    expect(message).not.toContain(value)
  })

  it.each([
    [
      { upstreams: [{ name: 'a', baseUrl: 'https://example.com/v1', models: ['m'], apiKey: 'literal-key' }] },
      /env:NAME/,
    ],
    [
      { upstreams: [{ name: 'a', baseUrl: 'https://example.com/v1', models: ['m'], apiKey: 'env:NOT_SET' }] },
      /env:NOT_SET/,
    ],
    [
      { upstreams: [{ name: 'a', baseUrl: 'https://example.com/v1', models: ['m'], apiKey: 'file:/nowhere/key' }] },
      /\/nowhere\/key/,
    ],
    [{ upstreams: [{ name: 'a', baseUrl: 'ftp://example.com', models: ['m'] }] }, /http/],
    [{ upstream: [] }, /upstream/],
    [{ listen: { prot: 1 } }, /prot/],
  ])('refuses the configuration %j', async (config, message) => {
    expect(await failure(start({ config: config as never }))).toMatch(message)
  })

  it('makes an upstream of OPENAI_BASE_URL that takes any model name', async () => {
    let asked = ''
    const upstream = createServer((request, response) => {
      asked = `${request.url} ${request.headers.authorization}`
      response.writeHead(500).end()
    })
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    const address = upstream.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { url, newKeys } = await start(
      {},
      { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1/`, OPENAI_API_KEY: 'up-key' },
    )
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${newKeys?.client}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'any-model-4o', messages: [{ role: 'user', content: 'Hi' }] }),
    })
    expect(response.status).toBe(502)
    expect(asked).toBe('/v1/chat/completions Bearer up-key')
    upstream.close()
  })

  it('says which process holds the data folder', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const data = await openInstallation(folder)
    await data.close()
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: holder.pid }))
    const message = await failure(start())
    expect(message).toContain(`pid ${holder.pid}`)
    expect(message).toContain('SALLYPORT_DATA')
    holder.kill()
  })

  it('refuses a folder this very process holds', async () => {
    await start()
    expect(await failure(start())).toContain(`pid ${process.pid}`)
  })

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 4_194_300 })],
    ['another process with the same number', JSON.stringify({ pid: process.ppid, ticks: '1' })],
    ['this process number from before a container restart', JSON.stringify({ pid: process.pid, ticks: '1' })],
    ['a crash while it was written', '{"pi'],
  ])('takes over the lock of %s', async (_, content) => {
    await (await openInstallation(folder)).close()
    writeFileSync(join(folder, 'lock'), content)
    expect((await start()).url).toMatch(/^http:/)
  })

  it('starts after a crash that left SQLite’s own lock behind', async () => {
    await (await start()).close()
    const { mkdirSync } = await import('node:fs')
    mkdirSync(join(folder, 'sallyport.sqlite.lock'))
    expect((await start()).newKeys).toBeUndefined()
  })

  it('says so when the data folder cannot be one', async () => {
    writeFileSync(folder, 'a file')
    expect(await failure(start())).toMatch(/there is a file in its place.*SALLYPORT_DATA/)
  })

  it.skipIf(process.platform !== 'linux')('says so when no folder can be made there', async () => {
    const environment = { SALLYPORT_PORT: '0', SALLYPORT_DATA: '/proc/sallyport/data' }
    expect(await failure(startGateway({ environment }))).toMatch(/cannot be made there.*SALLYPORT_DATA/)
  })

  it('refuses to guess when the installation key is lost', async () => {
    await (await start()).close()
    rmSync(join(folder, 'installation.key'))
    expect(await failure(start())).toMatch(/installation\.key is missing/)
    writeFileSync(join(folder, 'installation.key'), 'short')
    expect(await failure(start())).toMatch(/installation\.key is damaged/)
  })

  it('refuses a database that is none', async () => {
    await (await start()).close()
    writeFileSync(join(folder, 'sallyport.sqlite'), 'no database '.repeat(1_000))
    expect(await failure(start())).toMatch(/sallyport\.sqlite cannot be opened/)
  })

  it('names the port that is in use, and leaves the data folder free for the next try', async () => {
    const { url } = await start()
    const other = join(folder, '..', 'other')
    const { port } = new URL(url)
    const message = await failure(start({}, { SALLYPORT_PORT: port, SALLYPORT_DATA: other }))
    expect(message).toContain(`:${port} is in use`)
    expect(message).toContain('SALLYPORT_PORT')
    expect(existsSync(join(other, 'lock'))).toBe(false)
  })

  it('lets a request under way finish, takes no new ones, and gives the folder back', async () => {
    let release: () => void = () => undefined
    const answered = new Promise<void>((resolve) => (release = resolve))
    const slow = {
      name: 'slow',
      complete: async () => {
        await answered
        return {
          body: {
            created: 1,
            choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'late' } }],
          },
          headers: {},
        }
      },
      stream: async () => ({ chunks: (async function* () {})(), headers: {} }),
      models: async () => [],
      close: async () => undefined,
    }
    const gateway = await start({ providers: { slow }, drainMs: 5_000 })
    const call = fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.newKeys?.client}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'slow', messages: [{ role: 'user', content: 'Hi' }] }),
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const closed = gateway.close()
    setTimeout(release, 100)
    expect(await (await call).json()).toMatchObject({ choices: [{ message: { content: 'late' } }] })
    await closed
    await expect(fetch(`${gateway.url}/livez`)).rejects.toThrow()
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })
})
