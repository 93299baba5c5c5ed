import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../compose/compile-rules.ts'
import { RuleScan } from '../../compose/rule-scan.ts'
import type { GuardDefinition } from '../../guard/guard.ts'
import { literalsCover } from '../../text/pattern/index.ts'
import { secrets } from './index.ts'
import { PROVIDER_ROWS, SECRET_ROWS } from './secret-rows.ts'
import { ASSIGNMENT, type SecretRow } from './secret-row.ts'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const BASE64 = `${ALPHANUMERIC}+/`
const HEX = '0123456789abcdef'

function compile(options: object = {}): ReturnType<typeof compileRules> {
  const rules = secrets.rules?.(secrets.options.parse(options)) ?? []
  return compileRules([{ guard: secrets as GuardDefinition, rules, holds: () => true }], 'input', 'user')
}

const compiled = compile()

interface Found {
  readonly code: string
  readonly confidence: number
  readonly start: number
  readonly end: number
}

function find(text: string, rules = compiled): Found[] {
  return Array.from(new RuleScan(rules).push(text, true), ({ rule, confidence, start, end }) => ({
    code: rule.rule.code,
    confidence,
    start,
    end,
  }))
}

const lines = (name: string): string[] =>
  readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')

const key = randomText(ALPHANUMERIC, 32, 7)
const hex = randomText(HEX, 40, 3)
const password = `${randomText('abcdefghijkmnopqrstuvwxyz', 5, 2)}7!${randomText('ABCDEFGHJKLMNPQRSTUVWXYZ', 3, 5)}4`
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const body = Array.from({ length: 6 }, (_, index) => randomText(BASE64, 64, index + 1)).join('\n')
const pem = (kind: string): string => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`

/** Values for the templates of the case files, by name. */
const VALUES: Readonly<Record<string, string>> = {
  key,
  hex,
  password,
  uuid: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`,
  pkcs8: pem('PRIVATE KEY'),
  rsa: pem('RSA PRIVATE KEY'),
  openssh: pem('OPENSSH PRIVATE KEY'),
  pgp: pem('PGP PRIVATE KEY BLOCK'),
  cutpem: pem('EC PRIVATE KEY').slice(0, 220),
  shortpem: `-----BEGIN RSA PRIVATE KEY-----\n${body.slice(0, 16)}\n-----END RSA PRIVATE KEY-----`,
  diffpem: pem('EC PRIVATE KEY').replaceAll(/^/gm, '-'),
  pgpversion: pem('PGP PRIVATE KEY BLOCK').replace('\n', '\nVersion: GnuPG v1.4.12 (GNU/Linux)\n\n'),
  proctype: pem('RSA PRIVATE KEY').replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n'),
  pemstart: `-----BEGIN RSA ${'PRIVATE KEY'}-----`,
  pemend: `-----END RSA ${'PRIVATE KEY'}-----`,
  jsonpem: pem('PRIVATE KEY').replaceAll('\n', '\\n'),
  publicpem: pem('PUBLIC KEY'),
  certificate: pem('CERTIFICATE'),
  putty: `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: me\nPublic-Lines: 2\n${randomText(BASE64, 64, 1)}\nPrivate-Lines: 1\n${randomText(BASE64, 64, 2)}\n`,
  age: `AGE-SECRET-KEY-1${randomText('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58, 4)}`,
  jwt: `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: '42', name: 'A. Person' })}.${randomText(ALPHANUMERIC, 43, 9)}`,
  basic: base64(`deploy:${password}`),
  basicplaceholder: base64('user:password'),
  github: `ghp_${randomText(ALPHANUMERIC, 36, 11)}`,
  githubBase64: base64(`token ghp_${randomText(ALPHANUMERIC, 36, 11)} end`),
  azure: `aB3${'8'}Q~${randomText(ALPHANUMERIC, 34, 21)}`,
  sas: `${randomText(ALPHANUMERIC, 43, 22)}%3D`,
  hex64: randomText(HEX, 64, 23),
  hex32: randomText(HEX, 32, 24),
  hex8: randomText(HEX, 8, 25),
  slackpath: `T${randomText('ABCDEFGH0123', 8, 26)}/B${randomText('ABCDEFGH0123', 8, 27)}/${randomText(ALPHANUMERIC, 24, 28)}`,
  snowflake: randomText('123456789', 18, 29),
  key64: randomText(ALPHANUMERIC, 68, 30),
  discord: `M${randomText(ALPHANUMERIC, 23, 31)}.${randomText(ALPHANUMERIC, 6, 32)}.${randomText(ALPHANUMERIC, 27, 33)}`,
  telegram: `${randomText('123456789', 9, 34)}:A${randomText(ALPHANUMERIC, 34, 35)}`,
  facebook: `${randomText('123456789', 16, 36)}|${randomText(ALPHANUMERIC, 27, 37)}`,
  freemius: `sk_${randomText(`${ALPHANUMERIC}#@&*`, 29, 38)}`,
  tailscale: `tskey-auth-${randomText(ALPHANUMERIC, 12, 39)}-${randomText(ALPHANUMERIC, 24, 40)}`,
  okta: `00${randomText(ALPHANUMERIC, 40, 41)}`,
  sha512: randomText(BASE64, 86, 12) + '==',
  jwk: `{"kty":"EC","crv":"P-256","x":"${key}","d":"${key}"}`,
}

const fill = (template: string): string =>
  template.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => VALUES[name] ?? whole)

describe('secrets', () => {
  it('knows at least 150 provider formats, each under its own code', () => {
    expect(PROVIDER_ROWS.length).toBeGreaterThanOrEqual(150)
    expect(new Set(SECRET_ROWS.map(({ code }) => code)).size).toBe(SECRET_ROWS.length)
  })

  it.each(PROVIDER_ROWS.map((row) => [row.code, row] as const))('finds a made-up %s', (code, row) => {
    const samples = samplesOf(row, 42)
    if (samples === undefined) return expect(lines('attack').some((line) => line.includes(`"${code}"`))).toBe(true)
    const found = samples.filter(({ text, secret }) => {
      const start = text.indexOf(secret)
      return find(text).some((each) => each.code === code && each.start <= start && each.end >= start + secret.length)
    })
    // A random value may happen to look like a placeholder or to have little entropy.
    expect(found.length).toBeGreaterThanOrEqual(samples.length / 2)
  })

  it.each(lines('attack').map((line) => JSON.parse(line) as { title: string; text: string; code: string }))(
    'finds $title',
    ({ text, code }) => {
      const codes = find(fill(text)).filter(({ confidence }) => confidence >= 0.4)
      expect(codes.map((each) => each.code)).toContain(code)
    },
  )

  it.each(lines('benign').map((line) => JSON.parse(line) as { title: string; text: string }))(
    'stays quiet about $title',
    ({ text }) => {
      expect(find(fill(text)).filter(({ confidence }) => confidence >= 0.5)).toEqual([])
    },
  )

  it('covers the password of a connection string and nothing else', () => {
    const text = `postgres://svc:${password}@db.internal:5432/app`
    const [found] = find(text)
    expect(text.slice(found?.start, found?.end)).toBe(password)
  })

  it('loses nothing to the prefilter: each match contains a literal of its rule', () => {
    const rules = secrets.rules?.(secrets.options.parse({})) ?? []
    expect(
      rules.filter(({ pattern, literals = [] }) => !literalsCover(pattern, literals)).map(({ code }) => code),
    ).toEqual([])
  })

  it('is not fooled by case where a format has one', () => {
    expect(find(`GHP_${randomText(ALPHANUMERIC, 36, 11)}`).map(({ code }) => code)).not.toContain('github-token')
  })

  it('leaves out codes that are allowed and refuses codes that do not exist', () => {
    expect(find(VALUES['github'] ?? '', compile({ allow: ['github-token'] }))).toEqual([])
    expect(secrets.options.safeParse({ allow: ['github-tokens'] }).success).toBe(false)
  })

  it('raises the bar for unknown formats with minimumEntropy', () => {
    const text = `secret_token = "${key}"`
    expect(find(text).map(({ code }) => code)).toContain('generic-secret')
    expect(find(text, compile({ minimumEntropy: 6 })).map(({ code }) => code)).not.toContain('generic-secret')
  })

  it('takes no replacement, its own or another guard’s, for a secret', () => {
    for (const code of [...SECRET_ROWS.map((row) => row.code), 'EMAIL_ADDRESS', 'CREDIT_CARD']) {
      for (const frame of [
        'password = "@"',
        'api_key: @',
        'https://user:@@host.example',
        'Authorization: Bearer @',
        'password=@;',
      ]) {
        expect(find(frame.replace('@', `[${code}]`))).toEqual([])
      }
    }
  })

  it('has no matched text in its messages', () => {
    for (const rule of secrets.rules?.(secrets.options.parse({})) ?? [])
      expect(rule.message).toMatch(/^Looks like a secret: /)
  })
})

/*
 * Samples are made at run time: the repository holds no string that looks like a credential.
 */

/** Texts with a made-up credential of the row's format in them, and the credential. Undefined for structural rows. */
function samplesOf(
  { pattern, code }: SecretRow,
  seed: number,
): readonly { text: string; secret: string }[] | undefined {
  const source = pattern.source.replaceAll('\\/', '/')
  const assignment = source.indexOf(ASSIGNMENT)
  if (assignment > 0) {
    const keys = source.slice('(?<=(?:'.length, assignment - 1)
    const value = source.slice(assignment + ASSIGNMENT.length + 1)
    const arbitrary = fc.tuple(matching(keys === '' ? code : keys), matching(value))
    return fc
      .sample(fc.noBias(arbitrary), { seed, numRuns: 24 })
      .map(([key, secret]) => ({ text: `${key} = "${secret}"`, secret }))
  }
  if (!source.startsWith('(?:(?<![A-Za-z0-9_])')) return undefined
  return fc
    .sample(fc.noBias(matching(source.slice(source.indexOf('))') + 2))), { seed, numRuns: 24 })
    .map((secret) => ({ text: `use ${secret} now`, secret }))
}

/** Random text of a pattern without its lookarounds; classes give letters and digits only, as most keys are. */
function matching(source: string): fc.Arbitrary<string> {
  const bare = source
    .replaceAll(/\(\?<?[!=][^()]*\)/g, '')
    .replaceAll(/\[([^\]]*0-9[^\]]*)\]/g, (_class, members: string) => `[${(members.match(/\w-\w/g) ?? []).join('')}]`)
  return fc.stringMatching(new RegExp(`^(?:${bare})$`))
}

/** Random characters of an alphabet, the same for the same seed. */
function randomText(alphabet: string, length: number, seed: number): string {
  let state = seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return alphabet[state % alphabet.length] ?? ''
  }).join('')
}
