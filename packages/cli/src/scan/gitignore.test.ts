import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listFiles } from './list-files.ts'

const FILES = [
  'a.log',
  'b/a.log',
  'b/c/x.txt',
  'build/out.js',
  'src/build/out.js',
  'docs/a/b/c.md',
  'docs/c.md',
  'foo bar.txt',
  '#not',
  'x1.dat',
  'x2.dat',
  'deep/a/b/keep.txt',
  'deep/a/b/drop.txt',
  '.env',
  '.env.example',
  'a.tmp',
  'keep.tmp',
]

const RULES: readonly (readonly [what: string, lines: string])[] = [
  ['a name anywhere', '*.log'],
  ['a folder at the root', '/build/'],
  ['a folder anywhere', 'build/'],
  ['stars over folders', 'docs/**/c.md'],
  ['everything below', 'docs/**'],
  ['a class', 'x[1].dat'],
  ['a negated class', 'x[!1].dat'],
  ['an exception', '*.tmp\n!keep.tmp'],
  ['an exception below an excluded folder, which does not count', 'deep/\n!deep/a/b/keep.txt'],
  ['an exception that counts', 'deep/a/b/*\n!deep/a/b/keep.txt'],
  ['a comment and an escape', '# a.log\n\\#not'],
  ['spaces', 'foo\\ bar.txt  '],
  ['dot files', '.env*\n!.env.example'],
  ['a question mark', 'x?.dat'],
]

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-ignore-'))
  for (const file of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  execFileSync('git', ['init', '-q', folder])
})
afterAll(() => rmSync(folder, { recursive: true }))

it.each(RULES)('reads %s as git does', (_, lines) => {
  writeFileSync(join(folder, '.gitignore'), `${lines}\n`)
  const git = execFileSync('git', ['-C', folder, 'ls-files', '-z', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  expect(listFiles(folder).files.toSorted()).toEqual(
    git
      .split('\0')
      .filter((file) => file !== '')
      .toSorted(),
  )
})
