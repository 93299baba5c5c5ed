import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuditLog } from 'sallyport/audit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.ts'

const data = mkdtempSync(join(tmpdir(), 'sallyport-log-'))
const folder = join(data, 'audit')
const env = { SALLYPORT_DATA: data }

beforeAll(async () => {
  const log = await openAuditLog({ folder })
  for (let number = 0; number < 30; number++) {
    log.write({
      type: number % 3 === 0 ? 'injection_attempt' : 'policy_violation',
      severity: number % 3 === 0 ? 'high' : 'medium',
      outcome: number % 2 === 0 ? 'block' : 'redact',
      id: `event-${number}`,
      time: new Date(Date.UTC(2026, 0, 1, number)).toISOString(),
      requestId: `request-${number}`,
      actor: { keyId: `key-${number % 2}`, user: number % 10 === 0 ? 'ann' : 'bob' },
      rule: 'pii/email',
      route: 'POST /v1/chat/completions',
    })
  }
  await log.close()
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

const log = (...args: string[]) => runCli(['log', ...args], '', env)

describe('sallyport log', () => {
  it('verify: says that a log is intact, what is signed and what it cannot know', async () => {
    const { code, out } = await log('verify')
    expect(code).toBe(0)
    expect(out).toContain('Intact: 33 records (1 to 33) in 1 segment.')
    expect(out).toContain('What this check cannot know')
    const { lines } = await log('verify', '--json')
    expect(lines[0]).toMatchObject({ isIntact: true, records: 33, signedThrough: 33, problems: [] })
  })

  it('anchor, then verify --anchor: knows the log by its head', async () => {
    const { code, out } = await log('anchor')
    expect(code).toBe(0)
    const file = join(data, 'anchor.json')
    writeFileSync(file, out)
    const verified = await log('verify', '--anchor', file, '--json')
    expect(verified.lines[0]).toMatchObject({ isIntact: true, anchoredThrough: 33 })
    writeFileSync(file, 'no anchor')
    expect(await log('verify', '--anchor', file)).toMatchObject({ code: 2 })
  })

  it.each([
    [['--request', 'request-7'], [7]],
    [
      ['--type', 'injection_attempt', '--key', 'key-1'],
      [3, 9, 15, 21, 27],
    ],
    [
      ['--from', '2026-01-01T10:00:00Z', '--to', '2026-01-01T12:00:00Z'],
      [10, 11],
    ],
    [
      ['--user', 'ann'],
      [0, 10, 20],
    ],
    [
      ['--severity', 'high', '--limit', '2'],
      [0, 3],
    ],
    [['--from', '1d'], []],
  ])('search %j: finds what matches', async (args, numbers) => {
    const { code, lines } = await log('search', '--json', ...args)
    expect(code).toBe(0)
    expect(lines.map(({ event }) => (event as { id: string }).id)).toEqual(numbers.map((each) => `event-${each}`))
  })

  it('index: answers are the same with it and without, also those it lacks', async () => {
    const other = mkdtempSync(join(tmpdir(), 'sallyport-log-'))
    cpSync(folder, join(other, 'audit'), { recursive: true })
    const log = (...more: string[]) => runCli(['log', ...more], '', { SALLYPORT_DATA: other })
    const args = ['--json', '--rule', 'pii', '--from', '2026-01-01T03:00:00Z', '--type', 'policy_violation']
    const before = await log('search', ...args)
    expect(before.lines).toHaveLength(18)
    expect(await log('index')).toMatchObject({ code: 0, err: '33 records added to the index.\n' })
    expect(await log('search', ...args)).toEqual(before)
    const writer = await openAuditLog({ folder: join(other, 'audit') })
    await writer.append({ type: 'policy_violation', severity: 'low', rule: 'pii/iban' })
    await expect(log('index')).resolves.toMatchObject({ code: 2 })
    await writer.close()
    const after = await log('search', ...args)
    expect(after.lines).toHaveLength(19)
    expect(await log('search', '--scan', ...args)).toEqual(after)
    expect((await log('export', ...args.slice(1))).lines).toEqual(after.lines)
    expect((await log('search', '--json', '--rule', 'pii/iban')).lines).toHaveLength(1)
    rmSync(other, { recursive: true, force: true })
  })

  it('tail: prints the newest events for people', async () => {
    const { out } = await log('tail', '-n', '2')
    expect(out.trimEnd().split('\n')).toEqual([
      '2026-01-02T04:00:00.000Z  31  medium  policy_violation  block  pii/email  key-0/bob  POST /v1/chat/completions  request-28',
      '2026-01-02T05:00:00.000Z  32  medium  policy_violation  redact  pii/email  key-1/bob  POST /v1/chat/completions  request-29',
    ])
  })

  it('tail --follow: goes on with what is written, until as many came as were asked for', async () => {
    const other = mkdtempSync(join(tmpdir(), 'sallyport-log-'))
    cpSync(folder, join(other, 'audit'), { recursive: true })
    const writer = await openAuditLog({ folder: join(other, 'audit') })
    const writing = setInterval(() => writer.write({ type: 'degraded', severity: 'high', rule: 'pii/new' }), 20)
    const args = ['log', 'tail', '-n', '1', '--follow', '--limit', '3', '--type', 'degraded,policy_violation', '--json']
    const { code, lines } = await runCli(args, '', { SALLYPORT_DATA: other })
    clearInterval(writing)
    await writer.close()
    expect(code).toBe(0)
    expect(lines).toHaveLength(4)
    expect(lines.slice(1).every(({ event }) => (event as { rule?: string }).rule === 'pii/new')).toBe(true)
    expect(new Set(lines.map(({ seq }) => seq)).size).toBe(4)
    rmSync(other, { recursive: true, force: true })
  })

  it('verify --progress: says on standard error how much was read, and nothing without it', async () => {
    expect((await log('verify', '--json', '--progress')).err).toMatch(/^ {2}100 % \([\d.]+ of [\d.]+ MiB\) …\n$/)
    expect((await log('verify')).err).toBe('')
  })

  it('export --format ocsf: writes one event of the schema a record', async () => {
    const { lines } = await log('export', '--format', 'ocsf')
    expect(lines).toHaveLength(30)
    for (const line of lines) {
      expect(line).toMatchObject({
        class_uid: 2004,
        category_uid: 2,
        activity_id: 1,
        type_uid: 200_401,
        status_id: expect.any(Number),
      })
      expect(line['metadata']).toMatchObject({ version: '1.6.0', product: { name: 'Sallyport' } })
    }
    expect(lines[0]).toMatchObject({
      severity_id: 4,
      time: Date.UTC(2026, 0, 1),
      unmapped: { hash: expect.any(String) },
    })
    expect((await log('export')).lines).toHaveLength(30)
  })

  it.each([
    [['search', '--type', 'nonsense'], 'There is no event type nonsense'],
    [['search', '--from', 'yesterday-ish'], '--from takes a time'],
    [['verify', '--log', '/nowhere'], 'There is no log in /nowhere'],
    [['verify', '--public-key', '/nowhere/key'], 'cannot be read'],
    [['tail', '-n', '0'], 'a whole number above 0'],
  ])('%j: a mistake of the user is exit 2 with what to do', async (args, message) => {
    const { code, err } = await log(...args)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('erase: makes a person unreadable and leaves the chain valid', async () => {
    expect((await log('erase', 'ann')).code).toBe(0)
    expect((await log('erase', 'ann')).code).toBe(2)
    expect((await log('search', '--json', '--user', 'ann')).lines).toEqual([])
    expect((await log('search', '--json', '--request', 'request-10')).out).toContain('(erased)')
    expect((await log('verify')).code).toBe(0)
  })

  it('verify: exits with 1 and names the record when a byte was changed', async () => {
    const segment = join(folder, readdirSync(folder).find((name) => name.endsWith('.jsonl')) ?? '')
    const content = readFileSync(segment, 'utf8')
    writeFileSync(segment, content.replace('request-12', 'request-13'))
    const { code, out } = await log('verify')
    expect(code).toBe(1)
    expect(out).toContain('NOT INTACT')
    expect(out).toContain('changed-record (0000000000000001.jsonl, record 15)')
    writeFileSync(segment, content)
    expect((await log('verify')).code).toBe(0)
  })
})
