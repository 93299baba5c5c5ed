import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryVaultStore } from 'sallyport/vault'
import type { VaultRow, VaultStore } from 'sallyport/vault'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqliteVaultStore } from './sqlite-vault-store.ts'

let folder: string
let store: VaultStore

function row(more: Partial<VaultRow> = {}): VaultRow {
  const sealed = new Uint8Array([0, 1, 255])
  const whose = { scope: 's1', tenant: 'key_a', subject: 'user_a', conversation: 'c1' }
  return { ...whose, code: 'bcdfghjklm', entity: 'EMAIL_ADDRESS', sealed, expiresAt: 1_000, ...more }
}

const STORES: Readonly<Record<string, () => VaultStore>> = {
  memory: memoryVaultStore,
  sqlite: () => sqliteVaultStore(join(folder, 'vault.sqlite')),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-vault-'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.each(Object.keys(STORES))('the %s store of a vault', (name) => {
  beforeEach(() => {
    store = STORES[name]?.() ?? memoryVaultStore()
  })

  it('finds rows by scope and code, byte for byte, until they end', async () => {
    await store.put([row(), row({ code: 'zzzzzzzzzz', expiresAt: 500 }), row({ scope: 's2' })])
    const found = await store.find('s1', ['bcdfghjklm', 'zzzzzzzzzz', 'xxxxxxxxxx'], 500)
    expect(found.map((each) => ({ ...each, sealed: [...each.sealed] }))).toEqual([{ ...row(), sealed: [0, 1, 255] }])
    expect(await store.find('s1', ['bcdfghjklm'], 1_000)).toEqual([])
    expect(await store.find('s1', [], 0)).toEqual([])
  })

  it('finds among more codes than one query takes', async () => {
    const codes = Array.from({ length: 1_200 }, (_, index) => `code${index}`)
    await store.put(codes.map((code) => row({ code })))
    expect(await store.find('s1', codes, 0)).toHaveLength(1_200)
  })

  it('replaces a row that is put again', async () => {
    await store.put([row()])
    await store.put([row({ expiresAt: 2_000, sealed: new Uint8Array([7]) })])
    expect(await store.find('s1', ['bcdfghjklm'], 1_500)).toMatchObject([{ expiresAt: 2_000 }])
    expect(await store.count(0)).toMatchObject([{ entities: { EMAIL_ADDRESS: 1 } }])
  })

  it.each([
    [{ subject: 'user_a' }, 2],
    [{ tenant: 'key_a', conversation: 'c1' }, 2],
    [{ subject: "' OR 1=1 --" }, 0],
    [{}, 3],
  ])('deletes what fits %j', async (filter, expected) => {
    await store.put([row(), row({ code: 'b' }), row({ scope: 's2', tenant: 'key_b', subject: 'user_b' })])
    expect(await store.delete(filter)).toBe(expected)
    expect(await store.delete({})).toBe(3 - expected)
  })

  it('deletes what has ended', async () => {
    await store.put([row(), row({ code: 'b', expiresAt: 10 })])
    expect(await store.expire(10)).toBe(1)
    expect(await store.expire(10)).toBe(0)
    expect(await store.find('s1', ['bcdfghjklm'], 10)).toHaveLength(1)
  })

  it('counts by conversation and entity', async () => {
    await store.put([row(), row({ code: 'b', entity: 'PERSON', expiresAt: 3_000 }), row({ code: 'c', expiresAt: 5 })])
    expect(await store.count(5)).toEqual([
      {
        tenant: 'key_a',
        subject: 'user_a',
        conversation: 'c1',
        entities: { EMAIL_ADDRESS: 1, PERSON: 1 },
        expiresAt: 3_000,
      },
    ])
  })
})

describe('the file of a vault', () => {
  it('outlives the process, is for its owner only, and forgets what is deleted from its bytes', async () => {
    const file = join(folder, 'vault.sqlite')
    store = sqliteVaultStore(file)
    await store.put([row({ sealed: new TextEncoder().encode('sealed-bytes-of-a-value') })])
    store.close()
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(readFileSync(file).includes('sealed-bytes-of-a-value')).toBe(true)
    store = sqliteVaultStore(file)
    expect(await store.find('s1', ['bcdfghjklm'], 0)).toHaveLength(1)
    await store.delete({})
    expect(readFileSync(file).includes('sealed-bytes-of-a-value')).toBe(false)
  })
})
