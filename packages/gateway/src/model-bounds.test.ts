import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configFromEnvironment, environmentFaults } from './config/environment.ts'
import { ConfigurationError } from './configuration-error.ts'
import { createGateway } from './gateway.ts'
import { fakeUpstream } from './test-support/fake-upstream.ts'
import { say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const PIXEL = 'data:image/png;base64,iVBORw0KGgo='

describe('a model with bounds', () => {
  let gateway: TestGateway
  let upstream: Awaited<ReturnType<typeof fakeUpstream>>
  beforeAll(async () => {
    upstream = await fakeUpstream()
    gateway = await testGateway({
      config: {
        permits: ['image'],
        maxTokens: 5_000,
        models: [
          { name: 'up', maxTokens: 1_000, capabilities: { tools: false, images: false, json: false } },
          { name: 'old', maxTokens: 9_000, maxTokensParameter: 'max_tokens' },
        ],
        upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up', 'old', 'plain'] }],
      },
    })
  })
  afterAll(async () => {
    await gateway.close()
    await upstream.close()
  })

  const image = { type: 'image_url', image_url: { url: PIXEL } }
  it.each<[string, object, string, number]>([
    ['more tokens', { max_tokens: 1_001 }, 'max_tokens', 1_000],
    ['more tokens by the new name', { max_tokens: 5, max_completion_tokens: 1_001 }, 'max_completion_tokens', 1_000],
    ['more tokens than the gateway allows', { model: 'old', max_tokens: 5_001 }, 'max_tokens', 5_000],
    [
      'more than the gateway allows a model without an entry',
      { model: 'plain', max_tokens: 5_001 },
      'max_tokens',
      5_000,
    ],
  ])('refuses %s and names the bound', async (_, body, param, bound) => {
    const response = await gateway.chat({ ...say('Hi'), ...body })
    expect(response.status).toBe(400)
    const { error } = (await response.json()) as { error: { param: string; message: string } }
    expect([error.param, error.message]).toEqual([param, expect.stringContaining(`at most ${bound} tokens`)])
  })

  it.each<[string, object, string]>([
    ['tools', { tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
    ['functions', { functions: [{ name: 'f' }] }, 'functions'],
    ['images', say([{ type: 'text', text: 'See' }, image]), 'messages'],
    ['JSON', { response_format: { type: 'json_object' } }, 'response_format'],
  ])('refuses %s where the model does not take them, and only there', async (_, body, param) => {
    const response = await gateway.chat({ ...say('Hi'), ...body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'unsupported_parameter', param } })
    expect((await gateway.chat({ ...say('Hi'), ...body, model: 'plain' })).status).toBe(200)
  })

  it.each<[string, object, object]>([
    ['up', {}, { max_completion_tokens: 1_000 }],
    ['old', {}, { max_tokens: 5_000 }],
    ['plain', {}, { max_completion_tokens: 5_000 }],
    ['up', { max_tokens: 7 }, { max_tokens: 7 }],
  ])('tells the upstream the bound of %s given %j', async (model, body, sent) => {
    expect((await gateway.chat({ ...say('Hi'), ...body, model })).status).toBe(200)
    const { max_tokens, max_completion_tokens } = JSON.parse(upstream.seen.at(-1)?.body ?? '{}') as Record<
      string,
      unknown
    >
    expect(JSON.parse(JSON.stringify({ max_tokens, max_completion_tokens }))).toEqual(sent)
  })
})

describe('the variables of the guide', () => {
  it('limit the models and their answers', async () => {
    const environment = { ALLOWED_MODELS: 'demo', MAX_TOKENS: '4096' }
    expect(configFromEnvironment({ maxTokens: 9 }, environment)).toMatchObject({
      allowedModels: ['demo'],
      maxTokens: 4_096,
    })
    const gateway = await testGateway({
      environment,
      config: { upstreams: [{ name: 'any', baseUrl: 'https://models.example/v1', models: ['*'] }] },
    })
    const list = (await (await gateway.send('GET', '/v1/models')).json()) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual(['demo'])
    expect((await gateway.chat({ model: 'demo', ...say('Hi') })).status).toBe(200)
    expect((await gateway.chat({ model: 'other', ...say('Hi') })).status).toBe(404)
    expect((await gateway.chat({ model: 'demo', ...say('Hi'), max_tokens: 4_097 })).status).toBe(400)
    await gateway.close()
  })

  it.each([
    ['MAX_TOKENS', '99'],
    ['MAX_TOKENS', '128001'],
    ['MAX_TOKENS', 'many'],
    ['ALLOWED_MODELS', 'a,,b'],
  ])('are refused as %s=%s', (name, value) => {
    expect(() => configFromEnvironment({}, { [name]: value })).toThrow(new RegExp(name))
  })

  it('are refused all at once, also those of keys', () => {
    const wrong = { MAX_TOKENS: 'x', RATE_LIMIT_RPM: '-1', SALLYPORT_PORT: 'y', SALLYPORT_BOOTSTRAP_ADMIN_KEY: 'short' }
    const faults = environmentFaults({}, wrong)
    expect(faults).toHaveLength(4)
    for (const name of Object.keys(wrong)) expect(faults.join('\n')).toContain(name)
    expect(environmentFaults({}, { MAX_TOKENS: '100' })).toEqual([])
  })

  it('name no model that nothing serves', () => {
    const config = configFromEnvironment({}, { ALLOWED_MODELS: 'gpt-5-mini' })
    expect(() => createGateway({ config })).toThrow(ConfigurationError)
  })
})
