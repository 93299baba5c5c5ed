import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog, readAnchor, searchLog, searchLogBack } from 'sallyport/audit'
import { afterEach, describe, expect, it } from 'vitest'
import { LogReader } from './log-reader.ts'
import type { IndexPlace } from './reader-protocol.ts'
import { openSqliteIndex } from './sqlite-index.ts'
import { newFolder, removeFolder, writeEvents } from './testing/log-fixture.ts'

const WAIT = { timeout: 20_000, interval: 50 }
const readers: LogReader[] = []
const folders: string[] = []
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close()
  folders.splice(0).forEach(removeFolder)
})

async function newReader(index: IndexPlace, changes: unknown[] = []) {
  const folder = newFolder()
  folders.push(folder)
  const log = await writeEvents(folder, 0, 100)
  const onIndexChange = (isThere: boolean, reason?: string) => void changes.push([isThere, reason])
  const reader = new LogReader({ folder, log, index, onIndexChange })
  readers.push(reader)
  return { folder, reader }
}

describe('LogReader', () => {
  it.each([['sqlite'], ['off']] as const)(
    'answers searches, index %s, also about what is written now',
    async (store) => {
      const { folder, reader } = await newReader({ store })
      const filter = { keyId: 'key_1', limit: 10 }
      expect(await reader.search(filter)).toEqual([...searchLog(folder, filter)])
      const writer = await openAuditLog({ folder })
      await writer.append({ type: 'stop', severity: 'info', actor: { keyId: 'key_1' } })
      expect(await reader.search(filter, true)).toEqual([...searchLogBack(folder, filter)])
      await writer.close()
    },
  )

  it('keeps the index up to date by itself', async () => {
    const { folder, reader } = await newReader({ store: 'sqlite' })
    await writeEvents(folder, 100, 150)
    const last = [...searchLog(folder, { includeOwn: true })].at(-1)?.seq
    const file = join(folder, 'index.sqlite')
    const indexed = async () => {
      if (!existsSync(file)) return 0
      const index = openSqliteIndex(file, { readOnly: true })
      const block = await index.lastBlock()
      await index.close()
      return block?.last
    }
    await expect.poll(() => indexed().catch(() => 0), WAIT).toBe(last)
    expect((await reader.search({ requestId: 'req_40' })).length).toBeGreaterThan(0)
  })

  it('says that a database is away, and answers without it', async () => {
    const changes: unknown[] = []
    const { folder, reader } = await newReader(
      { store: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none', schema: 'sallyport' },
      changes,
    )
    await expect.poll(() => changes, WAIT).toEqual([[false, 'ECONNREFUSED']])
    expect(await reader.search({ rule: 'pii' })).toEqual([...searchLog(folder, { rule: 'pii' })])
  })

  it('throws a damaged index away and makes it anew', async () => {
    const changes: [boolean][] = []
    const { folder, reader } = await newReader({ store: 'sqlite' }, changes)
    const file = join(folder, 'index.sqlite')
    await expect.poll(() => existsSync(file), WAIT).toBe(true)
    await reader.search({})
    writeFileSync(file, 'x'.repeat(8_192))
    await writeEvents(folder, 100, 120)
    await expect.poll(() => changes.map(([isThere]) => isThere), WAIT).toEqual([false, true])
    expect(await reader.search({ rule: 'pii' })).toEqual([...searchLog(folder, { rule: 'pii' })])
  })

  it('verifies on a thread of its own, with anchors, and one at a time', async () => {
    const { folder, reader } = await newReader({ store: 'off' })
    const anchor = readAnchor(folder)
    const first = reader.verify({ anchors: [anchor] })
    await expect(reader.verify()).rejects.toThrow('under way')
    expect(await first).toMatchObject({ isIntact: true, anchoredThrough: anchor.statement.seq, problems: [] })
    const newest =
      readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .at(-1) ?? ''
    truncateSync(join(folder, newest), 10)
    expect((await reader.verify()).isIntact).toBe(false)
  })

  it('ends a verification whose caller went away', async () => {
    const { reader } = await newReader({ store: 'off' })
    await expect(reader.verify({ signal: AbortSignal.timeout(1) })).rejects.toThrow('ended early')
    expect(reader.isVerifying).toBe(false)
  })
})
