import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { catchUp, openAuditLog, searchIndexed, searchLog, searchLogBack } from 'sallyport/audit'
import type { LogEntry, LogFilter, LogIndex } from 'sallyport/audit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresKind, sqliteKind, whyNoPostgres } from './testing/index-kinds.ts'
import type { IndexKind } from './testing/index-kinds.ts'
import { anyFilter, newFolder, removeFolder, writeEvents } from './testing/log-fixture.ts'

const EVENTS = 600
const noPostgres = await whyNoPostgres()

async function search(folder: string, index: LogIndex, filter: LogFilter = {}, newestFirst = false) {
  const faults: unknown[] = []
  const found: LogEntry[] = []
  const options = { newestFirst, onIndexFault: (error: unknown) => faults.push(error) }
  for await (const entry of searchIndexed(folder, index, filter, options)) found.push(entry)
  return { found, faults }
}

describe.each<[string, () => Promise<IndexKind>, string | undefined]>([
  ['SQLite', sqliteKind, undefined],
  ['PostgreSQL', postgresKind, noPostgres],
])('an index in %s', (_name, makeKind, reason) => {
  describe.skipIf(reason !== undefined)(reason === undefined ? 'of a log' : `(skipped: ${reason})`, () => {
    const folders: string[] = []
    const indexes: LogIndex[] = []
    let kind: IndexKind
    let folder = ''
    let log = ''
    let index: LogIndex

    const openIndex = async (where: string, id: string): Promise<LogIndex> => {
      const opened = await kind.open(where, id)
      indexes.push(opened)
      return opened
    }
    const newLog = async (events: number): Promise<string> => {
      const made = newFolder()
      folders.push(made)
      log = await writeEvents(made, 0, events)
      return made
    }
    beforeAll(async () => {
      kind = await makeKind()
      folder = await newLog(EVENTS)
      index = await openIndex(folder, log)
    })
    afterAll(async () => {
      for (const each of indexes) await each.close()
      await kind.clean()
      for (const each of folders) removeFolder(each)
    })

    it('gives the answers that reading the log gives, empty, part of the way and caught up', async () => {
      const agree = async (runs: number) => {
        const count = [...searchLog(folder)].length
        await fc.assert(
          fc.asyncProperty(anyFilter(count), fc.boolean(), async (filter, newestFirst) => {
            const expected = [...(newestFirst ? searchLogBack(folder, filter) : searchLog(folder, filter))]
            expect(await search(folder, index, filter, newestFirst)).toEqual({ found: expected, faults: [] })
          }),
          { numRuns: runs },
        )
      }
      await agree(20)
      expect(await catchUp(folder, index)).toBeGreaterThanOrEqual(EVENTS)
      await writeEvents(folder, EVENTS, EVENTS + 200)
      await agree(60)
      expect(await catchUp(folder, index)).toBeGreaterThanOrEqual(200)
      expect(await catchUp(folder, index)).toBe(0)
      await agree(120)
    })

    it('does not have to read the log: what it does not name is not found', async () => {
      // The negative control of the test above: its answers come from the index.
      const blind: LogIndex = { ...index, find: async function* () {} }
      expect((await search(folder, blind)).found).toEqual([])
      expect((await search(folder, index)).found.length).toBeGreaterThan(EVENTS)
    })

    it('keeps no name: who was erased is found neither by name nor in an event', async () => {
      const other = await newLog(60)
      const own = await openIndex(other, log)
      await catchUp(other, own)
      expect((await search(other, own, { user: 'person-1' })).found).not.toHaveLength(0)
      const writer = await openAuditLog({ folder: other })
      await writer.erase('person-1')
      await writer.close()
      expect((await search(other, own, { user: 'person-1' })).found).toEqual([])
      const names = (await search(other, own)).found.map(({ event }) => event.actor?.user)
      expect(names).not.toContain('person-1')
      expect(names).toContain('(erased)')
      expect(names).toContain('person-2')
    })

    it('forgets what retention removed', async () => {
      const other = await newLog(300)
      const own = await openIndex(other, log)
      await catchUp(other, own)
      const oldest = readdirSync(other).filter((file) => file.endsWith('.jsonl'))[0] ?? ''
      rmSync(join(other, oldest))
      expect((await search(other, own)).found).toEqual([...searchLog(other)])
      await catchUp(other, own)
      expect((await search(other, own)).found).toEqual([...searchLog(other)])
      expect((await own.lastBlock(100))?.first ?? 1_000).toBeGreaterThan(1)
    })

    it('notices a log that was put back to an older state and went on from there', async () => {
      const other = await newLog(120)
      const backup = newFolder()
      folders.push(backup)
      cpSync(other, backup, { recursive: true })
      await writeEvents(other, 120, 240)
      const own = await openIndex(other, log)
      await catchUp(other, own)
      for (const file of readdirSync(other)) if (file.endsWith('.jsonl')) rmSync(join(other, file))
      cpSync(backup, other, { recursive: true })
      await writeEvents(other, 500, 560)
      expect((await search(other, own)).found).toEqual([...searchLog(other)])
      await catchUp(other, own)
      expect(await search(other, own)).toEqual({ found: [...searchLog(other)], faults: [] })
    })

    it('stops in front of a damaged line, and what follows is found by reading', async () => {
      const other = await newLog(200)
      const damaged = readdirSync(other).filter((file) => file.endsWith('.jsonl'))[1] ?? ''
      writeFileSync(join(other, damaged), 'no record\n', { flag: 'a' })
      const own = await openIndex(other, log)
      await catchUp(other, own)
      expect(await search(other, own)).toEqual({ found: [...searchLog(other)], faults: [] })
    })

    it('that fails in the middle of an answer is replaced by reading, in either direction', async () => {
      for (const newestFirst of [false, true]) {
        const failing: LogIndex = {
          ...index,
          find: async function* (query) {
            let left = 7
            for await (const hit of index.find(query)) {
              if (left-- === 0) throw new Error('The database went away.')
              yield hit
            }
          },
        }
        const expected = [...(newestFirst ? searchLogBack(folder) : searchLog(folder))]
        const { found, faults } = await search(folder, failing, {}, newestFirst)
        expect(found).toEqual(expected)
        expect(faults).toHaveLength(1)
      }
    })

    it('whose places do not fit the log is not believed', async () => {
      const wrong: LogIndex = {
        ...index,
        find: async function* (query) {
          for await (const hit of index.find(query)) yield { ...hit, place: hit.place + (hit.seq === 20 ? 1 : 0) }
        },
      }
      const { found, faults } = await search(folder, wrong)
      expect(found).toEqual([...searchLog(folder)])
      expect(faults).toHaveLength(1)
    })
  })
})
