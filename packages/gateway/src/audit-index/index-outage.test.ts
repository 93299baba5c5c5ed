import { existsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { catchUp, searchIndexed, searchLog } from 'sallyport/audit'
import type { LogIndex } from 'sallyport/audit'
import { afterEach, describe, expect, it } from 'vitest'
import { openPostgresIndex } from './postgres-index.ts'
import { openSqliteIndex } from './sqlite-index.ts'
import { gateTo, newDatabase, POSTGRES_URL, whyNoPostgres } from './testing/index-kinds.ts'
import { newFolder, removeFolder, writeEvents } from './testing/log-fixture.ts'

const noPostgres = await whyNoPostgres()
const folders: string[] = []
afterEach(() => folders.splice(0).forEach(removeFolder))

async function newLog(events: number): Promise<{ folder: string; log: string }> {
  const folder = newFolder()
  folders.push(folder)
  return { folder, log: await writeEvents(folder, 0, events) }
}

async function numbers(folder: string, index: LogIndex, onIndexFault?: (error: unknown) => void): Promise<number[]> {
  const found: number[] = []
  const options = onIndexFault === undefined ? {} : { onIndexFault }
  for await (const { seq } of searchIndexed(folder, index, { keyId: 'key_1' }, options)) found.push(seq)
  return found
}

const read = (folder: string): number[] => [...searchLog(folder, { keyId: 'key_1' })].map(({ seq }) => seq)

describe.skipIf(noPostgres !== undefined)(
  `a database that goes down${noPostgres === undefined ? '' : ` (skipped: ${noPostgres})`}`,
  () => {
    it('loses nothing: searches read the log, and the index catches up once it is back', async () => {
      const { folder, log } = await newLog(100)
      const database = await newDatabase()
      const gate = await gateTo(new URL(POSTGRES_URL))
      const url = new URL(database.url)
      url.host = `127.0.0.1:${gate.port}`
      const index = await openPostgresIndex({ url: url.href, schema: 'sallyport', log })
      try {
        await catchUp(folder, index)
        await gate.shut()
        await writeEvents(folder, 100, 200)
        await expect(catchUp(folder, index)).rejects.toThrow()
        const faults: unknown[] = []
        expect(await numbers(folder, index, (error) => faults.push(error))).toEqual(read(folder))
        expect(faults).toHaveLength(1)
        await gate.open()
        expect(await catchUp(folder, index)).toBeGreaterThanOrEqual(100)
        expect(await numbers(folder, index, (error) => faults.push(error))).toEqual(read(folder))
        expect(faults).toHaveLength(1)
      } finally {
        await index.close()
        await gate.shut().catch(() => undefined)
        await database.drop()
      }
    })

    it('or is not there at the start does not keep anything from starting', async () => {
      const { folder, log } = await newLog(30)
      const index = await openPostgresIndex({ url: 'postgres://nobody@127.0.0.1:1/none', schema: 'sallyport', log })
      await expect(catchUp(folder, index)).rejects.toThrow()
      expect(await numbers(folder, index)).toEqual(read(folder))
      await index.close()
    })

    it('keeps the logs of two gateways apart', async () => {
      const database = await newDatabase()
      const [one, other] = [await newLog(40), await newLog(70)]
      const indexes = await Promise.all(
        [one, other].map(({ log }) => openPostgresIndex({ url: database.url, schema: 'other', log })),
      )
      try {
        await Promise.all([one, other].map(({ folder }, at) => catchUp(folder, indexes[at] ?? fail())))
        for (const [at, { folder }] of [one, other].entries()) {
          expect(await numbers(folder, indexes[at] ?? fail())).toEqual(read(folder))
        }
      } finally {
        for (const index of indexes) await index.close()
        await database.drop()
      }
    })
  },
)

describe('an index file', () => {
  it('is for its owner alone', async () => {
    const { folder } = await newLog(10)
    const file = join(folder, 'index.sqlite')
    await openSqliteIndex(file).close()
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['is no database', (file: string) => writeFileSync(file, 'hello')],
    ['was cut off', (file: string) => truncateSync(file, 5_000)],
    ['was left locked by a crash', (file: string) => writeFileSync(`${file}.lock`, '')],
  ])('that %s is made anew', async (_, harm) => {
    const { folder } = await newLog(100)
    const file = join(folder, 'index.sqlite')
    const before = openSqliteIndex(file)
    await catchUp(folder, before)
    await before.close()
    harm(file)
    const index = openSqliteIndex(file)
    await catchUp(folder, index)
    expect(await numbers(folder, index)).toEqual(read(folder))
    await index.close()
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it('can be searched by another process while a gateway writes it', async () => {
    const { folder } = await newLog(100)
    const file = join(folder, 'index.sqlite')
    const writing = openSqliteIndex(file)
    await catchUp(folder, writing)
    const reading = openSqliteIndex(file, { readOnly: true })
    await writeEvents(folder, 100, 150)
    await catchUp(folder, writing)
    const faults: unknown[] = []
    expect(await numbers(folder, reading, (error) => faults.push(error))).toEqual(read(folder))
    expect(faults).toEqual([])
    await writing.close()
    await reading.close()
  })

  it('is not made by one who only wants to read', async () => {
    const { folder } = await newLog(10)
    const file = join(folder, 'index.sqlite')
    expect(() => openSqliteIndex(file, { readOnly: true })).toThrow()
    expect(existsSync(file)).toBe(false)
  })
})

function fail(): never {
  throw new Error('There is no such index.')
}
