import { Secret } from 'sallyport/secrets'
import { afterEach, describe, expect, it } from 'vitest'
import { testGateway } from '../test-support/test-gateway.ts'
import type { TestGateway } from '../test-support/test-gateway.ts'
import { checkUpstreamKey } from './key-check.ts'

const OPENAI = 'https://api.openai.com/v1'
const LOCAL = 'http://127.0.0.1:1/v1'
const openaiKey = ['sk', 'proj', 'Zq7xW2pL9'.repeat(4)].join('-')
const groqKey = ['gsk', 'Zq7xW2pL9'.repeat(6)].join('_')

describe('the key of an upstream', () => {
  it.each([
    ['its provider’s', OPENAI, openaiKey, undefined, undefined],
    ['somebody else’s', OPENAI, groqKey, undefined, true],
    ['somebody else’s, below the provider’s host', 'https://eu.api.openai.com/v1', groqKey, undefined, true],
    ['a host that only ends alike', 'https://notapi.openai.com.example/v1', groqKey, undefined, undefined],
    ['somebody else’s, warned of', OPENAI, groqKey, 'warn', false],
    ['somebody else’s, not looked at', OPENAI, groqKey, 'off', undefined],
    ['anything at a host of one’s own', LOCAL, 'ollama', undefined, undefined],
    ['a placeholder at a host of one’s own', LOCAL, 'your-api-key', undefined, false],
    ['a placeholder where they are refused', LOCAL, 'your-api-key', 'refuse', true],
    ['in quotes', OPENAI, `"${openaiKey}"`, undefined, true],
  ] as const)('that is %s', (_, baseUrl, key, keyFormat, isRefused) => {
    const problem = checkUpstreamKey({ baseUrl, keyFormat }, new Secret(key))
    expect(problem?.isRefused).toBe(isRefused)
    expect(JSON.stringify(problem) ?? '').not.toContain(key.slice(-8))
  })

  const running: TestGateway[] = []
  afterEach(async () => {
    for (const gateway of running.splice(0)) await gateway.close()
  })
  const start = async (key: string, upstream: object) => {
    const upstreams = [{ name: 'up', baseUrl: OPENAI, apiKey: 'env:UP_KEY', models: ['up'], ...upstream }]
    const gateway = await testGateway({ config: { upstreams }, environment: { UP_KEY: key } })
    running.push(gateway)
    return gateway
  }

  it('stops the start when it is wrong, with the reason and the way out, and without the key', async () => {
    const error = await start(groqKey, {}).catch((each: Error) => each)
    expect(String(error)).toMatch(/upstream up at env:UP_KEY.*looks like a key of groq, not of openai.*keyFormat: warn/)
    expect(String((error as Error).stack)).not.toContain(groqKey.slice(4, 16))
  })

  it('is an event when it is only warned of, and nothing when it is right', async () => {
    const warned = await start(groqKey, { keyFormat: 'warn' })
    const about = (gateway: TestGateway) =>
      gateway.events().filter(({ type, outcome }) => type === 'secret-access' && outcome === 'failure')
    expect(about(warned)).toMatchObject([{ outcome: 'failure', detail: expect.stringContaining('groq') }])
    expect(JSON.stringify(warned.events())).not.toContain(groqKey.slice(4, 16))
    expect(about(await start(openaiKey, {}))).toEqual([])
  })
})
