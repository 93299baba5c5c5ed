import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { AuditEvent } from '../audit-event.ts'
import { canonicalJson } from '../../guard/canonical-json.ts'
import type { JsonValue } from '../../guard/canonical-json.ts'
import { LogWriter } from './log-writer.ts'
import { readRecord } from './record-line.ts'
import { eventNumber, LOG_FOLDER, putOnDisk } from './testing/log-fixture.ts'
import { VolatileFiles } from './testing/volatile-files.ts'
import { verifyLog } from './verify-log.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function idsIn(files: VolatileFiles): Set<string> {
  const ids = new Set<string>()
  for (const [path, content] of files.entries()) {
    if (!path.endsWith('.jsonl')) continue
    for (const line of content.toString('utf8').split('\n')) {
      const record = readRecord(Buffer.from(line))
      const { id } = JSON.parse(record?.event ?? '{}') as AuditEvent
      if (id !== undefined) ids.add(id)
    }
  }
  return ids
}

function verify(files: VolatileFiles) {
  const folder = putOnDisk(files.entries())
  folders.push(folder)
  return verifyLog(folder)
}

/** Writes through some losses of power; gives the events that were acknowledged and are gone. */
function lostOver(
  files: VolatileFiles,
  rounds: readonly { readonly commits: number; readonly kept: number }[],
): string[] {
  const acknowledged: string[] = []
  let number = 0
  for (const { commits, kept } of rounds) {
    const writer = new LogWriter({ folder: LOG_FOLDER, files, segmentBytes: 3_000, headEvery: 7 })
    for (let commit = 0; commit < commits; commit++) {
      const events = [eventNumber(++number), eventNumber(++number)]
      writer.commit(events)
      acknowledged.push(...events.map(({ id }) => id ?? ''))
    }
    files.losePower(kept)
  }
  const found = idsIn(files)
  return acknowledged.filter((id) => !found.has(id))
}

describe('LogWriter', () => {
  const rounds = fc.array(fc.record({ commits: fc.nat(12), kept: fc.constantFrom(0, 0.3, 0.9) }), {
    minLength: 1,
    maxLength: 4,
  })

  it('loses no acknowledged event when the power goes, and goes on with a chain that verifies', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        const files = new VolatileFiles()
        expect(lostOver(files, all)).toEqual([])
        new LogWriter({ folder: LOG_FOLDER, files }).close()
        expect(verify(files).problems).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('would lose acknowledged events without the sync (control)', () => {
    const unsynced = new VolatileFiles({ keepsPromises: false })
    expect(lostOver(unsynced, [{ commits: 5, kept: 0 }])).toHaveLength(10)
  })

  it('writes canonical JSON (RFC 8785), so that a verifier that parses it computes the same hashes', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files })
    writer.commit([eventNumber(1), { ...eventNumber(2), timings: { b: 1.5, a: 1e21, C: -0 }, detail: 'é\u2028"' }])
    writer.erase('person-1')
    writer.commitGap({ count: 1, from: '', to: '', reason: 'test' })
    writer.close()
    const lines = (files.read(`${LOG_FOLDER}/0000000000000001.jsonl`)?.toString('utf8') ?? '').split('\n').slice(0, -1)
    expect(lines.length).toBeGreaterThan(6)
    for (const line of lines) {
      const { hash, ...rest } = JSON.parse(line) as { readonly hash: string; readonly [name: string]: JsonValue }
      expect(line).toBe(canonicalJson({ hash, ...rest }))
      expect(hash).toBe(createHash('sha256').update(canonicalJson(rest)).digest('hex'))
    }
  })

  it('leaves no record of a person whose key is not on disk, also when the power goes between write and sync', () => {
    const moments: ReturnType<VolatileFiles['entries']>[] = []
    class Watched extends VolatileFiles {
      override open(path: string) {
        const file = super.open(path)
        const sync = () => {
          if (path.endsWith('.jsonl')) moments.push(this.survivors((name) => name.endsWith('.jsonl')))
          file.sync()
        }
        return { ...file, sync }
      }
    }
    const writer = new LogWriter({ folder: LOG_FOLDER, files: new Watched() })
    for (let number = 1; number <= 5; number++) writer.commit([eventNumber(number)])
    expect(moments.length).toBeGreaterThan(5)
    for (const moment of moments) {
      const folder = putOnDisk(moment)
      folders.push(folder)
      expect(verifyLog(folder).problems.filter(({ code }) => code === 'names-missing')).toEqual([])
    }
    expect(verifyLog(folders.at(-1) ?? '').lastSeq).toBe(7)
  })

  it('mends a torn tail: moves it aside and says so in a signed record', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files })
    writer.commit([eventNumber(1)])
    const segment = files.open(`${LOG_FOLDER}/0000000000000001.jsonl`)
    segment.write(Buffer.from('{"event":{"id":"half'))
    segment.sync()
    new LogWriter({ folder: LOG_FOLDER, files }).close()
    expect(verify(files)).toMatchObject({ isIntact: true, recoveries: 1 })
    expect(files.entries().filter(([path]) => path.endsWith('.torn'))).toHaveLength(1)
  })

  it('writes a batch whole or not at all when the disk is full, and goes on when there is room', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files })
    writer.commit([eventNumber(1)])
    // Half of the key of a new person, later half of a record.
    for (const room of [100, 0, 250, 0]) {
      files.room = room
      expect(() => writer.commit([eventNumber(2)])).toThrow('full')
    }
    files.room = Number.POSITIVE_INFINITY
    writer.commit([eventNumber(3)])
    writer.close()
    expect(verify(files)).toMatchObject({ isIntact: true, problems: [] })
    expect([...idsIn(files)]).toEqual(['event-1', 'event-3'])
  })

  it('writes each event once also when the head beside the log cannot be replaced', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files, headEvery: 2 })
    files.refusesRename = true
    for (let number = 1; number <= 6; number++) writer.commit([eventNumber(number)])
    expect(() => writer.head()).toThrow()
    files.refusesRename = false
    writer.close()
    expect(verify(files)).toMatchObject({ isIntact: true, problems: [] })
    const text = files.read(`${LOG_FOLDER}/0000000000000001.jsonl`)?.toString('utf8') ?? ''
    expect(text.match(/"id":"event-/g)).toHaveLength(6)
  })

  it('refuses to begin anew where a signed head says that there were records', () => {
    const files = new VolatileFiles()
    new LogWriter({ folder: LOG_FOLDER, files }).close()
    for (const name of files.list(LOG_FOLDER)) if (name.endsWith('.jsonl')) files.remove(`${LOG_FOLDER}/${name}`)
    expect(() => new LogWriter({ folder: LOG_FOLDER, files })).toThrow('is gone')
  })

  it('keeps only the fields of an event, so that text given by mistake never reaches the disk', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files })
    const careless = { ...eventNumber(1), prompt: 'my secret text', actor: { user: 'ann', text: 'my secret text' } }
    writer.commit([careless as AuditEvent, { ...eventNumber(2), detail: `x${'y'.repeat(5_000)}\ud800` }])
    writer.close()
    const content = files
      .entries()
      .map(([, bytes]) => bytes.toString('utf8'))
      .join('')
    expect(content).not.toContain('my secret text')
    expect(content).not.toContain('y'.repeat(400))
    expect(content).not.toContain('ann"')
    expect(verify(files).problems).toEqual([])
  })

  it('does not let an event pass for a record of the log itself', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files })
    writer.commit([{ ...eventNumber(1), type: 'log-gap' as AuditEvent['type'], count: 7 }])
    writer.close()
    expect(verify(files).lostEvents).toBe(0)
  })
})
