import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

describe('makeFolder', () => {
  let base: string
  beforeEach(() => void (base = mkdtempSync(join(tmpdir(), 'sallyport-test-'))))
  afterEach(() => rmSync(base, { recursive: true }))

  it('makes every missing folder for its owner alone, and is content with one that is there', () => {
    const path = join(base, 'a', 'b', 'c')
    makeFolder(path)
    makeFolder(path)
    for (const each of [path, join(base, 'a')]) expect(statSync(each).mode & 0o777).toBe(0o700)
  })

  it.each([
    ['the folder', 'EEXIST', ['file']],
    ['a folder above it', 'ENOTDIR', ['file', 'inside', 'deeper']],
  ])('says so when a file is in the place of %s', (_, code, steps) => {
    writeFileSync(join(base, 'file'), '')
    expect(() => makeFolder(join(base, ...steps))).toThrow(expect.objectContaining({ code }))
  })

  it.skipIf(process.platform !== 'linux').each(['/proc/sallyport', '/proc/sallyport/deeper'])(
    'ends where nobody can make a folder: %s',
    (path) => expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'ENOENT' })),
  )
})
