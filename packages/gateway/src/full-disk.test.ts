import { execFileSync, fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchLog, verifyLog } from 'sallyport/audit'
import { afterEach, describe, expect, it } from 'vitest'
import { CARD } from './test-support/test-gateway.ts'

const CLIENT_KEY = ['sp', 'client', 'aB3x'.repeat(9)].join('-')
const WAIT = { timeout: 25_000, interval: 100 }

// A limit on the size of files acts like a full disk, needs no rights, and can be set and lifted from outside.
const reason = process.platform === 'linux' ? undefined : 'file size limits of another process need Linux'

let child: ChildProcess | undefined
let data: string | undefined
afterEach(() => {
  child?.kill('SIGKILL')
  if (data !== undefined) rmSync(data, { recursive: true, force: true })
})

async function start(onFailure: 'block' | 'drop') {
  data = mkdtempSync(join(tmpdir(), 'sallyport-test-'))
  const options = {
    config: { audit: { onFailure } },
    environment: { SALLYPORT_PORT: '0', SALLYPORT_DATA: data, SALLYPORT_BOOTSTRAP_CLIENT_KEY: CLIENT_KEY },
  }
  child = fork(new URL('test-support/gateway-child.ts', import.meta.url), [JSON.stringify(options)], {
    execArgv: ['--import', 'tsx', '--conditions=sallyport-source'],
  })
  const running = child
  const [{ url }] = (await once(running, 'message')) as [{ readonly url: string }]
  const log = join(data, 'audit')
  const limit = (bytes: number | 'unlimited') =>
    void execFileSync('prlimit', [`--pid=${running.pid}`, `--fsize=${bytes}:unlimited`])
  const size = () =>
    Math.max(...readdirSync(log).map((file) => (file.endsWith('.jsonl') ? statSync(join(log, file)).size : 0)))
  return {
    log,
    fill: () => limit(size() + 2_000),
    free: () => limit('unlimited'),
    get: async (path: string) => (await fetch(`${url}${path}`)).status,
    ask: async () => {
      const response = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${CLIENT_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'demo', messages: [{ role: 'user', content: `My card is ${CARD}.` }] }),
      })
      await response.text()
      return { status: response.status, requestId: response.headers.get('x-request-id') ?? '' }
    },
    close: async () => {
      const ended = once(running, 'exit')
      running.send('close')
      await ended
    },
  }
}

describe.skipIf(reason !== undefined)(
  `a gateway on a full disk${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    it(
      'answers 503 in mode block until there is room, and loses no event it answered for',
      { timeout: 90_000 },
      async () => {
        const gateway = await start('block')
        const answered: string[] = []
        const ask = async () => {
          const { status, requestId } = await gateway.ask()
          if (status === 200) answered.push(requestId)
          return status
        }
        expect(await ask()).toBe(200)
        gateway.fill()
        await expect.poll(ask, WAIT).toBe(503)
        await expect.poll(() => gateway.get('/readyz'), WAIT).toBe(503)
        expect([await ask(), await gateway.get('/livez')]).toEqual([503, 200])
        gateway.free()
        await expect.poll(() => gateway.get('/readyz'), WAIT).toBe(200)
        expect(await ask()).toBe(200)
        await gateway.close()
        expect(verifyLog(gateway.log)).toMatchObject({ isIntact: true, lostEvents: 0 })
        const recorded = new Set([...searchLog(gateway.log, { rule: 'pii' })].map(({ event }) => event.requestId))
        expect(answered.filter((requestId) => !recorded.has(requestId))).toEqual([])
        expect([...searchLog(gateway.log, { types: ['degraded'] })].map(({ event }) => event.detail)).toContain(
          'the security log is written again',
        )
      },
    )

    it(
      'goes on answering in mode drop, and the log says how many events are missing',
      { timeout: 90_000 },
      async () => {
        const gateway = await start('drop')
        gateway.fill()
        for (let count = 0; count < 12; count++) expect((await gateway.ask()).status).toBe(200)
        expect(await gateway.get('/readyz')).toBe(200)
        gateway.free()
        const gaps = () => [...searchLog(gateway.log, { types: ['log-gap'] })].length
        await expect.poll(async () => ((await gateway.ask()).status, gaps()), WAIT).toBeGreaterThan(0)
        await gateway.close()
        const report = verifyLog(gateway.log)
        expect(report.isIntact).toBe(true)
        expect(report.lostEvents).toBeGreaterThan(0)
      },
    )
  },
)
