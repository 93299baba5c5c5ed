import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-test-'))
const received: string[] = []
const server = createServer((request, response) => {
  request.on('data', (piece: Buffer) => received.push(piece.toString()))
  request.on('end', () => response.writeHead(request.url === '/good' ? 204 : 500).end())
})
let base = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

function configOf(paths: readonly string[], allow = '[127.0.0.1]'): string {
  const file = join(folder, 'sallyport.yaml')
  const hooks = paths.map(
    (path) => `      - { name: ${path}, url: '${base}/${path}', secret: 'env:HOOK_SECRET', allowAddresses: ${allow} }`,
  )
  writeFileSync(file, `gateway:\n  alerts:\n    webhooks: ${paths.length === 0 ? '[]' : ''}\n${hooks.join('\n')}\n`)
  return file
}
const env = { HOOK_SECRET: 'a secret of the test' }

describe('sallyport alerts test', () => {
  it('reaches every receiver and says so', async () => {
    const run = await runCli(['alerts', 'test', '--config', configOf(['good'])], '', env)
    expect([run.code, run.out]).toEqual([0, 'reached  webhook good: status 204\n'])
    expect(JSON.parse(received.at(-1) ?? '{}')).toMatchObject({ test: true })
  })

  it('exits with 1 when one is not reached, and tells which and why', async () => {
    const run = await runCli(['alerts', 'test', '--json', '--config', configOf(['good', 'bad'])], '', env)
    expect(run.code).toBe(1)
    expect(run.lines.map(({ sink, ok, detail }) => [sink, ok, detail])).toEqual([
      ['good', true, 'status 204'],
      ['bad', false, 'status 500'],
    ])
  })

  it('does not call private addresses that are not written out', async () => {
    const before = received.length
    const run = await runCli(['alerts', 'test', '--config', configOf(['good'], '[]')], '', env)
    expect([run.code, run.out]).toEqual([1, expect.stringContaining('allowAddresses') as string])
    expect(received.length).toBe(before)
  })

  it.each([
    ['no receivers', [], env, 'names no receiver'],
    ['a secret that is not there', ['good'], {}, 'HOOK_SECRET'],
  ])('says what is wrong with %s', async (_, paths, environment, message) => {
    const run = await runCli(['alerts', 'test', '--config', configOf(paths)], '', environment)
    expect([run.code, run.err]).toEqual([2, expect.stringContaining(message) as string])
  })
})
