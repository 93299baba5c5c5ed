import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../load-config.ts'
import { runCli } from '../testing/run-cli.ts'
import { withIgnored } from './starter.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-init-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const init = (args: readonly string[], input = '') => runCli(['init', '--dir', folder, ...args], input)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const written = () => {
  const loaded = loadConfig(read('sallyport.yaml'))
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.value
}

describe('init', () => {
  it('writes a valid, harmless configuration without a question', async () => {
    expect((await init(['--yes'])).code).toBe(0)
    expect(written()).toMatchObject({ preset: 'recommended', gateway: { demoModel: true, upstreams: [] } })
    const check = await runCli(['config', 'check', join(folder, 'sallyport.yaml'), '--fail-on', 'low'])
    expect([check.code, check.out]).toEqual([0, expect.stringContaining('no risky settings')])
    expect(read('.gitignore')).toBe('# Sallyport: secrets, keys and database\n.env\ndata/\n')
  })

  it('takes every answer from options', async () => {
    const options = ['--preset', 'strict', '--upstream', 'https://api.openai.com/v1', '--key-variable', 'MY_KEY']
    await init([...options, '--models', 'gpt-5-mini,org/model:x', '--max-tokens', '4096', '--port', '9000', '--yes'])
    expect(written()).toMatchObject({
      preset: 'strict',
      gateway: {
        listen: { host: '127.0.0.1', port: 9_000 },
        demoModel: false,
        maxTokens: 4_096,
        upstreams: [
          {
            name: 'openai',
            baseUrl: 'https://api.openai.com/v1',
            apiKey: 'env:MY_KEY',
            models: ['gpt-5-mini', 'org/model:x'],
          },
        ],
      },
    })
    expect(read('.env.example')).toMatch(/^MY_KEY=$/m)
  })

  it('asks for what options do not say; an empty answer takes the default', async () => {
    const { code, err } = await init(['--port', '9001'], 'strict\nhttp://localhost:11434/v1\n\n\n')
    expect(code).toBe(0)
    expect(err).toContain('Preset')
    expect(err).not.toContain('Port')
    const { upstreams, listen } = written().gateway
    expect(listen.port).toBe(9_001)
    expect(upstreams).toMatchObject([{ name: 'local', baseUrl: 'http://localhost:11434/v1', models: ['*'] }])
  })

  it('takes all defaults when the input ends', async () => {
    expect((await init([], '')).code).toBe(0)
    expect(written()).toMatchObject({ preset: 'recommended' })
  })

  it('never writes over a file unless told to', async () => {
    writeFileSync(join(folder, 'sallyport.yaml'), 'preset: strict\n')
    writeFileSync(join(folder, '.env.example'), 'MINE=1\n')
    const refused = await init(['--yes'])
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--force')])
    expect(read('sallyport.yaml')).toBe('preset: strict\n')
    expect(existsSync(join(folder, '.gitignore'))).toBe(false)
    expect((await init(['--yes', '--force'])).code).toBe(0)
    expect(read('sallyport.yaml')).not.toBe('preset: strict\n')
  })

  it('says what is wrong with a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'taken'), '')
    const { code, err } = await runCli(['init', '--yes', '--dir', join(folder, 'taken', 'inner')])
    expect([code, err]).toEqual([2, expect.stringMatching(/^sallyport: .*taken.inner cannot be used: .*ENOTDIR/)])
  })

  it('keeps the .env.example of a project that has one', async () => {
    writeFileSync(join(folder, '.env.example'), 'MINE=1\n')
    const { out } = await init(['--yes'])
    expect(read('.env.example')).toBe('MINE=1\n')
    expect(out).not.toContain('.env.example')
  })

  it.each([
    [['--upstream', 'ftp://a.example'], 'https://'],
    [['--upstream', 'https://a.example', '--key-variable', `sk-${'a'.repeat(30)}`], 'never the key itself'],
    [['--upstream', 'https://u:p@a.example/v1'], 'user name'],
    [['--upstream', 'https://a.example', '--models', 'a b'], 'models'],
  ])('refuses %j and writes nothing', async (options, hint) => {
    const { code, err } = await init([...options, '--yes'])
    expect([code, err]).toEqual([2, expect.stringContaining(hint)])
    expect(existsSync(join(folder, 'sallyport.yaml'))).toBe(false)
  })

  it.each([
    ['', '# Sallyport: secrets, keys and database\n.env\ndata/\n'],
    ['node_modules', 'node_modules\n\n# Sallyport: secrets, keys and database\n.env\ndata/\n'],
    ['.env\n', '.env\n\n# Sallyport: secrets, keys and database\ndata/\n'],
    ['/.env\r\n/data\r\n', undefined],
  ])('adds to the ignore file %j only what it lacks', (before, after) => {
    expect(withIgnored(before)).toBe(after)
  })
})
