import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.ts'
import { scanPath } from './scan.ts'
import { scanStaged } from './staged.ts'

const KEY = ['ghp', '_', 'r7Kx2mQ9vLp4Wn8Tz1Ys6Hd3', 'Gf5Jb0Ac2ERq'].join('')
const SECRET = `export const token = '${KEY}'\n`
const ANYTHING = JSON.stringify({ permissions: { allow: ['Bash(*)'] } })

let folder = ''
const git = (...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-staged-'))
  git('init', '-q')
})
afterEach(() => rmSync(folder, { recursive: true }))

const found = (report: Awaited<ReturnType<typeof scanStaged>>): readonly string[] | undefined =>
  report?.findings.map(({ file, rule }) => `${file} ${rule}`)

it('looks at what would be committed, whatever the file on disk says by now', async () => {
  mkdirSync(join(folder, '.claude'))
  write('a.ts', SECRET)
  write('.claude/settings.json', ANYTHING)
  symlinkSync('a.ts', join(folder, 'link'))
  git('add', '.')
  write('a.ts', 'export const token = process.env.TOKEN\n')
  write('later.ts', SECRET)
  expect(found(await scanStaged(folder))).toEqual(['.claude/settings.json unbounded-tool', 'a.ts secret'])
  git('commit', '-qm', 'one')
  expect(found(await scanStaged(folder))).toEqual([])
  git('rm', '-q', '-f', 'a.ts')
  expect(found(await scanStaged(folder))).toEqual([])
})

it('stops a commit as a hook', async () => {
  write('a.ts', SECRET)
  git('add', '.')
  expect((await runCli(['scan', '--staged', folder])).code).toBe(1)
  expect((await runCli(['scan', '--staged', folder, folder])).code).toBe(2)
  const { code, err } = await runCli(['scan', '--staged', tmpdir()])
  expect(code).toBe(2)
  expect(err).toContain('no git repository')
})

it('knows what a single file is by where it stands', async () => {
  mkdirSync(join(folder, '.claude'))
  write('.claude/settings.json', ANYTHING)
  const whole = await scanPath(folder)
  const single = await scanPath(join(folder, '.claude/settings.json'))
  expect(single).toEqual({ ...whole, root: folder })
  rmSync(join(folder, '.git'), { recursive: true })
  expect(found(await scanPath(join(folder, '.claude/settings.json')))).toEqual(['.claude/settings.json unbounded-tool'])
})

it('reads what .gitignore names when it was committed all the same', async () => {
  write('.env', `GITHUB_TOKEN=${KEY}\n`)
  git('add', '.')
  write('.gitignore', '.env\nlocal.ts\n')
  write('local.ts', SECRET)
  expect(found(await scanPath(folder))).toEqual(['.env secret'])
  expect(found(await scanPath(folder, { exclude: ['.env'] }))).toEqual([])
})
