import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { posix, win32 } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confinedPath } from './node/confined-path.ts'
import { sanitizeForNode } from './node/sanitize-for-node.ts'
import { confinePath } from './path.ts'

const OUTSIDE = [
  '../x',
  '..',
  'a/../../x',
  '/etc/passwd',
  '\\windows\\x',
  'C:\\x',
  'c:/x',
  '//host/share',
  '\\\\host\\share',
  '..\\..\\x',
  'a\\..\\..\\x',
  '%2e%2e%2fx',
  '%2e%2e/x',
  '..%2fx',
  '..%5cx',
  '%252e%252e%252fx',
  '..%c0%afx',
  '%c0%ae%c0%ae/x',
  '..%u2215x',
  '．．／x',
  '..\u2215x',
  '..\0/x',
  'a\0b',
  '~/x',
  '~root/x',
  'file:///etc/passwd',
  '.. /x',
  '... /../../x',
  'a/..../../../../x',
  '%2fetc/passwd',
  '..;\n/x',
  '..;/..;x=1/x',
  '%%32%65%%32%65/x',
  '..%%32%66x',
  '0x2e0x2e0x2fx',
  '..%c1%9cx',
  '.?/x',
  '%25c0%25ae%25c0%25ae/x',
  '%f0%80%80%ae%f0%80%80%ae/x',
  '..\u200b/x',
  '\u00ad../x',
  '.\\./x',
  'a/%00/x',
  'a\u0085b',
  'CON',
  'sub/nul.txt',
  'com\u00b9 .log',
  'a.txt::$DATA',
]

describe('confinePath', () => {
  it.each(OUTSIDE)('refuses %j', (path) => {
    expect(confinePath(path, { root: '/srv/files' }).ok).toBe(false)
  })

  it.each([
    ['a.txt', '/srv/files/a.txt'],
    ['./a//b/', '/srv/files/a/b'],
    ['a/../b.txt', '/srv/files/b.txt'],
    ['..a/b..', '/srv/files/..a/b..'],
    ['a b/ü.txt', '/srv/files/a b/ü.txt'],
    ['%20x', '/srv/files/%20x'],
    ['100%.txt', '/srv/files/100%.txt'],
    ['caf%c3%a9/%e2%82%ac/%f0%9f%98%80', '/srv/files/caf%c3%a9/%e2%82%ac/%f0%9f%98%80'],
    ['console/auxiliary/12:30;x.log', '/srv/files/console/auxiliary/12:30;x.log'],
    ['sub\\dir\\x', '/srv/files/sub/dir/x'],
    ['', '/srv/files'],
  ])('keeps %j inside', (path, expected) => {
    expect(confinePath(path, { root: '/srv/files/' })).toMatchObject({ ok: true, value: expected })
  })

  it('never leaves the root, read by POSIX or Windows rules', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', '%2e', '%2f', '%', '．', ' ', 'C:', '~', '....', ';')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const result = confinePath(pieces.join(''), { root: '/srv/files' })
        if (!result.ok) return
        for (const path of [posix, win32]) {
          expect(path.relative('/srv/files', path.resolve(result.value))).not.toMatch(/^\.\.(?:[\\/]|$)/)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('confinedPath', () => {
  let folder: string
  let root: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'confined-'))
    root = join(folder, 'root')
    await mkdir(join(root, 'sub'), { recursive: true })
    await mkdir(join(folder, 'outside'))
    await writeFile(join(folder, 'outside', 'secret'), 'x')
    await writeFile(join(root, 'sub', 'file'), 'x')
    await symlink(join(folder, 'outside'), join(root, 'out'))
    await symlink(join(folder, 'outside', 'secret'), join(root, 'link'))
    await symlink(join(folder, 'outside', 'not-yet'), join(root, 'dangling'))
    await symlink(join(root, 'sub'), join(root, 'in'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each(['out/secret', 'out', 'link', 'dangling', 'out/new', '../outside/secret'])('refuses %s', (path) => {
    expect(confinedPath(path, { root }).ok).toBe(false)
  })

  it.each(['sub/file', 'in/file', 'sub/new', 'new/deep/file'])('allows %s', (path) => {
    const result = confinedPath(path, { root })
    expect(result.ok && relative(root, result.value).startsWith('..')).toBe(false)
    expect(result.ok).toBe(true)
  })

  it('keeps the spelling of the root and resolves the links in it', () => {
    expect(confinedPath('in/file', { root: `${root}/` })).toMatchObject({ ok: true, value: `${root}/sub/file` })
    expect(confinedPath('x', { root: join(folder, 'none') })).toMatchObject({ ok: true, value: join(folder, 'none/x') })
  })

  it('refuses what cannot be looked at', () => {
    expect(confinedPath('x'.repeat(5000), { root }).ok).toBe(false)
  })

  it.each(['out/secret', 'dangling'])('refuses %s as a target chosen by name', (path) => {
    expect(() => sanitizeForNode('path', path, { root })).toThrow('path-outside-root')
    expect(sanitizeForNode('path', 'in/file', { root }).text).toBe(`${root}/sub/file`)
    expect(sanitizeForNode('shell', 'a b').text).toBe("'a b'")
  })
})
