import { rmSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { writeRecord } from './record-line.ts'
import { putOnDisk, temporaryFolder, writeLog } from './testing/log-fixture.ts'
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
