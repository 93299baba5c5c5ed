import { describe, expect, it } from 'vitest'
import { parseConfig } from './parse-config.ts'
import { policySchema } from './policy.ts'

describe('a policy file', () => {
  it('is complete when empty: every key has a default', () => {
    const parsed = parseConfig('', policySchema)
    expect(parsed).toMatchObject({ ok: true, value: { preset: 'recommended', guards: {}, exceptions: [] } })
  })

  it('names a wrong key, its line and the nearest right one, all problems at once', () => {
    const text = ['presett: strict', 'guards:', '  pii:', '    acctions: redact', '    enabled: 7'].join('\n')
    const parsed = parseConfig(text, policySchema)
    expect(parsed.ok).toBe(false)
    if (parsed.ok) return
    expect(parsed.problems.map(({ path, line }) => `${line} ${path}`)).toEqual([
      '1 presett',
      '4 guards.pii.acctions',
      '5 guards.pii.enabled',
    ])
    expect(parsed.problems[0]?.message).toContain('"preset"')
    expect(parsed.problems[1]?.message).toContain('"actions"')
  })

  it.each([
    ['a key that stands twice', 'preset: strict\npreset: monitor', 2],
    ['broken YAML', 'guards: [', 1],
    ['an alias', 'guards: &a {}\nexceptions: *a', 1],
    ['an exception without a reason', 'exceptions:\n  - guard: pii\n    expires: 2027-01-01', 2],
  ])('refuses %s with its line', (_, text, line) => {
    const parsed = parseConfig(text, policySchema)
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) expect(parsed.problems[0]?.line).toBe(line)
  })

  it.each([
    ['input: explode', /"block"\|"off"/],
    ['input: { blok: 0.5 }', /"blok"/],
    ['inputt: block', /Unknown key "inputt"/],
  ])('blames the value and not the key in %j', (actions, message) => {
    const parsed = parseConfig(`guards: { pii: { actions: { ${actions} } } }`, policySchema)
    expect(!parsed.ok && parsed.problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)])
  })

  it('never repeats a value, which may be a secret', () => {
    const secret = 'sk-' + 'q'.repeat(30)
    const parsed = parseConfig(`preset: ${secret}\nlimits: { maxWork: ${secret} }`, policySchema)
    expect(JSON.stringify(parsed)).not.toContain(secret)
  })
})
