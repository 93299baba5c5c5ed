import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { LogWriter } from './log-writer.ts'
import { writeRecord } from './record-line.ts'
import { eventNumber, LOG_FOLDER, putOnDisk, temporaryFolder, writeLog } from './testing/log-fixture.ts'
import { VolatileFiles } from './testing/volatile-files.ts'
import { verifyLog } from './verify-log.ts'

const log = writeLog()
const entries = log.files.entries()
const segments = entries.filter(([path]) => path.endsWith('.jsonl')).sort(([a], [b]) => (a < b ? -1 : 1))
const others = entries.filter(([path]) => !path.endsWith('.jsonl'))
const lines = segments.flatMap(([path, content], segment) =>
  content
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => ({ path, segment, line })),
)
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const scratch = temporaryFolder()
folders.push(scratch)

function verify(files: readonly (readonly [string, Buffer])[], rest = others) {
  rmSync(scratch, { recursive: true, force: true })
  return verifyLog(putOnDisk([...files, ...rest], scratch))
}

/** The segments with these lines; a segment without lines is gone. */
function withLines(changed: readonly { readonly path: string; readonly line: string }[]): [string, Buffer][] {
  const files = new Map<string, string>()
  for (const { path, line } of changed) files.set(path, `${files.get(path) ?? ''}${line}\n`)
  return [...files].map(([path, content]) => [path, Buffer.from(content)])
}

const anyLine = fc.nat(lines.length - 1)

describe('verifyLog', () => {
  it('finds nothing in a log nobody touched', () => {
    const report = verify(segments)
    expect(report.problems).toEqual([])
    expect(report).toMatchObject({ isIntact: true, records: lines.length, signedThrough: lines.length })
    expect(report.segments).toBeGreaterThan(3)
  })

  it('finds any byte that was changed', () => {
    const files = [...segments, ...others.filter(([path]) => path.endsWith('head.json'))]
    fc.assert(
      fc.property(fc.nat(files.length - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), (which, where, flip) => {
        const [path, content] = files[which] ?? fail()
        const changed = Buffer.from(content)
        const at = where % content.length
        changed[at] = (changed[at] ?? 0) ^ flip
        const all = entries.map(([name, bytes]) => [name, name === path ? changed : bytes] as const)
        expect(verify(all, []).isIntact).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('finds any record that was deleted', () => {
    fc.assert(
      fc.property(anyLine, (at) => {
        expect(verify(withLines(lines.filter((_, index) => index !== at))).isIntact).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('finds a record that was inserted, also one whose own hash is right', () => {
    fc.assert(
      fc.property(anyLine, fc.constantFrom('copy', 'forged'), (at, how) => {
        const { path, line } = lines[at] ?? fail()
        const before = JSON.parse(line) as { seq: number; hash: string }
        const forged = writeRecord(
          before,
          '{"severity":"info","type":"stop"}',
          '2026-01-01T00:00:00.000Z',
        ).line.trimEnd()
        const changed = lines.toSpliced(at + 1, 0, { path, segment: 0, line: how === 'copy' ? line : forged })
        expect(verify(withLines(changed)).isIntact).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('finds two records that were swapped', () => {
    fc.assert(
      fc.property(anyLine, anyLine, (a, b) => {
        fc.pre(a !== b)
        const [one, other] = [lines[a] ?? fail(), lines[b] ?? fail()]
        const changed = lines.with(a, { ...one, line: other.line }).with(b, { ...other, line: one.line })
        expect(verify(withLines(changed)).isIntact).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('finds a log cut off at any byte', () => {
    fc.assert(
      fc.property(fc.nat(segments.length - 1), fc.nat(), (which, where) => {
        const [path, content] = segments[which] ?? fail()
        const cut = content.subarray(0, where % content.length)
        expect(verify([...segments.slice(0, which), [path, cut]]).isIntact).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  it('finds a segment that is missing', () => {
    for (const [gone] of segments) expect(verify(segments.filter(([path]) => path !== gone)).isIntact).toBe(false)
  })

  it('finds a change after which all later records were hashed anew', () => {
    fc.assert(
      fc.property(anyLine, (at) => {
        let state = { seq: at, hash: at === 0 ? '0'.repeat(64) : hashOf(lines[at - 1]?.line) }
        const rehashed = lines.map(({ path, line }, index) => {
          if (index < at) return { path, line }
          const { event, time } = parts(line)
          const record = writeRecord(state, index === at ? '{"severity":"info","type":"stop"}' : event, time)
          state = record.state
          return { path, line: record.line.trimEnd() }
        })
        expect(verify(withLines(rehashed)).isIntact).toBe(false)
      }),
      { numRuns: 40 },
    )
  })
})

describe('verifyLog and any other edit', () => {
  const whole = Buffer.concat(segments.map(([, content]) => content))
  /** Bytes an attacker may write: made up, or taken from elsewhere in the log. */
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(fc.nat(whole.length), fc.nat(900)).map(([from, size]) => whole.subarray(from, from + size)),
  )

  it('finds any range of bytes that was cut out or replaced by others, be it in several places', () => {
    const edit = fc.record({ segment: fc.nat(segments.length - 1), at: fc.nat(), size: fc.nat(700), bytes: anyBytes })
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const changed = segments.map(([path, content]) => [path, content] as const)
        for (const { segment, at, size, bytes } of edits) {
          const [path, content] = changed[segment] ?? fail()
          const from = at % (content.length + 1)
          changed[segment] = [
            path,
            Buffer.concat([content.subarray(0, from), bytes, content.subarray(Math.min(content.length, from + size))]),
          ]
        }
        const isSame = changed.every(([, content], index) => content.equals(segments[index]?.[1] ?? fail()))
        expect(verify(changed).isIntact).toBe(isSame)
      }),
      { numRuns: 150 },
    )
  })

  it('finds an open log cut off anywhere, or names the records behind the last head as unknown; an anchor tells', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files, headEvery: 1_000 })
    for (let number = 1; number <= 6; number++) writer.commit([eventNumber(number)])
    writer.head()
    const signed = writer.state.seq - 1
    for (let number = 7; number <= 14; number++) writer.commit([eventNumber(number)])
    const open = files.entries()
    const last = writer.state.seq
    const anchor = writer.head()
    const [path, content] = open.find(([name]) => name.endsWith('.jsonl')) ?? fail()
    const rest = open.filter(([name]) => name !== path)
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.boolean(), (at, isAtRecord) => {
        const end = isAtRecord ? content.subarray(0, at).lastIndexOf(0x0a) + 1 : at
        const cut = [[path, content.subarray(0, end)] as const]
        const report = verify(cut, rest)
        if (report.isIntact) {
          expect(report.lastSeq).toBeGreaterThanOrEqual(signed)
          if (report.lastSeq > report.signedThrough) {
            expect(report.unknown.join()).toContain(
              `Records ${report.signedThrough + 1} to ${report.lastSeq} are newer`,
            )
          }
          expect(report.unknown.join()).toContain('Without an anchor')
        }
        expect(report.lastSeq).toBeLessThan(last)
        rmSync(scratch, { recursive: true, force: true })
        const known = verifyLog(putOnDisk([...cut, ...rest], scratch), { anchors: [anchor] })
        expect(known.problems.map(({ code }) => code)).toContain('truncated')
      }),
      { numRuns: 60 },
    )
  })

  it('cannot know that an older state was put back whole, says so, and is told by an anchor', () => {
    const files = new VolatileFiles()
    const writer = new LogWriter({ folder: LOG_FOLDER, files, segmentBytes: 3_000 })
    const states: (readonly (readonly [string, Buffer])[])[] = []
    for (let number = 1; number <= 20; number++) {
      writer.commit([eventNumber(number)])
      writer.head()
      states.push(files.entries().map(([name, content]) => [name, Buffer.from(content)] as const))
    }
    const anchor = writer.head()
    fc.assert(
      fc.property(fc.nat(states.length - 2), (at) => {
        const report = verify([], [...(states[at] ?? fail())])
        expect(report.isIntact).toBe(true)
        expect(report.unknown.join()).toContain('put back an older state')
        rmSync(scratch, { recursive: true, force: true })
        const known = verifyLog(putOnDisk(states[at] ?? fail(), scratch), { anchors: [anchor] })
        expect(known.problems.map(({ code }) => code)).toContain('truncated')
      }),
      { numRuns: 19 },
    )
  })
})

function parts(line: string): { readonly event: string; readonly time: string } {
  const [event = '', rest = ''] = line.slice('{"event":'.length).split(',"hash":"')
  return { event, time: (JSON.parse(`{"hash":"${rest}`) as { time: string }).time }
}

function hashOf(line: string | undefined): string {
  return (JSON.parse(line ?? '') as { hash: string }).hash
}

function fail(): never {
  throw new Error('There is no such line.')
}
