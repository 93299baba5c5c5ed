import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sqlite from 'node-sqlite3-wasm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sqliteStores } from './sqlite-stores.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-keys-'))
  file = join(folder, 'keys.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true }))

function run(sql: string): void {
  const database = new sqlite.Database(file)
  database.exec(sql)
  database.close()
}

it('carries keys of the first schema over', async () => {
  run(`CREATE TABLE keys (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'client')),
      digest TEXT NOT NULL UNIQUE, hint TEXT NOT NULL, created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT
    ) STRICT;
    INSERT INTO keys VALUES ('key_1', 'old', 'admin', 'd', 'h', '2026-01-01T00:00:00.000Z', NULL, '2026-02-01T00:00:00.000Z')`)
  const stores = sqliteStores(file)
  expect((await stores.keys.read()).records).toEqual([
    {
      id: 'key_1',
      name: 'old',
      role: 'admin',
      digest: 'd',
      hint: 'h',
      createdAt: '2026-01-01T00:00:00.000Z',
      revokedAt: '2026-02-01T00:00:00.000Z',
      scope: {},
    },
  ])
  await stores.close()
  const again = sqliteStores(file)
  expect((await again.keys.read()).records).toHaveLength(1)
  await again.close()
})

it('leaves a file of a newer version alone', () => {
  run('PRAGMA user_version = 999')
  expect(() => sqliteStores(file)).toThrow(/newer version/)
})

it('refuses a scope it cannot read: it must not become no limits', async () => {
  await sqliteStores(file).close()
  run(`INSERT INTO keys VALUES ('a', 'n', 'client', 'd', 'h', '2026', NULL, NULL, NULL, NULL, '{"modells":["x"]}')`)
  const stores = sqliteStores(file)
  await expect(stores.keys.read()).rejects.toThrow()
  await stores.close()
})

it('waits while somebody else reads the file, and goes on', async () => {
  const stores = sqliteStores(file)
  const other = new sqlite.Database(file)
  other.exec('BEGIN IMMEDIATE')
  const claimed = stores.claim('check')
  setTimeout(() => other.exec('COMMIT'), 60)
  expect(await claimed).toBe('check')
  other.close()
  await stores.close()
})
