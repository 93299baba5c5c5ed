import { describe, expect, it } from 'vitest'
import { SecretError } from './secret-error.ts'
import type { SecretSource } from './secret-source.ts'
import { createSecretsManager } from './secrets-manager.ts'
import type { SecretsManagerOptions } from './secrets-manager.ts'

/** A source with a value that can change, fail or hang, and a clock. */
function setUp(options: Partial<SecretsManagerOptions> = {}) {
  const state = { now: 1_000_000, reads: 0, answer: (): string | Promise<string> => 'one' }
  const source: SecretSource = {
    scheme: 'env',
    read: async () => {
      state.reads++
      return state.answer()
    },
  }
  const stale: string[] = []
  const secrets = createSecretsManager({
    sources: [source],
    ttlMs: 60_000,
    jitter: 0.2,
    retryMs: 5_000,
    staleMs: 600_000,
    random: () => 0.5,
    now: () => state.now,
    onStale: (reference) => stale.push(reference),
    ...options,
  })
  const reveal = async (reference = 'env:KEY'): Promise<string> => (await secrets.getSecret(reference)).reveal()
  const away = (): never => {
    throw new Error(`connect failed with key ${'k'.repeat(20)}`)
  }
  const gone = (): never => {
    throw new SecretError('not-found', 'gone')
  }
  return { state, secrets, reveal, stale, away, gone }
}

describe('a secrets manager', () => {
  it('remembers a secret until its time, shortened at random, is over', async () => {
    const { state, reveal } = setUp()
    expect(await reveal()).toBe('one')
    state.answer = () => 'two'
    state.now += 53_999
    expect(await reveal()).toBe('one')
    state.now += 1
    expect(await reveal()).toBe('two')
    expect(state.reads).toBe(2)
  })

  it('asks a source once for many who want the same', async () => {
    const { state, reveal } = setUp()
    state.answer = () => new Promise((resolve) => setTimeout(resolve, 10, '{"a":"1","b":"2"}'))
    expect(await Promise.all([reveal('env:KEY#a'), reveal('env:KEY#b'), reveal('env:KEY#a')])).toEqual(['1', '2', '1'])
    expect(state.reads).toBe(1)
  })

  it('goes on with the old value while the source is away, tells so, and stops one day', async () => {
    const { state, reveal, stale, away } = setUp()
    await reveal()
    state.answer = away
    state.now += 60_000
    expect(await reveal()).toBe('one')
    expect(await reveal()).toBe('one')
    expect(state.reads).toBe(2)
    expect(stale).toEqual(['env:KEY', 'env:KEY'])
    state.now += 600_000
    const error = await reveal().catch((each: unknown) => each)
    expect(error).toMatchObject({ code: 'unavailable' })
    expect(String((error as Error).stack)).not.toContain('k'.repeat(20))
  })

  it('stops using a value that was taken away', async () => {
    const { state, reveal, gone } = setUp()
    await reveal()
    state.answer = gone
    state.now += 60_000
    await expect(reveal()).rejects.toMatchObject({ code: 'not-found' })
  })

  it('remembers for a moment that there is nothing', async () => {
    const { state, reveal, gone } = setUp()
    state.answer = gone
    for (let at = 0; at < 5; at++) await expect(reveal()).rejects.toMatchObject({ code: 'not-found' })
    expect(state.reads).toBe(1)
    state.answer = () => 'there now'
    state.now += 5_000
    expect(await reveal()).toBe('there now')
  })

  it('does not wait for a source that never answers', async () => {
    const { state, reveal } = setUp({ timeoutMs: 10 })
    state.answer = () => new Promise(() => undefined)
    await expect(reveal()).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('asks again on demand, but a flood of demands asks once', async () => {
    const { state, secrets, reveal } = setUp()
    const rotations: string[] = []
    secrets.onRotate(({ reference, secret }) => rotations.push(`${reference} ${secret.reveal()}`))
    await reveal()
    state.answer = () => 'two'
    state.now += 5_000
    const answers = await Promise.all(Array.from({ length: 20 }, () => secrets.refresh('env:KEY')))
    expect(new Set(answers.map((secret) => secret.reveal()))).toEqual(new Set(['two']))
    await secrets.refresh('env:KEY')
    expect(state.reads).toBe(2)
    expect(rotations).toEqual(['env:KEY two'])
  })

  it('tells of the fields that changed and of no others', async () => {
    const { state, secrets, reveal } = setUp()
    const rotations: string[] = []
    secrets.onRotate(({ reference }) => rotations.push(reference))
    state.answer = () => '{"a":"1","b":{"c":"2"}}'
    await reveal('env:KEY#a')
    expect(await reveal('env:KEY#b.c')).toBe('2')
    state.answer = () => '{"a":"1","b":{"c":"3"}}'
    state.now += 60_000
    expect(await reveal('env:KEY#b.c')).toBe('3')
    expect(rotations).toEqual(['env:KEY#b.c'])
  })

  it('hears of a rotation in the background', async () => {
    const { state, secrets, reveal } = setUp({ ttlMs: 20, retryMs: 1, now: Date.now })
    const heard = new Promise<string>((resolve) => void secrets.onRotate(({ secret }) => resolve(secret.reveal())))
    await reveal()
    secrets.watch('env:KEY')
    state.answer = () => 'two'
    const alive = setInterval(() => undefined, 50)
    expect(await heard).toBe('two')
    clearInterval(alive)
    secrets.close()
  })

  it.each([
    'sk-' + 'aB3x'.repeat(12),
    'https://example.com',
    'vault:secret/../sys#x',
    'vault:secret',
    'env:A B',
    'gcp:x',
    '',
  ])('refuses what is no reference, without repeating it (%#)', async (reference) => {
    const { secrets } = setUp()
    const error = (await secrets.getSecret(reference).catch((each: unknown) => each)) as SecretError
    expect(error.code).toBe('invalid-reference')
    if (reference.length > 10) expect(error.message).not.toContain(reference)
  })

  it.each([
    ['env:KEY#a', 'no JSON'],
    ['env:KEY#constructor', '{"a":1}'],
    ['env:KEY#a.b', '{"a":"text"}'],
    ['env:KEY#a', '{"a":null}'],
    ['env:KEY#a', '{"a":{}}'],
  ])('says that %s is no field (%#)', async (reference, text) => {
    const { state, secrets } = setUp()
    state.answer = () => text
    await expect(secrets.getSecret(reference)).rejects.toMatchObject({ code: 'no-field' })
  })
})
