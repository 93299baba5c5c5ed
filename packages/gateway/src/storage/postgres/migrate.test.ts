import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { lacksPostgres, POSTGRES_URL, testSchema } from '../../test-support/test-postgres.ts'
import { migratePostgres } from './migrate.ts'

const dropping: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const drop of dropping.splice(0)) await drop()
})

async function newSchema() {
  const made = await testSchema()
  dropping.push(made.drop)
  return made
}

const WORKER = `
  import { openPostgres } from '${fileURLToPath(new URL('open-postgres.ts', import.meta.url))}'
  import { postgresStores } from '${fileURLToPath(new URL('postgres-stores.ts', import.meta.url))}'
  const [schema, check] = process.argv.slice(1)
  const postgres = await openPostgres({ database: 'env:URL', schema }, process.env)
  process.stdin.once('data', async () => {
    const stores = await postgresStores(postgres)
    console.log(await stores.claim(check))
    await stores.close()
    process.exit(0)
  })
  console.log('ready')
`

describe.skipIf(lacksPostgres)(`migrations (${POSTGRES_URL}; skipped where there is none, never in CI)`, () => {
  it('run once when several processes start on an empty database at the same time', async () => {
    const { schema, postgres } = await newSchema()
    const workers = Array.from({ length: 5 }, (_, at) => {
      const worker = spawn(
        process.execPath,
        [
          '--conditions=sallyport-source',
          '--import',
          'tsx',
          '--input-type=module',
          '-e',
          WORKER,
          schema,
          `check-${at}`,
        ],
        { env: { ...process.env, URL: POSTGRES_URL }, stdio: ['pipe', 'pipe', 'inherit'] },
      )
      let out = ''
      worker.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
      return { worker, ended: once(worker, 'exit').then(([code]) => ({ code, lines: out.trim().split('\n') })) }
    })
    await Promise.all(workers.map(({ worker }) => once(worker.stdout, 'data')))
    for (const { worker } of workers) worker.stdin.write('go\n')
    const ends = await Promise.all(workers.map(({ ended }) => ended))
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0])
    // All are bound to the installation key of whoever came first.
    expect(new Set(ends.map(({ lines }) => lines[1])).size).toBe(1)
    const { rows } = await postgres.query(`SELECT count(*)::int AS count FROM ${postgres.schema}.installation`)
    expect(rows).toEqual([{ count: 1 }])
  })

  it('of one schema run one after the other, each step once', async () => {
    const { postgres } = await newSchema()
    const steps = [
      (schema: string) => `CREATE TABLE ${schema}.things (number integer)`,
      (schema: string) => `INSERT INTO ${schema}.things VALUES (1)`,
    ]
    await Promise.all(Array.from({ length: 8 }, () => migratePostgres(postgres, 'things', steps)))
    await migratePostgres(postgres, 'others', [(schema) => `INSERT INTO ${schema}.things VALUES (2)`])
    const { rows } = await postgres.query(`SELECT number FROM ${postgres.schema}.things ORDER BY number`)
    expect(rows).toEqual([{ number: 1 }, { number: 2 }])
  })

  it('leave nothing behind when a step fails, and leave a newer schema alone', async () => {
    const { postgres } = await newSchema()
    const bad = [(schema: string) => `CREATE TABLE ${schema}.things (number integer)`, () => 'SELECT nonsense']
    await expect(migratePostgres(postgres, 'things', bad)).rejects.toThrow('42703')
    await migratePostgres(postgres, 'things', bad.slice(0, 1))
    await expect(migratePostgres(postgres, 'things', [])).rejects.toThrow(/newer version/)
  })

  it('tell what is wrong without repeating what was sent', async () => {
    const { postgres } = await newSchema()
    const error = await postgres.query('SELECT $1::integer', ['hunter2']).catch((each: Error) => each)
    expect(String((error as Error).stack)).not.toContain('hunter2')
    expect((error as Error).message).toContain('22P02')
  })
})
