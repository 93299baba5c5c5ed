import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { StorageConfig } from './storage/storage-config.ts'
import { flakyProxy } from './test-support/flaky-proxy.ts'
import { say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'
import { lacksPostgres, POSTGRES_URL, testSchema } from './test-support/test-postgres.ts'

const ADMIN = ['sp', 'admin', 'aB3'.repeat(12)].join('-')
const CLIENT = ['sp', 'client', 'aB3'.repeat(12)].join('-')

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function setUp(storage: Partial<StorageConfig> = {}) {
  const { schema, drop } = await testSchema()
  closing.push(drop)
  const { hostname, port } = new URL(POSTGRES_URL)
  const proxy = await flakyProxy({ host: hostname, port: Number(port || 5432) })
  closing.push(proxy.close)
  const proxied = new URL(POSTGRES_URL)
  proxied.hostname = '127.0.0.1'
  proxied.port = String(proxy.port)
  const installationKey = randomBytes(32).toString('hex')
  const start = async (environment: Readonly<Record<string, string>> = {}): Promise<TestGateway> => {
    const gateway = await testGateway({
      config: { storage: { schema, ...storage } },
      environment: {
        SALLYPORT_DATABASE_URL: POSTGRES_URL,
        SALLYPORT_INSTALLATION_KEY: installationKey,
        SALLYPORT_BOOTSTRAP_ADMIN_KEY: ADMIN,
        SALLYPORT_BOOTSTRAP_CLIENT_KEY: CLIENT,
        ...environment,
      },
    })
    closing.push(gateway.close)
    return gateway
  }
  return { start, proxy, viaProxy: { SALLYPORT_DATABASE_URL: proxied.href } }
}

const statusOf = async (gateway: TestGateway, key: string): Promise<number> =>
  (await gateway.send('GET', '/v1/models', { key })).status

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let at = 0; at < 1_000; at++) {
    if (await condition()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('It never came to that.')
}

const admin = async (gateway: TestGateway, method: string, path: string, body?: object): Promise<Response> =>
  gateway.send(method, `/admin/api/keys${path}`, {
    key: ADMIN,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

interface Made {
  readonly key: string
  readonly info: { readonly id: string }
}

describe.skipIf(lacksPostgres)(`keys in PostgreSQL (${POSTGRES_URL}; skipped where there is none, never in CI)`, () => {
  it('that one gateway makes, rotates or revokes are so at all', async () => {
    const { start } = await setUp()
    const [one, other] = await Promise.all([start(), start()])
    const made = (await (await admin(one, 'POST', '', { name: 'n', role: 'client' })).json()) as Made
    expect(await statusOf(one, made.key)).toBe(200)
    await until(async () => (await statusOf(other, made.key)) === 200)

    const rotated = (await (
      await admin(other, 'POST', `/${made.info.id}/rotate`, { overlapSeconds: 0 })
    ).json()) as Made
    await until(async () => (await statusOf(one, made.key)) === 401)
    expect(await statusOf(one, rotated.key)).toBe(200)
    expect((await admin(one, 'POST', `/${made.info.id}/rotate`, {})).status).toBe(404)

    expect((await admin(one, 'DELETE', `/${rotated.info.id}`)).status).toBe(204)
    await until(async () => (await statusOf(other, rotated.key)) === 401)
    expect((await admin(other, 'DELETE', `/${rotated.info.id}`)).status).toBe(404)
    // A key nobody touched.
    expect([await statusOf(one, CLIENT), await statusOf(other, CLIENT)]).toEqual([200, 200])
    expect([...one.faults, ...other.faults]).toEqual([])
  })

  it('are told of in the log of each gateway: what was done here, and what came from elsewhere', async () => {
    const { start } = await setUp()
    const [one, other] = [await start(), await start()]
    const told = (gateway: TestGateway, id: string) =>
      gateway
        .events()
        .filter(({ type, detail }) => type === 'key-lifecycle' && detail?.includes(id) === true)
        .map(({ activity, detail, severity }) => [activity, /elsewhere/.test(detail ?? ''), severity])
        .toReversed()
    const { info } = (await (await admin(one, 'POST', '', { name: 'n', role: 'admin' })).json()) as Made
    // Whoever asks for the list reads the database as well.
    await admin(other, 'GET', '')
    await until(() => told(other, info.id).length === 1)
    await admin(one, 'POST', `/${info.id}/rotate`, { overlapSeconds: 60 })
    await until(() => told(other, info.id).length === 2)
    await admin(one, 'DELETE', `/${info.id}`)
    await until(() => told(other, info.id).length === 3)
    expect(told(other, info.id)).toEqual([
      ['create', true, 'medium'],
      ['update', true, 'medium'],
      ['delete', true, 'low'],
    ])
    expect(told(one, info.id)).toEqual([
      ['create', false, 'low'],
      ['update', false, 'low'],
      ['delete', false, 'low'],
    ])
  })

  it('end console sessions everywhere when they are revoked', async () => {
    const { start } = await setUp()
    const [one, other] = [await start(), await start()]
    const { key, info } = (await (await admin(one, 'POST', '', { name: 'n', role: 'operator' })).json()) as Made
    const signIn = () => other.send('POST', '/admin/api/session', { key: null, body: JSON.stringify({ key }) })
    await until(async () => (await statusOf(other, key)) === 200)
    const cookie = (await signIn()).headers.get('set-cookie')?.split(';')[0] ?? ''
    const ask = async () => (await other.send('GET', '/admin/api/summary', { key: null, headers: { cookie } })).status
    expect(await ask()).toBe(200)
    await admin(one, 'DELETE', `/${info.id}`)
    await until(async () => (await ask()) === 401)
  })

  it('are made once when several gateways start on an empty database', async () => {
    const { start } = await setUp()
    const none = { SALLYPORT_BOOTSTRAP_ADMIN_KEY: '', SALLYPORT_BOOTSTRAP_CLIENT_KEY: '' }
    const gateways = await Promise.all([start(none), start(none), start(none)])
    const withKeys = gateways.filter(({ folder }) => existsSync(join(folder, 'keys.txt')))
    expect(withKeys).toHaveLength(1)
    for (const gateway of gateways) expect(await statusOf(gateway, withKeys[0]?.clientKey ?? '')).toBe(200)
  })

  it('are of no use to a gateway with another installation key, which says so at once', async () => {
    const { start } = await setUp()
    await start()
    await expect(start({ SALLYPORT_INSTALLATION_KEY: 'ab'.repeat(32) })).rejects.toThrow(/not the one this database/)
    await expect(start({ SALLYPORT_INSTALLATION_KEY: 'short' })).rejects.toThrow(/64 hexadecimal digits/)
    await expect(start({ SALLYPORT_INSTALLATION_KEY: '' })).rejects.toThrow(/installation\.key is missing/)
  })

  it('go on while the database is away, visibly, and a revocation holds here at once and everywhere later', async () => {
    const { start, proxy, viaProxy } = await setUp()
    const one = await start(viaProxy)
    const other = await start()
    const { key, info } = (await (await admin(one, 'POST', '', { name: 'n', role: 'client' })).json()) as Made
    await until(async () => (await statusOf(other, key)) === 200)
    const readyz = async () => await (await one.send('GET', '/readyz', { key: null })).json()
    expect(await readyz()).toEqual({ status: 'ready' })

    proxy.cut()
    await until(() =>
      one.events().some(({ type, detail }) => type === 'degraded' && /database is away/.test(detail ?? '')),
    )
    expect(await readyz()).toEqual({ status: 'ready', degraded: ['database'] })
    expect([await statusOf(one, key), await statusOf(one, CLIENT)]).toEqual([200, 200])
    expect((await one.chat({ ...say('Hello.'), model: 'demo' }, { key })).status).toBe(200)
    const refused = await admin(one, 'POST', '', { name: 'n', role: 'client' })
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      503,
      'storage_unavailable',
    ])
    expect((await admin(one, 'DELETE', `/${info.id}`)).status).toBe(503)
    expect([await statusOf(one, key), await statusOf(other, key)]).toEqual([401, 200])

    proxy.mend()
    await until(async () => (await statusOf(other, key)) === 401)
    await until(async () => JSON.stringify(await readyz()) === '{"status":"ready"}')
    // The old state of the database never brings it back.
    expect([await statusOf(one, key), await statusOf(one, CLIENT)]).toEqual([401, 200])
    expect(one.faults).toEqual([])
  })

  it('are refused with 503 once the database has been away for too long, and good again when it is back', async () => {
    const { start, proxy, viaProxy } = await setUp({ maxStaleMs: 1_000 })
    const gateway = await start(viaProxy)
    proxy.cut()
    await until(async () => (await statusOf(gateway, CLIENT)) === 503)
    const answer = await gateway.send('GET', '/v1/models')
    expect(answer.headers.get('retry-after')).toBe('5')
    expect(await answer.json()).toMatchObject({ error: { code: 'storage_unavailable' } })
    expect((await gateway.send('GET', '/readyz', { key: null })).status).toBe(503)
    // Who has no key learns nothing new, and is no safer from the lockout than before.
    expect(await statusOf(gateway, `${CLIENT}x`)).toBe(401)
    await until(() => gateway.events().some(({ severity, type }) => type === 'degraded' && severity === 'critical'))
    proxy.mend()
    await until(async () => (await statusOf(gateway, CLIENT)) === 200)
  })

  it('stop a gateway from starting while they cannot be read', async () => {
    const { start, proxy, viaProxy } = await setUp()
    proxy.cut()
    await expect(start(viaProxy)).rejects.toThrow(/SALLYPORT_DATABASE_URL/)
    await expect(start({ SALLYPORT_DATABASE_URL: 'mysql://x' })).rejects.toThrow(/is no postgres:/)
    const wrong = new URL(POSTGRES_URL)
    wrong.pathname = '/no_such_database'
    wrong.password = 'hunter2'
    const failure = await start({ SALLYPORT_DATABASE_URL: wrong.href }).catch((error: Error) => error)
    expect(String(failure)).toContain('does not exist')
    expect(String((failure as Error).stack)).not.toContain('hunter2')
  })
})
