import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from 'sallyport/config'
import { configFileSchema, configJsonSchema } from '@sallyport/gateway'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../testing/run-cli.ts'
import type { Risk } from './risks.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(text: string): string {
  const path = join(folder, 'sallyport.yaml')
  writeFileSync(path, text)
  return path
}

describe('config check', () => {
  it('reports every problem at once, each with its line and what was meant', async () => {
    const path = file(
      [
        'presett: strict',
        'guards:',
        '  pi: { enabled: true }',
        '  pii: { options: { packz: all } }',
        'exceptions:',
        '  - { guard: nobody, expires: 2027-01-01, reason: x }',
        'gateway: { listen: { prot: 1 } }',
      ].join('\n'),
    )
    const { code, out } = await runCli(['config', 'check', path])
    expect(code).toBe(2)
    for (const hint of [
      /:1:1 presett: .*"preset"/,
      /:3:3 guards\.pi: .*"pii"/,
      /:4:\d+ guards\.pii\.options\.packz: .*"packs"/,
      /:6:\d+ exceptions\.0\.guard: .*prompt-injection/,
      /:7:\d+ gateway\.listen\.prot: .*"port"/,
    ]) {
      expect(out).toMatch(hint)
    }
  })

  const risksOf = async (text: string, env: Record<string, string> = {}) => {
    const { code, lines } = await runCli(['config', 'check', file(text), '--json'], '', env)
    expect(code).toBe(0)
    return (lines[0]?.['risks'] ?? []) as (Risk & { line?: number })[]
  }

  it.each<[string, string, string, string, number | undefined]>([
    ['a public address', 'gateway: { listen: { host: 0.0.0.0 } }', 'public-host-any-name', 'high', 1],
    [
      'a public address with names',
      'gateway: { listen: { host: 10.0.0.1 }, allowedHosts: [a.example] }',
      'public-host',
      'medium',
      1,
    ],
    [
      'an upstream in the clear',
      'gateway:\n  upstreams:\n    - { name: a, baseUrl: "http://a.example/v1", models: [m] }',
      'plain-http-upstream',
      'high',
      3,
    ],
    [
      'any model',
      'gateway: { upstreams: [{ name: a, baseUrl: "https://a.example", models: ["*"] }] }',
      'any-model',
      'low',
      1,
    ],
    ['the preset monitor', 'preset: monitor', 'preset-monitor', 'high', 1],
    ['a core guard off', 'guards:\n  secrets:\n    enabled: false', 'guard-disabled', 'high', 3],
    ['a core guard off by its actions', 'guards: { pii: { actions: off } }', 'guard-disabled', 'high', 1],
    ['another guard off', 'guards: { unicode: { enabled: false } }', 'guard-disabled', 'medium', 1],
    ['a guard that only watches', 'guards: { pii: { actions: monitor } }', 'guard-weakened', 'medium', 1],
    ['a guard off at one stage', 'guards:\n  pii:\n    actions:\n      output: off', 'guard-weakened', 'high', 4],
    ['failing open', 'guards: { unicode: { failOpen: true } }', 'fail-open', 'medium', 1],
    [
      'an exception for all',
      'exceptions: [{ guard: pii, expires: 2999-01-01, reason: x }]',
      'exception-for-all',
      'high',
      1,
    ],
    [
      'an exception of one code for all',
      'exceptions: [{ guard: pii, code: X, expires: 2999-01-01, reason: x }]',
      'exception-for-all',
      'medium',
      1,
    ],
    [
      'an exception for ever',
      'exceptions: [{ guard: pii, key: k, expires: 2999-01-01, reason: x }]',
      'exception-for-long',
      'low',
      1,
    ],
    [
      'a dead exception',
      'exceptions: [{ guard: pii, key: k, expires: 2020-01-01, reason: x }]',
      'exception-expired',
      'low',
      1,
    ],
    ['images', 'gateway: { permits: [image] }', 'unscannable-part', 'medium', 1],
    ['tools of the provider', 'gateway: { permits: [hosted-tool] }', 'door-past-the-gates', 'high', 1],
    [
      'pages that may claim to be the developer',
      'gateway: { allowedOrigins: ["https://a.example"] }',
      'callers-claim-developer',
      'high',
      1,
    ],
    ['anybody naming users', 'gateway: { keys: { claimUser: true } }', 'callers-claim-users', 'medium', 1],
    ['everybody as proxy', 'gateway: { trustedProxies: ["0.0.0.0/0"] }', 'everybody-is-a-proxy', 'high', 1],
  ])('grades %s', async (_, text, code, grade, line) => {
    expect(await risksOf(text)).toContainEqual(expect.objectContaining({ code, grade, line }))
  })

  it.each([
    [''],
    ['preset: strict'],
    ['gateway: { listen: { host: "::1" } }'],
    ['gateway: { upstreams: [{ name: a, baseUrl: "http://localhost:1234/v1", models: [m] }] }'],
    ['gateway: { upstreams: [{ name: a, baseUrl: "https://a.example", models: ["*"] }], allowedModels: [m] }'],
    ['guards: { pii: { actions: block } }'],
    ['guards: { pii: { actions: { input: { monitor: 0.2, block: 0.9 } } } }'],
    ['gateway: { allowedOrigins: ["https://a.example"], keys: { claimDeveloper: false } }'],
  ])('finds nothing wrong with %j', async (text) => {
    expect(await risksOf(text)).toEqual([])
  })

  it('reports what is wrong in the environment beside what is wrong in the file', async () => {
    const wrong = { MAX_TOKENS: 'x', RATE_LIMIT_RPM: '0' }
    const { code, out } = await runCli(['config', 'check', file('presett: strict')], '', wrong)
    expect(code).toBe(2)
    for (const name of ['presett', ...Object.keys(wrong)]) expect(out).toContain(name)
  })

  it('judges what would run: the environment counts', async () => {
    expect(await risksOf('', { SALLYPORT_HOST: '0.0.0.0' })).toContainEqual(
      expect.objectContaining({ code: 'public-host-any-name' }),
    )
    const bad = await runCli(['config', 'check', file('')], '', { MAX_TOKENS: '1' })
    expect([bad.code, bad.out]).toEqual([2, expect.stringContaining('MAX_TOKENS')])
  })

  it.each([
    ['high', 'gateway: { permits: [image] }', 0],
    ['medium', 'gateway: { permits: [image] }', 1],
    ['low', 'gateway: { permits: [image] }', 1],
    ['low', '', 0],
  ])('with --fail-on %s exits by the worst risk', async (grade, text, code) => {
    expect((await runCli(['config', 'check', file(text), '--fail-on', grade])).code).toBe(code)
  })

  it('says when there is no file', async () => {
    expect((await runCli(['config', 'check', join(folder, 'none.yaml')])).code).toBe(2)
  })
})

describe('config print', () => {
  const secret = `sk-proj-${'a1B2c3D4'.repeat(6)}`

  it('names the origin of each value, and is a configuration itself', async () => {
    const path = file(
      'preset: strict\ngateway:\n  dataDir: ./here\n  upstreams:\n    - name: a\n      baseUrl: https://a.example/v1\n      apiKey: env:A_KEY\n      models: [m]\n',
    )
    const { out, code } = await runCli(['config', 'print', path], '', {
      SALLYPORT_PORT: '9000',
      A_KEY: secret,
      MAX_TOKENS: '500',
    })
    expect(code).toBe(0)
    for (const line of [
      `preset: strict # ${path}:1`,
      `dataDir: ./here # ${path}:3`,
      `apiKey: env:A_KEY # ${path}:7 (set)`,
      'port: 9000 # environment SALLYPORT_PORT',
      'maxTokens: 500 # environment MAX_TOKENS',
      'host: 127.0.0.1 # default',
      'input: block # preset strict',
    ]) {
      expect(out).toContain(line)
    }
    expect(parseConfig(out, configFileSchema)).toMatchObject({ ok: true, value: { preset: 'strict' } })
  })

  it('shows no secret, not even one that does not belong there', async () => {
    const path = file(`guards:\n  content-policy:\n    options:\n      words: ['${secret}']\n`)
    const { out, err } = await runCli(['config', 'print', path], '', {
      OPENAI_API_KEY: secret,
      OPENAI_BASE_URL: 'https://a.example/v1',
      SALLYPORT_BOOTSTRAP_ADMIN_KEY: `sp-admin-${'x'.repeat(40)}`,
    })
    expect(out + err).not.toContain(secret)
    expect(out).not.toContain('xxxx')
    expect(out).toContain('********')
    expect(out).toContain('apiKey: env:OPENAI_API_KEY # environment OPENAI_BASE_URL (set)')
  })

  it('refuses a file with problems', async () => {
    const { code, err } = await runCli(['config', 'print', file('presett: x')])
    expect([code, err]).toEqual([2, expect.stringContaining('"preset"')])
  })
})

describe('config schema', () => {
  it('is what editors need: the draft, every guard with its options, and what each key means', async () => {
    const { out, code } = await runCli(['config', 'schema'])
    expect(code).toBe(0)
    const schema = JSON.parse(out) as Record<string, never>
    expect(schema).toEqual(JSON.parse(JSON.stringify(configJsonSchema())))
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      additionalProperties: false,
      properties: {
        preset: { enum: expect.arrayContaining(['strict']) as string[] },
        guards: { properties: { pii: { properties: { options: { properties: {} } } } } },
        gateway: { properties: { upstreams: { description: expect.any(String) as string } } },
      },
    })
    // An editor must not ask for what has a default.
    expect(schema).not.toHaveProperty('required')
  })
})

describe('keys of upstreams that can be read', () => {
  const groqKey = ['gsk', 'Zq7xW2pL9'.repeat(6)].join('_')
  const check = async (upstream: string, key: string) => {
    const parent = mkdtempSync(join(tmpdir(), 'sallyport-key-format-'))
    const named = join(parent, 'sallyport.yaml')
    writeFileSync(named, `gateway:\n  upstreams:\n    - { name: up, models: [m], apiKey: env:UP_KEY, ${upstream} }\n`)
    try {
      return await runCli(['config', 'check', named, '--json'], '', { UP_KEY: key })
    } finally {
      rmSync(parent, { recursive: true })
    }
  }

  it('are a problem when the gateway would not start with them, and never printed', async () => {
    const { code, lines, out } = await check('baseUrl: "https://api.openai.com/v1"', groqKey)
    expect(code).toBe(2)
    expect(lines[0]).toMatchObject({
      problems: [{ path: 'gateway.upstreams.0.apiKey', line: 3, message: expect.stringContaining('a key of groq') }],
    })
    expect(out).not.toContain(groqKey.slice(4, 16))
  })

  it('are a risk when the gateway would warn of them, and nothing when they are right', async () => {
    const warned = await check('baseUrl: "https://api.openai.com/v1", keyFormat: warn', groqKey)
    expect([warned.code, warned.lines[0]]).toMatchObject([0, { risks: [{ code: 'key-format', grade: 'low' }] }])
    const right = await check('baseUrl: "https://api.groq.com/openai/v1"', groqKey)
    expect([right.code, right.lines[0]]).toMatchObject([0, { problems: [], risks: [] }])
  })
})
