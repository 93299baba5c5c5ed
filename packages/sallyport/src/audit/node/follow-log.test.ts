import { appendFileSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { endOfLog, followLog } from './follow-log.ts'
import { openAuditLog } from './open-audit-log.ts'
import { eventNumber, temporaryFolder } from './testing/log-fixture.ts'

let folder = ''
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Follows until `count` entries came, writing one event whenever the reader asks. */
async function follow(count: number, filter = {}, segmentBytes = 2_000): Promise<string[]> {
  folder = temporaryFolder()
  const log = await openAuditLog({ folder, segmentBytes })
  let number = 0
  for (; number < 5; number++) await log.append(eventNumber(number))
  const from = endOfLog(folder)
  const writing = setInterval(() => log.write(eventNumber(number++)), 5)
  const seen: string[] = []
  for await (const { event } of followLog(folder, { ...filter, limit: count }, { from, everyMs: 1 })) {
    seen.push(event.id ?? '')
  }
  clearInterval(writing)
  await log.close()
  return seen
}

describe('followLog', () => {
  it('gives each entry once and in order as it is written, over the ends of segments', async () => {
    expect(await follow(30)).toEqual(Array.from({ length: 30 }, (_, at) => `event-${at + 5}`))
    expect(readdirSync(folder).filter((name) => name.endsWith('.jsonl')).length).toBeGreaterThan(3)
  })

  it('gives what matches alone, also of persons that are new', async () => {
    expect(await follow(3, { types: ['injection_attempt'] })).toEqual(['event-6', 'event-9', 'event-12'])
    rmSync(folder, { recursive: true, force: true })
    expect(await follow(2, { user: 'person-4' })).toEqual(['event-9', 'event-14'])
  })

  it('waits for the end of a line, and reads on behind what was cut off again', async () => {
    folder = temporaryFolder()
    await (await openAuditLog({ folder })).close()
    const path = join(folder, '0000000000000001.jsonl')
    const end = endOfLog(folder)
    appendFileSync(path, '{"event":{"id":"half')
    const seen: (string | undefined)[] = []
    const stop = new AbortController()
    const following = (async () => {
      const options = { from: end, signal: stop.signal, everyMs: 1 }
      for await (const { event } of followLog(folder, {}, options)) seen.push(event.id)
    })()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(seen).toEqual([])
    truncateSync(path, end.offset)
    const log = await openAuditLog({ folder })
    await log.append(eventNumber(1))
    await expect.poll(() => seen).toEqual(['event-1'])
    stop.abort()
    await following
    await log.close()
  })
})
