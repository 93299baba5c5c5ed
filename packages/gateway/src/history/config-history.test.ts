import { afterEach, describe, expect, it } from 'vitest'
import { testGateway } from '../test-support/test-gateway.ts'
import type { TestGateway } from '../test-support/test-gateway.ts'

const ADMIN = ['sp', 'admin', 'aB3'.repeat(12)].join('-')
const CLIENT = ['sp', 'client', 'aB3'.repeat(12)].join('-')

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

describe('the history of configurations', () => {
  it('has every start, by whom, with the configuration and no secret in it', async () => {
    const environment = {
      SALLYPORT_BOOTSTRAP_ADMIN_KEY: ADMIN,
      SALLYPORT_BOOTSTRAP_CLIENT_KEY: CLIENT,
      UP_KEY: ['sk', 'proj', 'Zq7'.repeat(12)].join('-'),
    }
    const secret = ['AKIA', 'Z7QX3JD6KLM2WTRA'].join('')
    const config = {
      upstreams: [{ name: 'up', baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'env:UP_KEY', models: ['up'] }],
      refusal: { message: `Ask the owner of ${secret}.` },
    }
    const first = await testGateway({ environment, config })
    closing.push(first.close)
    const changes = (from: TestGateway) => from.events().filter(({ type }) => type === 'config-change')
    expect(changes(first)).toEqual([])
    await first.running.close()
    const second = await testGateway({
      environment: { ...environment, SALLYPORT_DATA: first.folder },
      config,
      policy: 'strict',
    })
    closing.push(second.close)
    expect(changes(second)).toMatchObject([{ detail: 'the policy is another than at the last start' }])
    const get = (path: string) => second.send('GET', `/admin/api/config/history${path}`, { key: ADMIN })
    const { versions } = (await (await get('')).json()) as {
      versions: { configDigest: string; policyDigest: string }[]
    }
    expect(versions).toMatchObject([
      { changed: true, by: expect.stringMatching(/^.+@.+$/), version: expect.any(String) },
      { changed: true },
    ])
    expect(versions[0]?.policyDigest).not.toBe(versions[1]?.policyDigest)
    const entry = await (await get(`/${versions[0]?.configDigest}`)).text()
    expect(JSON.parse(entry)).toMatchObject({
      config: {
        preset: 'strict',
        gateway: { upstreams: [{ apiKey: 'env:UP_KEY' }], refusal: { message: '********' } },
      },
    })
    expect(entry).not.toContain(secret)
    expect(entry).not.toContain(environment.UP_KEY)
    expect((await get('/nothing')).status).toBe(404)
    expect((await get('?limit=0')).status).toBe(400)
  })
})
