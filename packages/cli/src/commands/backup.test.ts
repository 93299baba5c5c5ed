import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningGateway, startGateway } from '@sallyport/gateway'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.ts'

let folder: string
const closing: (() => Promise<unknown>)[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-backup-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
  rmSync(folder, { recursive: true })
})

async function start(data: string, environment: Readonly<Record<string, string>> = {}, schema?: string) {
  const gateway = await startGateway({
    environment: { SALLYPORT_PORT: '0', SALLYPORT_DATA: data, ...environment },
    config: { audit: { enabled: false }, ...(schema === undefined ? {} : { storage: { schema } }) },
    drainMs: 200,
  })
  closing.push(gateway.close)
  return gateway
}

async function chat({ url }: RunningGateway, key = ''): Promise<number> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: 'Hello.' }] }),
  })
  await response.arrayBuffer()
  return response.status
}

const usageOf = async (...args: readonly string[]) =>
  (await runCli(['usage', '--by', '', '--json', ...args])).lines[0]?.['rows'] as readonly { requests: number }[]

describe('a backup of the data folder', () => {
  it('is taken while the gateway runs, and a gateway starts from it with the same keys, usage and history', async () => {
    const data = join(folder, 'data')
    const running = await start(data)
    const { client, admin } = running.newKeys ?? {}
    expect(await chat(running, client)).toBe(200)
    await fetch(`${running.url}/admin/api/usage`, { headers: { authorization: `Bearer ${admin}` } })
    const { code, out } = await runCli(['backup', join(folder, 'copy'), '--data', data])
    expect([code, out.split('\n').filter(Boolean)]).toEqual([0, [expect.any(String), expect.any(String)]])
    for (const file of ['sallyport.sqlite', 'installation.key']) {
      expect(statSync(join(folder, 'copy', file)).mode & 0o077).toBe(0)
    }
    // The gateway goes on writing, and what it writes now is not in the copy.
    const { key } = await running.gateway.keys.create('later', 'client')
    await running.close()

    const restored = join(folder, 'restored')
    expect((await runCli(['restore', join(folder, 'copy'), '--data', restored])).code).toBe(0)
    expect(await usageOf('--data', restored)).toMatchObject([{ requests: 1 }])
    const history = await runCli(['config', 'history', '--json', '--data', restored])
    expect(history.lines).toMatchObject([{ changed: true }])
    const again = await start(restored)
    expect(again.newKeys).toBeUndefined()
    expect([await chat(again, client), await chat(again, key)]).toEqual([200, 401])
  })

  it('never overwrites, and refuses what is no backup or damaged, leaving the folder as it was', async () => {
    const data = join(folder, 'data')
    const { newKeys, close } = await start(data)
    await close()
    const copy = join(folder, 'copy')
    expect((await runCli(['backup', copy, '--data', data])).code).toBe(0)
    const say = async (...args: readonly string[]) => {
      const { code, err } = await runCli([...args, '--data', data])
      return [code, err]
    }
    expect(await say('backup', copy)).toEqual([2, expect.stringContaining('not empty')])
    expect(await say('restore', copy)).toEqual([2, expect.stringContaining('--replace')])
    expect(await say('restore', folder, '--replace')).toEqual([2, expect.stringContaining('no backup')])
    const bad = join(folder, 'bad')
    mkdirSync(bad)
    copyFileSync(join(copy, 'installation.key'), join(bad, 'installation.key'))
    writeFileSync(join(bad, 'sallyport.sqlite'), 'no database '.repeat(1_000))
    expect(await say('restore', bad, '--replace')).toEqual([2, expect.stringContaining('damaged')])
    expect((await runCli(['backup', join(folder, 'other'), '--data', join(folder, 'nothing')])).code).toBe(2)

    const running = await start(data)
    expect(await say('restore', copy, '--replace')).toEqual([2, expect.stringContaining(String(process.pid))])
    expect(await chat(running, newKeys?.client)).toBe(200)
    await running.close()
    expect((await say('restore', copy, '--replace'))[0]).toBe(0)
    expect(await chat(await start(data), newKeys?.client)).toBe(200)
  })
})

const URL_OF_SERVER = process.env['SALLYPORT_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const hasServer = spawnSync('psql', [URL_OF_SERVER, '-c', 'SELECT 1']).status === 0

describe.skipIf(!hasServer && !process.env['CI'])(
  `a backup of PostgreSQL (${URL_OF_SERVER} and its tools; skipped where they are not, never in CI)`,
  () => {
    it('is pg_dump of the schema, and a gateway starts from it with the same keys', async () => {
      const name = `sallyport_test_${randomBytes(6).toString('hex')}`
      const psql = (statement: string) => execFileSync('psql', [URL_OF_SERVER, '-qc', statement])
      psql(`CREATE DATABASE ${name}`)
      closing.push(async () => psql(`DROP DATABASE ${name}`))
      closing.push(async () => psql(`DROP SCHEMA IF EXISTS ${name} CASCADE`))
      const environment = {
        SALLYPORT_DATABASE_URL: URL_OF_SERVER,
        SALLYPORT_INSTALLATION_KEY: randomBytes(32).toString('hex'),
      }
      const running = await start(join(folder, 'one'), environment, name)
      const { client } = running.newKeys ?? {}
      expect(await chat(running, client)).toBe(200)
      await running.close()

      const file = join(folder, 'sallyport.dump')
      execFileSync('pg_dump', ['--format=custom', `--schema=${name}`, `--file=${file}`, URL_OF_SERVER])
      const target = new URL(URL_OF_SERVER)
      target.pathname = `/${name}`
      execFileSync('pg_restore', ['--exit-on-error', `--dbname=${target.href}`, file])
      const restored = { ...environment, SALLYPORT_DATABASE_URL: target.href }
      const again = await start(join(folder, 'two'), restored, name)
      expect(again.newKeys).toBeUndefined()
      expect(existsSync(join(folder, 'two', 'keys.txt'))).toBe(false)
      expect(await chat(again, client)).toBe(200)
      // It is a database of its own: keys can be made in it.
      expect(await chat(again, (await again.gateway.keys.create('new', 'client')).key)).toBe(200)
      await again.close()

      const config = join(folder, 'sallyport.yaml')
      writeFileSync(config, `gateway: { storage: { schema: ${name} } }\n`)
      const cli = (...args: readonly string[]) => runCli([...args, '--config', config], '', restored)
      expect((await cli('keys', 'list', '--json')).lines.map((line) => line['name'])).toContain('new')
      expect((await cli('backup', join(folder, 'copy'))).err).toContain(`pg_dump --schema=${name}`)
    })
  },
)
