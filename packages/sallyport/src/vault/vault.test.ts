import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RestoreRule } from '../guard/pseudonyms.ts'
import { memoryVaultStore } from './memory-vault-store.ts'
import { nodeVaultCrypto } from './node/node-vault-crypto.ts'
import { testVault } from './node/testing/test-vault.ts'
import type { VaultConversation, VaultScope } from './vault.ts'
import type { VaultRow } from './vault-store.ts'

const EMAIL = 'jane@example.org'
const everything: RestoreRule = () => 'restore'

function put(conversation: VaultConversation, value = EMAIL): string {
  return conversation.pseudonymizer.placeholder('EMAIL_ADDRESS', value, 'user') ?? ''
}

/** What comes out for a text, as somebody who asks later: a new request of the same scope. */
async function read(vault: ReturnType<typeof testVault>, scope: VaultScope, text: string): Promise<string> {
  const conversation = vault.open(scope)
  await conversation.recall([text])
  return conversation.restorer().open(everything, { stage: 'output' })?.push(text, true) ?? text
}

describe('a vault', () => {
  const named = { tenant: 'a', subject: 's', conversation: 'c' }

  it('gives back in a later request what it kept for a conversation with a name', async () => {
    const vault = testVault()
    const first = vault.open(named)
    const placeholder = put(first)
    await first.save()
    expect(await read(vault, named, `to ${placeholder}`)).toBe(`to ${EMAIL}`)
  })

  it.each([
    ['another tenant', { ...named, tenant: 'b' }],
    ['another person', { ...named, subject: 't' }],
    ['another conversation', { ...named, conversation: 'd' }],
    ['no conversation', { tenant: 'a', subject: 's' }],
    ['words that run together', { tenant: 'as', conversation: 'c' }],
  ])('gives nothing to %s', async (_, scope) => {
    const vault = testVault()
    const first = vault.open(named)
    const placeholder = put(first)
    await first.save()
    const text = `to ${placeholder}`
    expect(await read(vault, scope, text)).toBe(text)
  })

  it('keeps nothing of a conversation without a name', async () => {
    const store = memoryVaultStore()
    const vault = testVault({ store })
    const conversation = vault.open({ tenant: 'a' })
    const placeholder = put(conversation)
    await conversation.save()
    expect(await vault.count()).toEqual([])
    expect(await read(vault, { tenant: 'a' }, placeholder)).toBe(placeholder)
  })

  it('forgets when the lifetime is over, and deletes then', async () => {
    let time = 1_000
    const vault = testVault({ lifetimeMs: 100, now: () => time })
    const first = vault.open(named)
    const placeholder = put(first)
    await first.save()
    time = 1_099
    expect(await read(vault, named, placeholder)).toBe(EMAIL)
    expect(await vault.expire()).toBe(0)
    time = 1_100
    expect(await read(vault, named, placeholder)).toBe(placeholder)
    expect(await vault.count()).toEqual([])
    expect(await vault.expire()).toBe(1)
  })

  it('lengthens the life of a value that is written again, once half of it is over', async () => {
    let time = 0
    const vault = testVault({ lifetimeMs: 100, now: () => time })
    for (time of [0, 60, 120]) {
      const conversation = vault.open(named)
      put(conversation)
      await conversation.save()
    }
    time = 200
    expect(await vault.count()).toMatchObject([{ expiresAt: 220 }])
  })

  it.each([
    ['a person', { tenant: 'a', subject: 's' }, 2],
    ['a conversation by its name', { conversation: 'c' }, 2],
    ['a tenant', { tenant: 'a' }, 3],
    ['everything', {}, 4],
    ['nobody there', { subject: 'x' }, 0],
  ])('deletes what belongs to %s', async (_, filter, expected) => {
    const vault = testVault()
    for (const scope of [
      { tenant: 'a', subject: 's', conversation: 'c' },
      { tenant: 'a', subject: 's', conversation: 'd' },
      { tenant: 'a', subject: 't', conversation: 'd' },
      { tenant: 'b', subject: 'u', conversation: 'c' },
    ]) {
      const conversation = vault.open(scope)
      put(conversation)
      await conversation.save()
    }
    expect(await vault.delete(filter)).toBe(expected)
    expect(await vault.count()).toHaveLength(4 - expected)
  })

  it('counts by conversation and entity, and says no value and no name of a conversation', async () => {
    const vault = testVault()
    const conversation = vault.open({ tenant: 'a', subject: 's', conversation: 'about my divorce' })
    put(conversation)
    put(conversation, 'joe@example.org')
    conversation.pseudonymizer.placeholder('PHONE_NUMBER', '+1 212 555 0187', 'user')
    await conversation.save()
    const counts = await vault.count()
    expect(counts).toMatchObject([{ tenant: 'a', subject: 's', entities: { EMAIL_ADDRESS: 2, PHONE_NUMBER: 1 } }])
    expect(JSON.stringify(counts)).not.toMatch(/example|555|divorce/)
  })

  it('gives a store nothing that can be read, and notices what was changed or moved there', async () => {
    const rows: VaultRow[] = []
    const memory = memoryVaultStore()
    const vault = testVault({
      store: { ...memory, put: async (added) => void rows.push(...added), find: async () => rows },
    })
    const conversation = vault.open(named)
    const placeholder = put(conversation)
    await conversation.save()
    const [row] = rows
    if (row === undefined) throw new Error('nothing was kept')
    expect(Buffer.from(row.sealed).toString('latin1')).not.toContain('jane')
    expect(JSON.stringify({ ...row, sealed: '' })).not.toMatch(/jane|"c"/)
    expect(await read(vault, named, placeholder)).toBe(EMAIL)
    const changed = Uint8Array.from(row.sealed, (byte, index) => (index === 20 ? byte ^ 1 : byte))
    for (const other of [
      { ...row, sealed: changed },
      { ...row, entity: 'PERSON' },
      { ...row, sealed: changed.slice(0, 9) },
    ]) {
      rows.splice(0, 1, other)
      expect(await read(vault, named, placeholder)).toBe(placeholder)
    }
  })

  it('is of no use without its key', async () => {
    const store = memoryVaultStore()
    const conversation = testVault({ store }).open(named)
    const placeholder = put(conversation)
    await conversation.save()
    expect(await read(testVault({ store }), named, placeholder)).toBe(placeholder)
    expect(() => nodeVaultCrypto(randomBytes(31))).toThrow(TypeError)
  })

  it('keeps a bounded number of values, of bounded length; what is over goes one way', () => {
    const { pseudonymizer } = testVault().open({ tenant: 'a' })
    const make = (value: string) => pseudonymizer.placeholder('EMAIL_ADDRESS', value, 'user')
    for (let count = 0; count < 10_000; count++) expect(make(`${count}@example.org`)).toBeDefined()
    expect(make('one-more@example.org')).toBeUndefined()
    expect(make('0@example.org')).toBeDefined()
    expect(
      testVault().open({ tenant: 'a' }).pseudonymizer.placeholder('URL', 'x'.repeat(2_001), 'user'),
    ).toBeUndefined()
  })

  it('never gives anybody what somebody else wrote, whatever they write and name', async () => {
    const word = fc.constantFrom('a', 'b', 'ab', '', 'a\0', '1:a')
    const scope = fc.record({ tenant: word, subject: word, conversation: fc.option(word, { nil: undefined }) })
    const same = (one: typeof two, two: { tenant: string; subject: string; conversation?: string | undefined }) =>
      one.tenant === two.tenant && one.subject === two.subject && one.conversation === two.conversation
    await fc.assert(
      fc.asyncProperty(scope, scope, async (victim, attacker) => {
        const vault = testVault()
        const asScope = ({ conversation, ...rest }: typeof victim): VaultScope => ({
          ...rest,
          ...(conversation !== undefined && { conversation }),
        })
        const first = vault.open(asScope(victim))
        const placeholder = put(first)
        await first.save()
        // The attacker knows the placeholder, has values of their own, and guesses forms of it.
        const later = vault.open(asScope(attacker))
        put(later, 'eve@example.org')
        const text = `${placeholder} ${placeholder.toUpperCase()} <${placeholder.slice(1, -1)}>`
        await later.recall([text])
        const out = later.restorer().open(everything, { stage: 'output' })?.push(text, true) ?? text
        const isOwn = same(victim, attacker) && victim.conversation !== undefined
        expect(out.includes(EMAIL)).toBe(isOwn)
      }),
    )
  })
})
