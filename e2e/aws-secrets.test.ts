import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGateway } from '@sallyport/gateway'
import { secretsManagerFor } from 'sallyport/secrets/node'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { completion, fakeUpstream, sendJson } from '../packages/gateway/src/test-support/fake-upstream.ts'
import { type MotoServer, prepareMoto, startMoto } from './aws/moto-server.ts'

const missing = await prepareMoto()
if (missing !== undefined && process.env['CI']) throw new Error(missing)

const TTL_MS = 300_000
const DAY_MS = 86_400_000
const CLIENT = ['sp', 'client', 'aB3'.repeat(12)].join('-')

describe.skipIf(missing !== undefined)(`AWS Secrets Manager (moto; ${missing ?? 'never skipped in CI'})`, () => {
  let moto: MotoServer
  let aws: SecretsManagerClient

  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
    vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
    moto = await startMoto()
    aws = new SecretsManagerClient({ region: 'eu-central-1', endpoint: moto.url })
  })
  afterAll(async () => {
    aws?.destroy()
    await moto?.stop()
    vi.unstubAllEnvs()
  })

  const environment = () => ({ AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: moto.url })
  const create = (name: string, value: string) => aws.send(new CreateSecretCommand({ Name: name, SecretString: value }))
  const put = (name: string, value: string, stages?: string[]) =>
    aws.send(
      new PutSecretValueCommand({
        SecretId: name,
        SecretString: value,
        ...(stages === undefined ? {} : { VersionStages: stages }),
      }),
    )

  /** A manager with a clock of its own. */
  function manager() {
    const state = { now: 1_000_000, stale: [] as string[] }
    const secrets = secretsManagerFor(environment(), {
      ttlMs: TTL_MS,
      jitter: 0,
      retryMs: 5_000,
      now: () => state.now,
      onStale: (reference) => state.stale.push(reference),
    })
    const read = async (reference: string): Promise<string> => (await secrets.getSecret(reference)).reveal()
    return { secrets, state, read }
  }

  it('gives a secret, a field of a JSON secret, one by its ARN, and a binary one', async () => {
    await create('read/plain', 'the whole')
    const { ARN } = await create('read/json', '{"openai":{"key":"a field"},"port":8080}')
    await aws.send(new CreateSecretCommand({ Name: 'read/binary', SecretBinary: new TextEncoder().encode('binary') }))
    const { read } = manager()
    expect(await read('aws-sm:read/plain')).toBe('the whole')
    expect(await read('aws-sm:read/json#openai.key')).toBe('a field')
    expect(await read('aws-sm:read/json#port')).toBe('8080')
    expect(await read(`aws-sm:${ARN}#openai.key`)).toBe('a field')
    expect(await read('aws-sm:read/binary')).toBe('binary')
    await expect(read('aws-sm:read/json#other')).rejects.toMatchObject({ code: 'no-field' })
  })

  it('is asked again when a value is no longer fresh, and tells of a rotation', async () => {
    await create('rotate', 'one')
    const { secrets, state, read } = manager()
    const heard: string[] = []
    secrets.onRotate(({ reference, secret }) => heard.push(`${reference} ${secret.reveal()}`))
    expect(await read('aws-sm:rotate')).toBe('one')
    await put('rotate', 'two')
    expect(await read('aws-sm:rotate')).toBe('one')
    state.now += TTL_MS + 1
    expect(await read('aws-sm:rotate')).toBe('two')
    await put('rotate', 'three')
    state.now += 5_001
    expect((await secrets.refresh('aws-sm:rotate')).reveal()).toBe('three')
    expect(heard).toEqual(['aws-sm:rotate two', 'aws-sm:rotate three'])
  })

  it('gives the current version: a pending one only once its stage is moved', async () => {
    await create('stages', 'current')
    const { VersionId: pending } = await put('stages', 'pending', ['AWSPENDING'])
    const { secrets, state, read } = manager()
    expect(await read('aws-sm:stages')).toBe('current')
    const { VersionIdsToStages: stages = {} } = await aws.send(new DescribeSecretCommand({ SecretId: 'stages' }))
    const current = Object.keys(stages).find((id) => stages[id]?.includes('AWSCURRENT'))
    await aws.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'stages',
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: pending,
        RemoveFromVersionId: current,
      }),
    )
    state.now += 5_001
    expect((await secrets.refresh('aws-sm:stages')).reveal()).toBe('pending')
  })

  it('is not asked again at once for what it does not have', async () => {
    const { state, read } = manager()
    await expect(read('aws-sm:late')).rejects.toMatchObject({ code: 'not-found' })
    await create('late', 'here now')
    await expect(read('aws-sm:late')).rejects.toMatchObject({ code: 'not-found' })
    state.now += 5_001
    expect(await read('aws-sm:late')).toBe('here now')
  })

  it('that took a secret away means it, also while the old value would be good', async () => {
    await create('deleted', 'gone soon')
    const { secrets, state, read } = manager()
    expect(await read('aws-sm:deleted')).toBe('gone soon')
    await aws.send(new DeleteSecretCommand({ SecretId: 'deleted', ForceDeleteWithoutRecovery: true }))
    state.now += TTL_MS + 1
    await expect(read('aws-sm:deleted')).rejects.toMatchObject({ code: 'not-found' })
    secrets.close()
  })

  it('that is away leaves the last value in use for a day, which is told, and no longer', async () => {
    await create('outage', 'before')
    const { state, read } = manager()
    expect(await read('aws-sm:outage')).toBe('before')
    await moto.stop()
    state.now += TTL_MS + 1
    expect(await read('aws-sm:outage')).toBe('before')
    expect(state.stale).toEqual(['aws-sm:outage'])
    await expect(read('aws-sm:never-read')).rejects.toMatchObject({ code: 'unavailable' })
    state.now += DAY_MS
    await expect(read('aws-sm:outage')).rejects.toMatchObject({ code: 'unavailable' })
    moto = await startMoto(moto.port)
    await create('outage', 'after')
    state.now += 5_001
    expect(await read('aws-sm:outage')).toBe('after')
  })

  it('rotates the key of an upstream under load without one failed request', async () => {
    const keys = ['one', 'two', 'three'].map((name) => `key-${name}-${'Zq7'.repeat(8)}`)
    await create('prod/llm', JSON.stringify({ openai: keys[0] }))
    const upstream = await fakeUpstream()
    let accepted = keys[0]
    upstream.answer((response, { headers }) => {
      if (headers.authorization === `Bearer ${accepted}`) sendJson(response, completion('ok'))
      else response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"code":"invalid_api_key"}}')
    })
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-moto-'))
    const gateway = await startGateway({
      config: {
        audit: { enabled: false },
        upstreams: [{ name: 'up', baseUrl: upstream.baseUrl, models: ['up'], apiKey: 'aws-sm:prod/llm#openai' }],
      },
      environment: {
        ...environment(),
        SALLYPORT_PORT: '0',
        SALLYPORT_DATA: folder,
        SALLYPORT_BOOTSTRAP_CLIENT_KEY: CLIENT,
      },
      drainMs: 500,
    })
    const statuses: number[] = []
    const load = new AbortController()
    const ask = async (): Promise<void> => {
      while (!load.signal.aborted) {
        const response = await fetch(`${gateway.url}/v1/chat/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${CLIENT}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'up', messages: [{ role: 'user', content: 'Hello.' }] }),
        })
        await response.arrayBuffer()
        statuses.push(response.status)
      }
    }
    const clients = Array.from({ length: 8 }, ask)
    try {
      for (const next of keys.slice(1)) {
        const before = statuses.length
        await vi.waitUntil(() => statuses.length > before + 30, { timeout: 30_000 })
        // A refused key is asked for again at most once a second.
        await new Promise((resolve) => setTimeout(resolve, 1_100))
        await put('prod/llm', JSON.stringify({ openai: next }))
        // The old one is refused from this moment on.
        accepted = next
      }
      const before = statuses.length
      await vi.waitUntil(() => statuses.length > before + 30, { timeout: 30_000 })
    } finally {
      load.abort()
      await Promise.all(clients)
    }
    const failed = statuses.filter((status) => status !== 200)
    console.log(`${statuses.length} requests over two rotations, ${failed.length} failed`)
    expect(failed).toEqual([])
    const events = gateway.gateway.events.list({ limit: 500 })
    const rotated = events.filter(({ detail }) => detail === 'the key of the upstream up was rotated')
    expect(rotated).toHaveLength(2)
    expect(JSON.stringify(events)).not.toContain('Zq7Zq7')
    await gateway.close()
    await upstream.close()
    rmSync(folder, { recursive: true, force: true })
  })
})
