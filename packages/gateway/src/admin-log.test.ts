import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchLog } from 'sallyport/audit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LOG_ENTRY_EVENT, logAnchorSchema, logPageSchema, logReportSchema, logTailQuerySchema } from './contract.ts'
import type { LogEntry, LogPage } from './contract.ts'
import { CARD, INJECTION, say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const WAIT = { timeout: 20_000, interval: 50 }

/** Server-sent events as they come in, until `enough`. */
async function listen(response: Response, enough: (events: readonly Sent[]) => boolean): Promise<readonly Sent[]> {
  const events: Sent[] = []
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes as Uint8Array, { stream: true })
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
      const [event, id, data] = [field('event'), field('id'), field('data')]
      if (event !== undefined && data !== undefined) events.push({ event, id, data: JSON.parse(data) as unknown })
    }
    if (enough(events)) break
  }
  return events
}

interface Sent {
  readonly event: string
  readonly id: string | undefined
  readonly data: unknown
}

describe('the log in the admin API', () => {
  let gateway: TestGateway
  let operatorKey = ''
  let folder = ''

  beforeAll(async () => {
    gateway = await testGateway({ config: { audit: { enabled: true } } })
    operatorKey = (await gateway.running.gateway.keys.create('on call', 'operator')).key
    folder = join(gateway.folder, 'audit')
  })
  afterAll(async () => {
    expect(gateway.faults).toEqual([])
    await gateway.close()
  })

  const get = (path: string, key = operatorKey) => gateway.send('GET', `/admin/api/log/${path}`, { key })
  const page = async (query: string): Promise<LogPage> => {
    const response = await get(`search?${query}`)
    expect(response.status).toBe(200)
    return logPageSchema.parse(await response.json())
  }
  const ask = async (content: string) => {
    const response = await gateway.chat({ model: 'demo', ...say(content) })
    await response.text()
    return response.headers.get('x-request-id') ?? ''
  }

  describe('search', () => {
    it('finds the trail of a request with its timings, and no text of it', async () => {
      const requestId = await ask(INJECTION)
      await expect.poll(async () => (await page(`request=${requestId}`)).entries.length, WAIT).toBeGreaterThan(1)
      const { entries } = await page(`request=${requestId}&order=oldest`)
      expect(entries.map(({ event }) => event.type)).toContain('injection_attempt')
      const end = entries.at(-1)?.event
      expect(end).toMatchObject({ type: 'request', outcome: 'block', status: 400 })
      expect(Object.keys(end?.timings ?? {})).toContain('input-gate')
      expect(JSON.stringify(entries)).not.toContain('previous instructions')
    })

    it('pages in either direction without a gap or a repetition, and agrees with the files', async () => {
      for (let count = 0; count < 12; count++) await ask(`My card is ${CARD}.`)
      const all = () => [...searchLog(folder, { rule: 'pii' })].map(({ seq }) => seq)
      await expect.poll(() => all().length, WAIT).toBe(12)
      for (const order of ['newest', 'oldest']) {
        const seen: number[] = []
        let cursor: string | undefined
        do {
          const { entries, nextCursor } = await page(
            `rule=pii&order=${order}&limit=5${cursor === undefined ? '' : `&cursor=${cursor}`}`,
          )
          seen.push(...entries.map(({ seq }) => seq))
          cursor = nextCursor
        } while (cursor !== undefined)
        expect(order === 'newest' ? seen.toReversed() : seen).toEqual(all())
      }
    })

    it('narrows by time, type, severity, rule, key and what the log says of itself', async () => {
      const since = new Date().toISOString()
      const requestId = await ask(`My card is ${CARD}.`)
      await expect.poll(async () => (await page(`request=${requestId}&rule=pii`)).entries.length, WAIT).toBe(1)
      const [entry] = (await page(`request=${requestId}&rule=pii`)).entries as [LogEntry]
      const { event } = entry
      const narrow = `from=${since}&rule=${encodeURIComponent(event.rule ?? '')}&key=${event.actor?.keyId ?? ''}`
      const query = `${narrow}&type=${event.type},rate_limit&severity=${event.severity ?? ''}`
      expect((await page(query)).entries).toEqual([entry])
      for (const other of [`${narrow}&type=stop`, `${narrow}&severity=info`, `to=${since}&request=${requestId}`]) {
        expect((await page(other)).entries).toEqual([])
      }
      expect((await page('type=log-start')).entries.map(({ seq }) => seq)).toEqual([1])
      expect((await page('own=true&order=oldest&limit=1')).entries[0]?.seq).toBe(1)
      expect((await page('order=oldest&limit=1')).entries[0]?.seq).not.toBe(1)
    })

    it.each([
      ['limit=0', 'limit'],
      ['limit=501', 'limit'],
      ['limit=x', 'limit'],
      ['cursor=-1', 'cursor'],
      ['cursor=1e400', 'cursor'],
      ['from=yesterday', 'from'],
      ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
      ['type=nonsense', 'type'],
      ['severity=', 'severity'],
      ['order=random', 'order'],
      ['own=1', 'own'],
      [`rule=${'x'.repeat(201)}`, 'rule'],
      ['key=', 'key'],
      ['user=a&user=b&limit=5&limit=6', 'limit'],
      ['keys=a', 'keys'],
    ])('refuses %s and names what is wrong', async (query, param) => {
      const response = await get(`search?${query}`)
      expect(response.status).toBe(400)
      const { error } = (await response.json()) as { error: { param?: string; message: string } }
      expect(error.param).toMatch(new RegExp(`^${param}`))
    })

    it.each(["' OR 1=1 --", '"; DROP TABLE records; --', '%', '_', '\u0000', '../../etc/passwd', '${1}', '$1', '?'])(
      'takes %j for a name like any other: nothing is found and nothing breaks',
      async (hostile) => {
        for (const param of ['rule', 'key', 'request', 'user']) {
          expect((await page(`${param}=${encodeURIComponent(hostile)}`)).entries).toEqual([])
        }
        expect((await page('limit=1')).entries).toHaveLength(1)
      },
    )
  })

  describe('export', () => {
    it.each([
      ['jsonl', 'seq'],
      ['ocsf', 'class_uid'],
    ])('sends everything as %s, and is an event of its own', async (format, field) => {
      const response = await get(`export?format=${format}&rule=pii`, gateway.adminKey)
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'application/x-ndjson; charset=utf-8',
      ])
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="sallyport-log-[\dT-]+\.(?:ocsf\.)?jsonl"$/,
      )
      const lines = (await response.text()).trimEnd().split('\n')
      expect(lines).toHaveLength([...searchLog(folder, { rule: 'pii' })].length)
      for (const line of lines) expect(JSON.parse(line)).toHaveProperty(field)
      const details = gateway.events().map(({ detail }) => detail)
      expect(details).toContain(`an export of the security log begins (${format})`)
      expect(details).toContain(`an export of the security log ended: ${lines.length} lines`)
    })

    it('is for admins, and a refusal is an event', async () => {
      expect((await get('export')).status).toBe(403)
      expect(gateway.events()[0]).toMatchObject({
        type: 'authz',
        outcome: 'failure',
        route: 'GET /admin/api/log/export',
      })
    })
  })

  describe('tail', () => {
    it('sends the newest entries, then what is written, and goes on where a reader stopped', async () => {
      const controller = new AbortController()
      const open = (query: string, headers: Record<string, string> = {}) =>
        gateway.send('GET', `/admin/api/log/tail?${query}`, { key: operatorKey, headers, signal: controller.signal })
      const first = await open('lines=3&rule=pii')
      expect(first.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
      const heard = listen(first, (events) => events.length >= 4)
      await ask(`My card is ${CARD}.`)
      const events = await heard
      expect(new Set(events.map(({ event }) => event))).toEqual(new Set([LOG_ENTRY_EVENT]))
      const newest = [...searchLog(folder, { rule: 'pii' })].slice(-4).map(({ seq }) => String(seq))
      expect(events.map(({ id }) => id)).toEqual(newest)
      const rest = await listen(
        await open('rule=pii', { 'last-event-id': newest[1] ?? '' }),
        (more) => more.length >= 2,
      )
      expect(rest.map(({ id }) => id)).toEqual(newest.slice(2))
      controller.abort()
    })

    it('refuses a place that is none', async () => {
      const headers = { 'last-event-id': 'x' }
      expect((await gateway.send('GET', '/admin/api/log/tail', { key: operatorKey, headers })).status).toBe(400)
      expect(logTailQuerySchema.safeParse({ lines: '501' }).success).toBe(false)
    })
  })

  describe('verify and anchor', () => {
    it('vouch for the log: an anchor taken before is found in it', async () => {
      const anchor = logAnchorSchema.parse(await (await get('anchor')).json())
      const response = await get(`verify?anchor=${encodeURIComponent(JSON.stringify(anchor))}`)
      const report = logReportSchema.parse(await response.json())
      expect(report).toMatchObject({ isIntact: true, problems: [], anchoredThrough: anchor.statement.seq })
      expect(gateway.events().map(({ detail }) => detail)).toContain(
        `the security log was verified: ${report.records} records, intact`,
      )
    })

    it('tell how far they are when asked to', async () => {
      const sent = await listen(await get('verify?progress=true'), () => false)
      expect(sent.at(-1)?.event).toBe('report')
      expect(logReportSchema.parse(sent.at(-1)?.data).isIntact).toBe(true)
    })

    it('refuse an anchor that is none', async () => {
      for (const anchor of ['x', '{}', '[]', '{"statement":null}']) {
        expect((await get(`verify?anchor=${encodeURIComponent(anchor)}`)).status).toBe(400)
      }
    })
  })
})

describe('a log that is not as it was', () => {
  let gateway: TestGateway | undefined
  afterEach(() => gateway?.close())

  it('is reported by verify, and that is an alert', async () => {
    gateway = await testGateway({ config: { audit: { enabled: true } } })
    const { adminKey: key, folder } = gateway
    await (await gateway.send('GET', '/admin/api/log/anchor', { key })).json()
    const log = join(folder, 'audit')
    const segment = join(log, readdirSync(log).find((name) => name.endsWith('.jsonl')) ?? '')
    writeFileSync(segment, readFileSync(segment, 'utf8').replace('"severity":"info"', '"severity":"high"'))
    const report = logReportSchema.parse(await (await gateway.send('GET', '/admin/api/log/verify', { key })).json())
    expect(report.isIntact).toBe(false)
    expect(report.problems.map(({ code }) => code)).toContain('changed-record')
    expect(gateway.events()[0]).toMatchObject({ type: 'alert', severity: 'critical' })
  })

  it('or that is off is a 404 that says so', async () => {
    gateway = await testGateway()
    for (const path of ['search', 'tail', 'export', 'verify', 'anchor']) {
      const response = await gateway.send('GET', `/admin/api/log/${path}`, { key: gateway.adminKey })
      expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('security log is off')])
    }
  })

  it('stops the start when its index is to be in a database nobody named', async () => {
    const data = mkdtempSync(join(tmpdir(), 'sallyport-test-'))
    await expect(
      testGateway({ config: { audit: { enabled: true, index: 'postgres' } }, environment: { SALLYPORT_DATA: data } }),
    ).rejects.toThrow('needs storage.database')
    rmSync(data, { recursive: true, force: true })
  })
})
