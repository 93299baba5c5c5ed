import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sqlite from 'node-sqlite3-wasm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sqliteKeyStore } from './sqlite-key-store.ts'

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

it('carries keys of the first schema over', () => {
  run(`CREATE TABLE keys (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'client')),
      digest TEXT NOT NULL UNIQUE, hint TEXT NOT NULL, created_at TEXT NOT NULL, last_used_at TEXT, revoked_at TEXT
    ) STRICT;
    INSERT INTO keys VALUES ('key_1', 'old', 'admin', 'd', 'h', '2026-01-01T00:00:00.000Z', NULL, '2026-02-01T00:00:00.000Z')`)
  const store = sqliteKeyStore(file)
  expect(store.all()).toEqual([
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
  store.close()
  const again = sqliteKeyStore(file)
  expect(again.all()).toHaveLength(1)
  again.close()
})

it('leaves a file of a newer version alone', () => {
  run('PRAGMA user_version = 999')
  expect(() => sqliteKeyStore(file)).toThrow(/newer version/)
})

it('replaces a key wholly or not at all', () => {
  const store = sqliteKeyStore(file)
  const record = (id: string, digest: string) =>
    ({ id, name: 'n', role: 'client', digest, hint: 'h', createdAt: '2026-01-01T00:00:00.000Z', scope: {} }) as const
  store.insert(record('a', 'same'))
  expect(() => store.replace('a', '2026-01-02T00:00:00.000Z', record('b', 'same'))).toThrow()
  expect(store.all()).toEqual([record('a', 'same')])
  store.close()
})

it('refuses a scope it cannot read: it must not become no limits', () => {
  sqliteKeyStore(file).close()
  run(`INSERT INTO keys VALUES ('a', 'n', 'client', 'd', 'h', '2026', NULL, NULL, NULL, NULL, '{"modells":["x"]}')`)
  const store = sqliteKeyStore(file)
  expect(() => store.all()).toThrow()
  store.close()
})
