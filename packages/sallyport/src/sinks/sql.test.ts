import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import sqlite from 'node-sqlite3-wasm'
import { describe, expect, it } from 'vitest'
import { HOSTILE_STRINGS } from './hostile-strings.data.ts'
import type { SinkResult } from './sink.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { encodeSqlIdentifier } from './sql-identifier.ts'
import { encodeSqlLike } from './sql-like.ts'
import { encodeSqlLiteral } from './sql-literal.ts'

/** Runs one statement and returns its rows, each one hex-encoded text. */
type Query = (sql: string) => readonly string[]

const engines: readonly (readonly [SqlDialect, Query, (expression: string) => string])[] = [
  ['postgres', psql, (expression) => `encode(convert_to(${expression}, 'UTF8'), 'hex')`],
  ['mysql', mariadb, (expression) => `LOWER(HEX(${expression}))`],
  ['sqlite', sqliteQuery, (expression) => `LOWER(HEX(${expression}))`],
]

const printable = fc.string({ unit: 'grapheme', maxLength: 20 })
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE_STRINGS), printable), { maxLength: 4 })
  .map((parts) => parts.join('').replaceAll('\0', ''))
  .filter((text) => !/[\ud800-\udfff](?![\udc00-\udfff])/.test(text) || text === text.normalize())
  .filter((text) => Buffer.from(text, 'utf8').toString('utf8') === text)

for (const [dialect, query, hexOf] of engines) {
  const reason = unavailable(query)
  describe.skipIf(reason !== undefined)(`${dialect}${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
    it('reads every hostile literal back as it was', () => {
      const texts = [...HOSTILE_STRINGS, ...fc.sample(hostile, { numRuns: 150, seed: 7 })]
      // One row a literal: a statement that any of them broke out of would fail or return something else.
      const selects = texts.map(
        (text, row) => `SELECT ${row} AS n, ${hexOf(value(encodeSqlLiteral(text, { dialect })))} AS h`,
      )
      const rows = chunks(selects, 50).flatMap((each) =>
        query(`SELECT h FROM (${each.join(' UNION ALL ')}) AS t ORDER BY n`),
      )
      expect(rows.map((row) => row.trim())).toEqual(texts.map(hex))
    })

    it('matches exactly the escaped text with LIKE', () => {
      for (const text of ['50%', 'a_b', 'a\\b', '%_\\', "it's 100%"]) {
        const like = value(encodeSqlLike(text, { dialect }))
        const self = value(encodeSqlLiteral(text, { dialect }))
        const other = value(encodeSqlLiteral(text.replace(/[%_\\]/, 'xy'), { dialect }))
        expect(
          query(`SELECT CASE WHEN ${self} LIKE ${like} AND NOT (${other} LIKE ${like}) THEN 1 ELSE 0 END`),
        ).toEqual(['1'])
      }
    })

    it('quotes identifiers so that a column keeps its hostile name', () => {
      for (const name of ['select', 'a b', 'a"b', 'a`b', "a'b", 'a;--', 'ünï', 'a.b']) {
        const quoted = value(encodeSqlIdentifier(name, { dialect }))
        expect(query(`SELECT ${quoted} FROM (SELECT 42 AS ${quoted}) AS inner_table`)).toEqual(['42'])
      }
    })
  })
}

describe('SQL encoders', () => {
  it('breaks when nothing is encoded (negative control)', () => {
    const naive = (text: string): string => `'${text}'`
    expect(() => sqliteQuery(`SELECT hex(${naive("' OR 1=1 --")})`)).toThrow()
  })

  it.each([
    ['postgres', 'a\0b'],
    ['sqlite', 'a\0b'],
    ['postgres', 'a\ud800b'],
    ['mysql', 'a\ud800b'],
  ] as const)('refuses for %s what it cannot hold', (dialect, text) => {
    const result = encodeSqlLiteral(text, { dialect })
    expect(result.ok).toBe(false)
  })

  it('refuses identifiers that would be empty or silently cut', () => {
    expect(encodeSqlIdentifier('', { dialect: 'postgres' }).ok).toBe(false)
    expect(encodeSqlIdentifier('ü'.repeat(32), { dialect: 'postgres' }).ok).toBe(false)
    expect(encodeSqlIdentifier('x'.repeat(65), { dialect: 'mysql' }).ok).toBe(false)
  })
})

function value(result: SinkResult<string>): string {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

function hex(text: string): string {
  return Buffer.from(text, 'utf8').toString('hex')
}

function psql(sql: string): readonly string[] {
  const args = ['-X', '-h', '127.0.0.1', '-U', process.env['PGUSER'] ?? 'postgres', '-d', 'postgres', '-A', '-t', '-q']
  return lines(execFileSync('psql', args, { input: sql, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }))
}

function mariadb(sql: string): readonly string[] {
  const args = ['-h', '127.0.0.1', '-u', 'root', '-N', '-B', '--default-character-set=utf8mb4']
  return lines(execFileSync('mariadb', args, { input: sql, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }))
}

function sqliteQuery(sql: string): readonly string[] {
  const database = new sqlite.Database(':memory:')
  try {
    return database.all(sql).map((row) => String(Object.values(row)[0]))
  } finally {
    database.close()
  }
}

function lines(output: string): readonly string[] {
  return output.replace(/\n$/, '').split('\n')
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_each, index) =>
    items.slice(index * size, index * size + size),
  )
}

/** Why an engine cannot be asked; in CI that is an error. */
function unavailable(query: Query): string | undefined {
  try {
    query('SELECT 1')
    return undefined
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error
    return 'no such service here'
  }
}
