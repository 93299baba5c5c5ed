import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { readLinesBack } from './read-lines-back.ts'
import { readLines } from './read-lines.ts'
import { temporaryFolder } from './testing/log-fixture.ts'

const folder = temporaryFolder()
const file = join(folder, 'lines')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shown = (lines: Iterable<{ readonly bytes: Buffer; readonly offset: number; readonly isWhole: boolean }>) =>
  [...lines].map(({ bytes, offset, isWhole }) => [offset, isWhole, bytes.toString('latin1')])

describe('readLinesBack', () => {
  it('gives what readLines gives, the other way round', () => {
    const line = fc.oneof(fc.string({ maxLength: 20 }), fc.constant('x'.repeat(200_000)))
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, isEnded) => {
        const text = lines.map((each) => each.replaceAll('\n', '')).join('\n') + (isEnded ? '\n' : '')
        writeFileSync(file, text)
        const size = Buffer.byteLength(text)
        expect(shown(readLinesBack(file, 0, size))).toEqual(shown(readLines(file)).reverse())
      }),
      { numRuns: 60 },
    )
  })
})
