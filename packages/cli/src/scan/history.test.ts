import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { scanHistory } from './history.ts'

const KEY = ['ghp', '_', 'r7Kx2mQ9vLp4Wn8Tz1Ys6Hd3', 'Gf5Jb0Ac2ERq'].join('')
let folder = ''
const git = (...args: string[]): string =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    encoding: 'utf8',
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-history-'))
  git('init', '-q')
  writeFileSync(join(folder, 'a.ts'), `export const token = '${KEY}'\n`)
  git('add', '.')
  git('commit', '-qm', 'one')
  writeFileSync(join(folder, 'a.ts'), 'export const token = process.env.TOKEN\n')
  git('commit', '-qam', 'two')
})
afterAll(() => rmSync(folder, { recursive: true }))

it('finds a key that was removed long ago, and names the commit', async () => {
  const { findings, filesScanned, skipped } = await scanHistory(folder)
  const first = git('rev-list', '--max-parents=0', 'HEAD').trim()
  expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual(['secret-in-history a.ts'])
  expect(findings[0]?.message).toContain(first.slice(0, 12))
  expect(JSON.stringify(findings)).not.toContain(KEY)
  expect({ filesScanned, skipped }).toEqual({ filesScanned: 2, skipped: [] })
})

it('runs nothing that the repository configures', async () => {
  const marker = join(folder, 'ran')
  const touch = `sh -c 'touch ${marker}'`
  for (const name of ['core.fsmonitor', 'core.pager', 'diff.external', 'diff.x.textconv', 'gpg.program', 'pager.log'])
    git('config', name, touch)
  git('config', 'log.showSignature', 'true')
  writeFileSync(join(folder, '.gitattributes'), '*.ts diff=x\n')
  const { filesScanned } = await scanHistory(folder)
  expect(filesScanned).toBe(2)
  expect(readdirSync(folder)).not.toContain('ran')
  // The same configuration does run what it names when git is called without care.
  git('-c', 'core.fsmonitor=', '-c', 'log.showSignature=false', 'diff', 'HEAD~1')
  expect(readdirSync(folder)).toContain('ran')
})

it('says which file of which commit was too long to be judged', async () => {
  const long = mkdtempSync(join(tmpdir(), 'sallyport-longhistory-'))
  const run = (...args: readonly string[]) => execFileSync('git', ['-C', long, ...args], { encoding: 'utf8' })
  run('init', '-q')
  writeFileSync(join(long, 'big.txt'), `${'x'.repeat(99)}\n`.repeat(12_000))
  writeFileSync(join(long, 'small.ts'), `export const token = '${KEY}'\n`)
  run('add', '.')
  run('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'one')
  const { findings, skipped } = await scanHistory(long)
  rmSync(long, { recursive: true })
  expect(skipped).toEqual([
    { file: expect.stringMatching(/^[0-9a-f]{40}:big\.txt$/), reason: expect.stringContaining('characters') },
  ])
  expect(findings).toHaveLength(1)
})

it('says that there is no history', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'sallyport-nohistory-'))
  const { skipped } = await scanHistory(empty)
  rmSync(empty, { recursive: true })
  expect(skipped[0]?.reason).toContain('no git repository')
})

it('finds a key that came in while a conflict was solved, and is not led astray by lines like headers', async () => {
  const merged = mkdtempSync(join(tmpdir(), 'sallyport-mergehistory-'))
  const run = (...args: readonly string[]) =>
    execFileSync('git', ['-C', merged, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  const write = (text: string): void => writeFileSync(join(merged, 'a.ts'), text)
  run('init', '-q', '-b', 'main')
  write('one\n')
  run('add', '.')
  run('commit', '-qm', 'one')
  run('checkout', '-qb', 'side')
  write('two\n')
  run('commit', '-qam', 'two')
  run('checkout', '-q', 'main')
  write('three\n')
  run('commit', '-qam', 'three')
  expect(() => run('merge', '-q', 'side')).toThrow()
  write(`++ b/elsewhere.test.ts\nexport const token = '${KEY}'\n`)
  run('commit', '-qam', 'merge')
  write('four\n')
  run('commit', '-qam', 'four')
  const { findings } = await scanHistory(merged)
  rmSync(merged, { recursive: true })
  expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual(['secret-in-history a.ts'])
})
