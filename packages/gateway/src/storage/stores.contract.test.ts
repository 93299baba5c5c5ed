import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { NewConfigVersion } from '../history/config-history.ts'
import type { KeyRecord } from '../identity/key-store.ts'
import { lacksPostgres, POSTGRES_URL, testSchema } from '../test-support/test-postgres.ts'
import type { UsageRow } from '../usage/usage-store.ts'
import { memoryStores } from './memory-stores.ts'
import { openPostgres } from './postgres/open-postgres.ts'
import { postgresStores } from './postgres/postgres-stores.ts'
import { sqliteStores } from './sqlite/sqlite-stores.ts'
import type { Stores } from './stores.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const each of cleanUp.splice(0).toReversed()) await each()
})

interface Opened {
  readonly stores: Stores
  /** What another start of the same installation finds. */
  again(): Promise<Stores>
}

const KINDS: readonly { readonly kind: string; readonly skip: boolean; readonly open: () => Promise<Opened> }[] = [
  {
    kind: 'memory',
    skip: false,
    open: async () => {
      const stores = memoryStores()
      return { stores, again: async () => stores }
    },
  },
  {
    kind: 'SQLite',
    skip: false,
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sallyport-stores-'))
      const file = join(folder, 'test.sqlite')
      const stores = sqliteStores(file)
      cleanUp.push(
        () => rmSync(folder, { recursive: true }),
        () => stores.close(),
      )
      return {
        stores,
        again: async () => {
          const other = sqliteStores(file)
          cleanUp.push(() => other.close())
          return other
        },
      }
    },
  },
  {
    kind: `PostgreSQL (${POSTGRES_URL}; skipped where there is none, never in CI)`,
    skip: lacksPostgres,
    open: async () => {
      const { postgres, schema, drop } = await testSchema()
      cleanUp.push(drop)
      const stores = await postgresStores(postgres)
      await stores.claim('check')
      return {
        stores,
        again: async () => {
          const other = await postgresStores(await openPostgres({ database: 'env:URL', schema }, { URL: POSTGRES_URL }))
          cleanUp.push(() => other.close())
          return other
        },
      }
    },
  },
]

const T1 = '2026-01-01T00:00:00.000Z'
const T2 = '2026-01-02T00:00:00.001Z'
const record = (id: string, more: Partial<KeyRecord> = {}): KeyRecord => ({
  id,
  name: `name of ${id}`,
  role: 'client',
  digest: `digest of ${id}`,
  hint: 'sp-client-abc…',
  createdAt: T1,
  scope: {},
  ...more,
})

describe.each(KINDS)('stores in $kind', ({ skip, open }) => {
  describe.skipIf(skip)('keys', () => {
    const FULL = record('full', {
      role: 'operator',
      lastUsedAt: T1,
      expiresAt: T2,
      scope: { models: ['gpt-*'], networks: ['10.0.0.0/8'], claims: { user: true } },
    })

    it('come back as they were, oldest first, also after a restart', async () => {
      const { stores, again } = await open()
      expect(await stores.keys.insert([record('z')])).toBe(true)
      expect(await stores.keys.insert([FULL, record('a')])).toBe(true)
      const expected = [record('z'), FULL, record('a')]
      expect((await stores.keys.read()).records).toEqual(expected)
      expect(await (await again()).keys.read()).toMatchObject({ records: expected, isComplete: true })
    })

    it('are added all or none', async () => {
      const { stores } = await open()
      await stores.keys.insert([record('a')])
      expect(await stores.keys.insert([record('b'), record('other', { digest: 'digest of a' })])).toBe(false)
      expect(await stores.keys.insert([record('a', { digest: 'another' })])).toBe(false)
      expect((await stores.keys.read()).records).toEqual([record('a')])
    })

    it('of a first start are made once, however many start', async () => {
      const { stores } = await open()
      const attempts = ['a', 'b', 'c', 'd'].map((id) => stores.keys.insert([record(id)], { onlyFirst: true }))
      expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1)
      expect((await stores.keys.read()).records).toHaveLength(1)
      expect(await stores.keys.insert([record('e')], { onlyFirst: true })).toBe(false)
    })

    it('are replaced wholly or not at all, and once', async () => {
      const { stores } = await open()
      await stores.keys.insert([record('a'), record('revoked', { revokedAt: T1 })])
      expect(await stores.keys.replace('a', T2, record('b', { digest: 'digest of a' }))).toBe(false)
      expect((await stores.keys.read()).records[0]).toEqual(record('a'))
      const both = await Promise.all(['b', 'c'].map((id) => stores.keys.replace('a', T2, record(id))))
      expect(both.filter(Boolean)).toHaveLength(1)
      const successor = both[0] === true ? 'b' : 'c'
      const { records } = await stores.keys.read()
      expect(records).toHaveLength(3)
      expect(records[0]).toEqual(record('a', { expiresAt: T2, replacedBy: successor }))
      expect(await stores.keys.replace('revoked', T2, record('d'))).toBe(false)
      expect(await stores.keys.replace('nobody', T2, record('d'))).toBe(false)
      expect((await stores.keys.read()).records).toHaveLength(3)
    })

    it('are revoked once', async () => {
      const { stores, again } = await open()
      await stores.keys.insert([record('a'), record('b')])
      expect(await stores.keys.setRevoked('a', T1)).toBe(true)
      expect(await stores.keys.setRevoked('a', T2)).toBe(false)
      expect(await stores.keys.setRevoked('nobody', T1)).toBe(false)
      expect((await (await again()).keys.read()).records).toEqual([record('a', { revokedAt: T1 }), record('b')])
    })

    it('remember their last use, never an earlier one', async () => {
      const { stores } = await open()
      await stores.keys.insert([record('a'), record('b', { lastUsedAt: T2 }), record('c')])
      await stores.keys.setLastUsed(new Map([['a', T1], ['b', T1], ['nobody', T1]])) // prettier-ignore
      await stores.keys.setLastUsed(new Map())
      expect((await stores.keys.read()).records.map(({ lastUsedAt }) => lastUsedAt)).toEqual([T1, T2, undefined])
    })

    it('say at least what changed after a revision', async () => {
      const { stores } = await open()
      await stores.keys.insert([record('a'), record('b')])
      const { revision } = await stores.keys.read()
      await stores.keys.setRevoked('b', T1)
      await stores.keys.insert([record('c')])
      const ids = (await stores.keys.read(revision)).records.map(({ id }) => id)
      expect(ids).toEqual(expect.arrayContaining(['b', 'c']))
    })
  })

  describe.skipIf(skip)('the history of configurations', () => {
    const entry = (digest: string): NewConfigVersion => ({
      at: T2,
      by: 'ada@host',
      version: '1.0.0',
      policyDigest: `policy ${digest}`,
      configDigest: digest,
      config: JSON.stringify({ preset: digest }),
    })

    it('says what was in force when, newest first, and what changed', async () => {
      const { stores, again } = await open()
      for (const digest of ['x', 'x', 'y', 'x']) await stores.configHistory.add(entry(digest))
      const { configHistory } = await again()
      const versions = await configHistory.list(10)
      expect(versions.map(({ configDigest, changed }) => [configDigest, changed])).toEqual([
        ['x', true],
        ['y', true],
        ['x', false],
        ['x', true],
      ])
      const { config: _, ...rest } = entry('y')
      expect(versions[1]).toEqual({ id: expect.any(Number), ...rest, changed: true })
      expect(await configHistory.list(2, versions[1]?.id)).toEqual(versions.slice(2))
      expect(await configHistory.list(1)).toEqual(versions.slice(0, 1))
      expect(await configHistory.configOf('y')).toBe('{"preset":"y"}')
      expect(await configHistory.configOf('z')).toBeUndefined()
    })
  })

  describe.skipIf(skip)('usage', () => {
    const row = (day: string, keyId: string, model: string, requests: number, user = ''): UsageRow => ({
      day,
      keyId,
      user,
      model,
      requests,
      promptTokens: requests * 10,
      completionTokens: requests * 100,
    })
    const all = { from: '2026-01-01', to: '2026-12-31', limit: 100 } as const

    it('adds up, by what is asked for', async () => {
      const { stores, again } = await open()
      await stores.usage.add([row('2026-01-01', 'a', 'm', 1), row('2026-01-02', 'a', 'm', 2, 'ada')])
      await stores.usage.add([row('2026-01-01', 'a', 'm', 10), row('2026-01-01', 'b', 'n', 5_000_000_000)])
      const { usage } = await again()
      expect(await usage.sum({ ...all, by: ['day', 'key', 'user', 'model'] })).toEqual([
        row('2026-01-01', 'b', 'n', 5_000_000_000),
        row('2026-01-01', 'a', 'm', 11),
        row('2026-01-02', 'a', 'm', 2, 'ada'),
      ])
      expect(await usage.sum({ ...all, by: ['key'] })).toEqual([
        { keyId: 'b', requests: 5_000_000_000, promptTokens: 50_000_000_000, completionTokens: 500_000_000_000 },
        { keyId: 'a', requests: 13, promptTokens: 130, completionTokens: 1_300 },
      ])
      expect(await usage.sum({ ...all, by: [] })).toMatchObject([{ requests: 5_000_000_013 }])
      expect(await usage.sum({ ...all, from: '2026-01-02', to: '2026-01-02', by: ['model'] })).toMatchObject([
        { model: 'm', requests: 2 },
      ])
      expect(await usage.sum({ ...all, limit: 1, by: ['user'] })).toMatchObject([{ user: '' }])
      expect(await usage.sum({ ...all, to: '2026-01-01', from: '2026-01-02', by: [] })).toEqual([])
    })

    it('of several writers at once is lost by none', async () => {
      const { stores, again } = await open()
      const other = await again()
      const names = ['a', 'b', 'c', 'd', 'e']
      await Promise.all(
        Array.from({ length: 20 }, (_, at) => {
          const rows = names.map((name) => row('2026-01-01', name, 'm', 1))
          return (at % 2 === 0 ? stores : other).usage.add(at % 3 === 0 ? rows : rows.toReversed())
        }),
      )
      expect((await stores.usage.sum({ ...all, by: ['key'] })).map(({ requests }) => requests)).toEqual(
        names.map(() => 20),
      )
    })

    it('is forgotten by day', async () => {
      const { stores } = await open()
      await stores.usage.add([row('2026-01-01', 'a', 'm', 1), row('2026-01-02', 'a', 'm', 2)])
      await stores.usage.deleteBefore('2026-01-02')
      expect(await stores.usage.sum({ ...all, by: [] })).toMatchObject([{ requests: 2 }])
    })
  })

  it.skipIf(skip)('belong to the installation key that came first', async () => {
    const { stores, again } = await open()
    const first = await stores.claim('check')
    expect(await (await again()).claim('other')).toBe(first)
    expect(await stores.claimed()).toBe(first)
  })
})
