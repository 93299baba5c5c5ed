import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openAuditLog } from './open-audit-log.ts'
import { searchLog, tailLog } from './search-log.ts'
import { eventNumber, temporaryFolder } from './testing/log-fixture.ts'
import { verifyLog } from './verify-log.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder
}

describe('openAuditLog', () => {
  it('writes events from a thread of its own, in order, and gives them back by what they are', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder, segmentBytes: 20_000 })
    await Promise.all(Array.from({ length: 100 }, (_, at) => log.append(eventNumber(at))))
    for (let at = 100; at < 200; at++) log.write(eventNumber(at))
    const anchor = await log.head()
    await log.close()
    expect(verifyLog(folder, { anchors: [anchor] })).toMatchObject({ problems: [], isIntact: true })
    const entries = [...searchLog(folder)]
    expect(entries.map(({ event }) => event.id)).toEqual(Array.from({ length: 200 }, (_, at) => `event-${at}`))
    expect(entries[3]?.event).toEqual(eventNumber(3))
    expect([...searchLog(folder, { requestId: 'request-150' })]).toHaveLength(1)
    expect([...searchLog(folder, { keyId: 'key-1', types: ['policy_violation'] })]).toHaveLength(67)
    expect([...searchLog(folder, { user: 'person-2' })]).toHaveLength(40)
    expect([...searchLog(folder, { user: 'nobody' })]).toEqual([])
    const from = eventNumber(50).time ?? ''
    const to = eventNumber(60).time ?? ''
    expect([...searchLog(folder, { from, to })].map(({ event }) => event.id)).toEqual(
      Array.from({ length: 10 }, (_, at) => `event-${50 + at}`),
    )
    expect(tailLog(folder, 3).map(({ event }) => event.id)).toEqual(['event-197', 'event-198', 'event-199'])
  })

  it('can be verified and searched while it is being written', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder, segmentBytes: 30_000, headEvery: 50, headAfterMs: 5 })
    for (let round = 0; round < 20; round++) {
      for (let at = 0; at < 50; at++) log.write(eventNumber(at))
      if (round % 5 === 0) await log.flush()
      expect(verifyLog(folder).problems).toEqual([])
      expect([...searchLog(folder, { limit: 10 })].length).toBeLessThanOrEqual(10)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await log.close()
    expect(verifyLog(folder)).toMatchObject({ problems: [], isIntact: true })
    expect([...searchLog(folder)]).toHaveLength(1_000)
  })

  it('does not believe an index that somebody else wrote', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder, segmentBytes: 10_000 })
    for (let at = 0; at < 100; at++) await log.append(eventNumber(at))
    await log.close()
    const indexes = readdirSync(folder).filter((name) => name.endsWith('.index.json'))
    expect(indexes.length).toBeGreaterThan(3)
    for (const name of indexes) {
      const path = join(folder, name)
      const index = JSON.parse(readFileSync(path, 'utf8')) as { statement: { blocks: unknown[] } }
      writeFileSync(path, JSON.stringify({ ...index, statement: { ...index.statement, blocks: [] } }))
    }
    expect([...searchLog(folder)]).toHaveLength(100)
  })

  it('keeps key and log files to their owner', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder })
    await log.append(eventNumber(1))
    await log.close()
    for (const name of readdirSync(folder)) expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
  })

  it('makes a person unreadable on request', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder })
    await log.append(eventNumber(1))
    expect(await log.erase('person-1')).toBe(true)
    await log.close()
    expect(verifyLog(folder).problems).toEqual([])
    expect(tailLog(folder, 1)[0]?.event.actor?.user).toBe('(erased)')
  })

  it('lets one writer in at a time, and the next one after it', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder })
    await expect(openAuditLog({ folder })).rejects.toMatchObject({ code: 'locked' })
    await log.close()
    await (await openAuditLog({ folder })).close()
  })

  it('refuses events after it was closed, and says so', async () => {
    const log = await openAuditLog({ folder: newFolder() })
    await log.close()
    await expect(log.append(eventNumber(1))).rejects.toMatchObject({ code: 'closed' })
    log.write(eventNumber(1))
    expect(log.dropped).toBe(2)
  })

  it('counts what does not fit its queue, and writes the count', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder, maxWaiting: 10 })
    for (let at = 0; at < 25; at++) log.write(eventNumber(at))
    await log.flush()
    await log.append(eventNumber(99))
    await log.close()
    expect(log.dropped).toBe(15)
    expect(verifyLog(folder)).toMatchObject({ problems: [], lostEvents: 15 })
  })

  it('grows by less than 1 MB under a flood of 100,000 events of strangers, and counts each of them', async () => {
    const folder = newFolder()
    const log = await openAuditLog({ folder })
    for (let at = 0; at < 100_000; at++) {
      log.write({
        type: 'auth_attempt',
        severity: 'medium',
        outcome: 'failure',
        requestId: `request-${at}`,
        route: at % 2 === 0 ? 'POST /v1/chat/completions' : 'GET /v1/models',
        status: 401,
      })
      if (at % 10_000 === 0) await new Promise((resolve) => setTimeout(resolve, 150))
    }
    await log.append(eventNumber(1))
    await log.close()
    const size = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    expect(size).toBeLessThan(1_000_000)
    const counts = [...searchLog(folder, { types: ['auth_attempt'] })].map(({ event }) => event.count ?? 1)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100_000)
    expect(counts.length).toBeLessThan(100)
    expect(readFileSync(join(folder, '0000000000000001.jsonl'), 'utf8')).toContain('policy_violation')
  })
})
