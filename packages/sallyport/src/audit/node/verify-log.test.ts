import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { LogWriter } from './log-writer.ts'
import { eventNumber, LOG_FOLDER, putOnDisk, writeLog } from './testing/log-fixture.ts'
import type { WrittenLog } from './testing/log-fixture.ts'
import { verifyLog } from './verify-log.ts'
import type { VerifyOptions } from './verify-log.ts'
import { readRecord } from './record-line.ts'
import type { Anchor } from './statements.ts'
import { VolatileFiles } from './testing/volatile-files.ts'
import { SubjectKeys } from './subject-keys.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function verify(log: WrittenLog, options?: VerifyOptions) {
  const folder = putOnDisk(log.files.entries())
  folders.push(folder)
  return verifyLog(folder, options)
}

function goOn({ options }: WrittenLog, events: number): Anchor {
  const writer = new LogWriter(options)
  for (let number = 1; number <= events; number++) writer.commit([eventNumber(number)])
  const head = writer.head()
  writer.close()
  return head
}

describe('verifyLog', () => {
  it('tells an older state that was put back only when it is given an anchor, and says so without one', () => {
    const log = writeLog(10)
    const older = log.files.entries()
    const anchor = goOn(log, 10)
    expect(verify(log, { anchors: [anchor] }).problems).toEqual([])
    const folder = putOnDisk(older)
    folders.push(folder)
    const without = verifyLog(folder)
    expect(without.isIntact).toBe(true)
    expect(without.unknown.join(' ')).toContain('put back an older state')
    expect(verifyLog(folder, { anchors: [anchor] }).problems.map(({ code }) => code)).toEqual(['truncated'])
  })

  it('tells a log that was written anew with another key by the anchor', () => {
    const anchor = goOn(writeLog(10), 3)
    const codes = verify(writeLog(30), { anchors: [anchor] }).problems.map(({ code }) => code)
    expect(codes).toContain('wrong-key')
  })

  it('does not take an anchor of another log, nor one whose statement was changed', () => {
    const log = writeLog(10)
    const anchor = goOn(log, 3)
    const changed = { ...anchor, statement: { ...anchor.statement, seq: anchor.statement.seq - 1 } }
    expect(verify(log, { anchors: [changed] }).problems.map(({ code }) => code)).toContain('bad-signature')
  })

  it('names records behind the last head as unsigned when the log was not closed', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files })
    writer.commit([eventNumber(1), eventNumber(2)])
    const report = verify({ files, options: { folder: LOG_FOLDER, files } })
    expect(report).toMatchObject({ isIntact: true, records: 4, signedThrough: 2 })
    expect(report.unknown[0]).toContain('Records 3 to 4')
  })

  it('follows the chain after retention removed the oldest segments, as their signed stubs say', () => {
    const log = writeLog(40)
    const now = Date.UTC(2026, 5, 1)
    const later = { ...log.options, retentionDays: 30, now: () => now }
    const writer = new LogWriter(later)
    writer.commit([eventNumber(41)])
    expect(writer.retain()).toBeGreaterThan(3)
    writer.close()
    const report = verify(log)
    expect(report.problems).toEqual([])
    expect(report.retired).toBeGreaterThan(20)
  })

  it('finds a segment that was removed without a stub after retention', () => {
    const log = writeLog(40)
    const now = Date.UTC(2026, 0, 1)
    const names = log.files
      .list(LOG_FOLDER)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
    log.files.remove(`${LOG_FOLDER}/${names[0] ?? ''}`)
    const writer = new LogWriter({ ...log.options, now: () => now })
    writer.close()
    expect(verify(log).problems.map(({ code }) => code)).toEqual(['start-missing'])
  })

  it('stays valid when a person is erased, whose name no record and no file holds any more', () => {
    const log = writeLog(20)
    const sealed = log.files
      .entries()
      .filter(([path]) => path.endsWith('.jsonl'))
      .flatMap(([, content]) => content.toString('utf8').split('\n').slice(0, -1))
      .map(
        (line) =>
          JSON.parse(readRecord(Buffer.from(line))?.event ?? '{}') as {
            actor?: { user?: { subject: string; sealed: string } }
          },
      )
      .flatMap(({ actor }) => actor?.user ?? [])
    const before = new SubjectKeys(LOG_FOLDER, log.files)
    expect(sealed.filter((each) => before.open(each) === 'person-3').length).toBe(4)
    const writer = new LogWriter(log.options)
    expect(writer.erase('person-3')).toBe(true)
    expect(writer.erase('person-3')).toBe(false)
    writer.close()
    expect(verify(log).problems).toEqual([])
    const after = new SubjectKeys(LOG_FOLDER, log.files)
    expect(sealed.filter((each) => after.open(each) === undefined).length).toBe(4)
    expect(log.files.entries().some(([, content]) => content.includes('person-'))).toBe(false)
  })

  describe('and the keys of persons beside the log', () => {
    const keys = `${LOG_FOLDER}/subjects.keys`
    const changed = (log: WrittenLog, change: (lines: string[]) => string[]) => {
      const lines = (log.files.read(keys)?.toString('utf8') ?? '').split('\n').slice(0, -1)
      log.files.remove(keys)
      const file = log.files.open(keys)
      for (const line of change(lines)) file.write(Buffer.from(`${line}\n`))
      return verify(log)
    }

    it.each<[string, (lines: string[]) => string[], number]>([
      ['one is gone', (lines) => lines.slice(0, -1), 1],
      ['all are gone', (lines) => lines.slice(0, 1), 5],
      ['the file is empty', () => [], 5],
      ['two were swapped', ([salt = '', a = '', b = '', ...rest]) => [salt, ...swappedKeys(a, b), ...rest], 2],
    ])('finds that %s, since no record says that those persons were erased', (_, change, persons) => {
      const { problems } = changed(writeLog(20), change)
      expect(problems).toEqual([{ code: 'names-missing', message: expect.stringContaining(`of ${persons} persons`) }])
    })

    it('says that it cannot know who the persons are where the file is not', () => {
      const log = writeLog(20)
      log.files.remove(keys)
      const report = verify(log)
      expect(report.problems).toEqual([])
      expect(report.unknown.join()).toContain('Who the 5 persons in it are')
    })

    it('finds an erasure that was recorded and not finished, until it is asked for again', () => {
      const log = writeLog(20)
      const writer = new LogWriter(log.options)
      log.files.refusesRename = true
      expect(() => writer.erase('person-3')).toThrow()
      log.files.refusesRename = false
      writer.head()
      expect(verify(log).problems.map(({ code }) => code)).toEqual(['erasure-unfinished'])
      expect(writer.erase('person-3')).toBe(true)
      writer.close()
      expect(verify(log).problems).toEqual([])
    })
  })

  it('reports what a restart found missing behind a signed head', () => {
    const log = writeLog(20)
    const names = log.files
      .list(LOG_FOLDER)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
    log.files.remove(`${LOG_FOLDER}/${names.at(-1) ?? ''}`)
    goOn(log, 5)
    expect(verify(log).problems.map(({ code }) => code)).toContain('lost-records')
  })
})

/** Two lines of keys, each with the key of the other. */
function swappedKeys(...lines: readonly [string, string]): string[] {
  const [one, other] = lines.map((line) => JSON.parse(line) as { readonly key: string })
  return [JSON.stringify({ ...one, key: other?.key }), JSON.stringify({ ...other, key: one?.key })]
}
