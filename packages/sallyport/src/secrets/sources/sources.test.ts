import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secretsManagerFor } from '../node/secrets-manager-for.ts'
import { createSecretsManager } from '../secrets-manager.ts'
import { awsSource } from './aws-source.ts'
import type { AwsSdk } from './aws-source.ts'

const TOKEN = ['hv', 's.'].join('') + 'aB3x'.repeat(6)

// Not a real Vault: answers as its documentation of the key-value store, version 2, says.
const vault = createServer((request, response) => {
  const send = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  if (request.headers['x-vault-token'] !== TOKEN) return send(403, { errors: ['permission denied'] })
  const metadata = { created_time: '2026-01-01T00:00:00Z', deletion_time: '', destroyed: false, version: 3 }
  switch (`${request.method} ${request.url}`) {
    case 'GET /v1/secret/data/llm/openai':
      return send(200, { request_id: 'r', data: { data: { api_key: 'from vault', port: 8_080 }, metadata } })
    case 'GET /v1/secret/data/deleted':
      return send(404, { data: { data: null, metadata: { ...metadata, deletion_time: '2026-02-01T00:00:00Z' } } })
    case 'GET /v1/secret/data/sealed':
      return send(503, { errors: ['Vault is sealed'] })
    case 'GET /v1/secret/data/moved':
      response.writeHead(307, { location: '/v1/secret/data/llm/openai' }).end()
      return
    default:
      return send(404, { errors: [] })
  }
})
let address = ''
const folder = mkdtempSync(join(tmpdir(), 'sallyport-secrets-'))
const file = join(folder, 'key#1')

beforeAll(async () => {
  writeFileSync(file, 'from a file\n')
  await new Promise<void>((resolve) => vault.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(vault.address() as AddressInfo).port}`
})
afterAll(() => {
  vault.close()
  rmSync(folder, { recursive: true, force: true })
})

const managerFor = (environment: Readonly<Record<string, string>> = {}) =>
  secretsManagerFor({ VAULT_ADDR: address, VAULT_TOKEN: TOKEN, MY_KEY: ' from the environment ', ...environment })

describe('secrets come from', () => {
  it.each([
    ['env:MY_KEY', 'from the environment'],
    ['MY_KEY', 'from the environment'],
    [`file:${file}`, 'from a file'],
    ['vault:secret/llm/openai#api_key', 'from vault'],
    ['vault:secret/llm/openai#port', '8080'],
  ])('%#', async (reference, value) => {
    expect((await managerFor().getSecret(reference)).reveal()).toBe(value)
  })

  it.each([
    ['env:NO_SUCH_KEY', 'not-found'],
    ['env:constructor', 'not-found'],
    ['file:/no/such/file', 'not-found'],
    [`file:${folder}`, 'unavailable'],
    ['vault:secret/deleted#api_key', 'not-found'],
    ['vault:secret/nothing#api_key', 'not-found'],
    ['vault:secret/sealed#api_key', 'unavailable'],
    ['vault:secret/moved#api_key', 'unavailable'],
    ['vault:secret/llm/openai#other', 'no-field'],
  ])('%s: %s', async (reference, code) => {
    await expect(managerFor().getSecret(reference)).rejects.toMatchObject({ code })
  })

  it('Vault only with its token, which no error repeats', async () => {
    const wrong = `${TOKEN}x`
    const error = await managerFor({ VAULT_TOKEN: wrong })
      .getSecret('vault:secret/llm/openai#api_key')
      .catch((each: Error) => each)
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('403') })
    expect(String(error)).not.toContain(wrong)
  })

  it('no Vault where none is configured', async () => {
    await expect(secretsManagerFor({}).getSecret('vault:secret/llm/openai#api_key')).rejects.toMatchObject({
      code: 'invalid-reference',
    })
  })
})

/** The shape of the SDK, with two secrets. */
function fakeSdk(faults: readonly string[] = []): AwsSdk {
  const left = [...faults]
  return {
    GetSecretValueCommand: class {
      readonly input: { readonly SecretId: string }
      constructor(input: { readonly SecretId: string }) {
        this.input = input
      }
    },
    SecretsManagerClient: class {
      async send(command: object): Promise<{ readonly SecretString?: string; readonly SecretBinary?: Uint8Array }> {
        const fault = left.shift()
        if (fault !== undefined) throw Object.assign(new Error(`refused ${TOKEN}`), { name: fault })
        const id = (command as { readonly input: { readonly SecretId: string } }).input.SecretId
        if (id === 'prod/llm') return { SecretString: '{"openai":{"key":"from aws"}}' }
        return { SecretBinary: new TextEncoder().encode('binary') }
      }
    },
  }
}

describe('AWS Secrets Manager (a stand-in for its SDK)', () => {
  it.each([
    ['aws-sm:prod/llm#openai.key', 'from aws'],
    ['aws-sm:arn:aws:secretsmanager:eu-central-1:123456789012:secret:x-AbCdEf', 'binary'],
  ])('%#', async (reference, value) => {
    const secrets = createSecretsManager({ sources: [awsSource({ region: 'eu-central-1' }, async () => fakeSdk())] })
    expect((await secrets.getSecret(reference)).reveal()).toBe(value)
  })

  it.each([
    ['ResourceNotFoundException', 'not-found'],
    ['InvalidRequestException', 'not-found'],
    ['AccessDeniedException', 'unavailable'],
    ['ThrottlingException', 'unavailable'],
  ])('%s means %s, and what AWS said is not repeated', async (fault, code) => {
    const secrets = createSecretsManager({ sources: [awsSource({}, async () => fakeSdk([fault]))] })
    const error = await secrets.getSecret('aws-sm:prod/llm').catch((each: Error) => each)
    expect(error).toMatchObject({ code })
    expect(String((error as Error).stack)).not.toContain(TOKEN)
  })

  it('is where a bare name is looked up in production', async () => {
    const production = secretsManagerFor({ DEPLOYMENT_ENV: 'production', OPENAI_API_KEY: 'from the environment' })
    const error = await production.getSecret('OPENAI_API_KEY').catch((each: Error) => each)
    expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('aws-sm:') })
  })
})
