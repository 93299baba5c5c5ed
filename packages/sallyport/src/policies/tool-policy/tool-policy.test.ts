import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createShield, SallyportError, type ToolCall, type ToolsInput } from '../../index.ts'
import { memoryCallCounter } from './call-counter.ts'

/** Data flow off: these tests are about the tools' own rules. */
function shieldOf(tools: ToolsInput, rules: Readonly<Record<string, 'monitor' | 'review' | 'block' | 'off'>> = {}) {
  return createShield({ tools, guards: { 'data-flow': { enabled: false }, 'tool-policy': { rules } } })
}

async function codesOf(tools: ToolsInput, call: ToolCall): Promise<string[]> {
  const { findings } = await shieldOf(tools).judgeCall(call)
  return findings.map(({ code }) => code)
}

const call = (args: unknown, tool = 'act'): ToolCall => ({ tool, arguments: args })

describe('tool-policy', () => {
  it('lets every call pass, and judges none, without a tools section', async () => {
    const shield = createShield()
    expect(shield.judgesCalls).toBe(false)
    expect((await shield.judgeCall(call({ any: 'thing' }, 'rm'))).decision.kind).toBe('allow')
  })

  it('asks a person about a tool that the policy file does not name', async () => {
    const verdict = await shieldOf({ act: {} }).judgeCall(call({}, 'other'))
    expect(verdict.decision.kind).toBe('require-approval')
    expect(verdict.findings.map(({ code }) => code)).toEqual(['unknown-tool'])
  })

  it.each([
    ['prefers the exact name to a prefix', 'files_delete', 'block'],
    ['prefers the longer prefix', 'files_read_all', 'review'],
    ['takes the prefix for the rest', 'files_list', 'allow'],
    ['knows no tool by the name of a property of objects', 'constructor', 'review'],
    ['knows no tool by the empty name', '', 'review'],
  ])('%s', async (_, tool, outcome) => {
    const tools: ToolsInput = {
      'files_*': {},
      'files_read*': { use: 'review' },
      files_delete: { use: 'block' },
    }
    expect((await shieldOf(tools).judgeCall(call({}, tool))).outcome).toBe(outcome)
  })

  describe('argument rules', () => {
    const rows: readonly [string, ToolsInput[string], unknown, unknown][] = [
      ['pattern', { arguments: { a: { pattern: '[a-z]+' } } }, { a: 'abc' }, { a: 'abc; rm' }],
      ['pattern, on one that is no text', { arguments: { a: { pattern: '[0-9]+' } } }, { a: '12' }, { a: 12 }],
      ['list of values', { arguments: { a: { in: ['r', 1] } } }, { a: 'r' }, { a: 'rw' }],
      ['range', { arguments: { a: { min: 0, max: 10 } } }, { a: 10 }, { a: 10.01 }],
      ['range, of a number in text', { arguments: { a: { max: 10 } } }, { a: '9.5' }, { a: '1e9' }],
      ['range, of what is no number', { arguments: { a: { max: 10 } } }, { a: 0 }, { a: {} }],
      ['length', { arguments: { a: { maxLength: 3 } } }, { a: 'abc' }, { a: 'abcd' }],
      ['root', { arguments: { a: { roots: ['/srv/in'] } } }, { a: '/srv/in/x.txt' }, { a: '/srv/in/../out' }],
      ['root, encoded', { arguments: { a: { roots: ['/srv/in'] } } }, { a: 'x.txt' }, { a: '..%2fout' }],
      [
        'root, as the start of another',
        { arguments: { a: { roots: ['/srv/in'] } } },
        { a: '/srv/in' },
        { a: '/srv/inside' },
      ],
      [
        'host',
        { arguments: { a: { hosts: ['example.com'] } } },
        { a: 'https://example.com/x' },
        { a: 'https://evil.example/x' },
      ],
      [
        'host, bare',
        { arguments: { a: { hosts: ['example.com'] } } },
        { a: 'example.com' },
        { a: 'example.com.evil.example' },
      ],
      [
        'host, as a user name',
        { arguments: { a: { hosts: ['example.com'] } } },
        { a: 'https://example.com' },
        { a: 'https://example.com@evil.example' },
      ],
      [
        'host, after a backslash',
        { arguments: { a: { hosts: ['*.example.com'] } } },
        { a: 'https://a.example.com' },
        { a: 'https://evil.example\\.example.com' },
      ],
      ['scheme', { arguments: { a: { hosts: ['*'] } } }, { a: 'https://a.example' }, { a: 'file:///etc/passwd' }],
      ['method', { arguments: { a: { methods: ['GET'] } } }, { a: 'get' }, { a: 'DELETE' }],
      [
        'recipient',
        { arguments: { a: { recipients: ['ann@example.com', '@corp.example'] } } },
        { a: ['Ann@Example.com', 'x@corp.example'] },
        { a: ['ann@example.com', 'y@evil.example'] },
      ],
      [
        'recipient, subdomain',
        { arguments: { a: { recipients: ['@corp.example'] } } },
        { a: 'x@corp.example' },
        { a: 'x@evil.corp.example' },
      ],
      [
        'recipient, two in one',
        { arguments: { a: { recipients: ['@corp.example'] } } },
        { a: 'x@corp.example' },
        { a: 'e@evil.example,x@corp.example' },
      ],
      [
        'recipient, account',
        { arguments: { a: { recipients: ['DE02 1203 0000 0000 2020 51'] } } },
        { a: 'de02120300000000202051' },
        { a: 'DE02120300000000202052' },
      ],
      [
        'inside an object',
        { arguments: { 'a.to': { in: ['x'] } } },
        { a: [{ to: 'x' }] },
        { a: [{ to: 'x' }, { to: 'y' }] },
      ],
      [
        'schema',
        { schema: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } } },
        { a: 1 },
        { a: 'one' },
      ],
    ]
    it.each(rows)('%s: the good value passes, the bad one does not', async (_, settings, good, bad) => {
      expect(await codesOf({ act: settings ?? {} }, call(good))).toEqual([])
      const verdict = await shieldOf({ act: settings ?? {} }).judgeCall(call(bad))
      expect(verdict.outcome).toBe('block')
      expect(verdict.explanation).toMatch(/^The call is refused: .+\.$/)
      // Control: without the rule the bad value passes.
      expect(await codesOf({ act: {} }, call(bad))).toEqual([])
    })

    it('never repeats what the model wrote', async () => {
      const secret = ['hunter', '2'].join('')
      const verdict = await shieldOf({ act: { arguments: { a: { in: ['x'] } } } }).judgeCall(call({ a: secret }))
      expect(JSON.stringify(verdict)).not.toContain(secret)
    })
  })

  it.each([['a text'], [['a list']], [7]])('refuses arguments that its rules cannot read: %j', async (args) => {
    expect(await codesOf({ act: { arguments: { a: { in: ['x'] } } } }, call(args))).toContain('argument-schema')
    expect(await codesOf({ act: { arguments: { a: { in: ['x'] } } } }, call(undefined))).toEqual([])
  })

  describe('callers', () => {
    const tools: ToolsInput = { act: { who: { roles: ['admin'], users: ['ann', 'bob'] } } }
    it.each([
      ['both lists name them', { role: 'admin', user: 'ann' }, []],
      ['one list does not', { role: 'client', user: 'ann' }, ['caller-not-allowed']],
      ['nobody is known', {}, ['caller-not-allowed']],
    ])('%s', async (_, principal, codes) => {
      expect(await codesOf(tools, { ...call({}), principal })).toEqual(codes)
    })
  })

  describe('limits', () => {
    it('count per caller and tool, and run out', async () => {
      let time = 1_000_000
      const shield = createShield(
        { tools: { act: { effect: 'none', limits: [{ calls: 2, perSeconds: 60 }] } } },
        { now: () => time },
      )
      const outcome = async (user: string): Promise<string> =>
        (await shield.judgeCall({ ...call({}), principal: { user } })).outcome
      expect([await outcome('a'), await outcome('a'), await outcome('a'), await outcome('b')]).toEqual([
        'allow',
        'allow',
        'block',
        'allow',
      ])
      time += 62_000
      expect(await outcome('a')).toBe('allow')
    })

    it('add amounts up, and take nothing for a call that is refused or gives back', async () => {
      const shield = shieldOf({
        pay: { arguments: { amount: { spend: { max: 100, perSeconds: 3_600 } }, to: { in: ['x'] } } },
      })
      const pay = async (amount: unknown, to = 'x'): Promise<string> =>
        (await shield.judgeCall(call({ amount, to }, 'pay'))).outcome
      expect(await pay(60)).toBe('allow')
      expect(await pay(60, 'y')).toBe('block')
      expect(await pay(-1_000)).toBe('block')
      expect(await pay(41)).toBe('block')
      expect(await pay('40')).toBe('allow')
      expect(await pay('many')).toBe('block')
    })

    it('refuse when no place is left to count in', () => {
      const counter = memoryCallCounter({ maxKeys: 1, now: () => 0 })
      const limit = { max: 5, perSeconds: 60 }
      expect(counter.take('a', 1, limit)).toBe(true)
      expect(counter.take('b', 1, limit)).toBe(false)
      expect(counter.take('a', 1, limit)).toBe(true)
    })

    it('never admit more than the maximum in any window', () => {
      fc.assert(
        fc.property(fc.array(fc.nat({ max: 90_000 }), { minLength: 1, maxLength: 60 }), (steps) => {
          let time = 0
          const counter = memoryCallCounter({ now: () => time })
          const admitted: number[] = []
          for (const step of steps) {
            time += step
            if (counter.take('k', 1, { max: 3, perSeconds: 60 }) === true) admitted.push(time)
          }
          expect(admitted.some((at, index) => (admitted[index + 3] ?? Infinity) - at < 60_000)).toBe(false)
        }),
      )
    })
  })

  it('follows the ladder: the same finding may be recorded only, or excepted', async () => {
    const tools: ToolsInput = { act: { use: 'block' } }
    expect((await shieldOf(tools, { 'tool-blocked': 'monitor' }).judgeCall(call({}))).outcome).toBe('monitor')
    const excepted = createShield({
      tools,
      exceptions: [{ guard: 'tool-policy', key: 'k1', expires: '2999-01-01', reason: 'test' }],
      guards: { 'data-flow': { enabled: false } },
    })
    expect((await excepted.judgeCall(call({}), { key: 'k1' })).outcome).toBe('allow')
    expect((await excepted.judgeCall(call({}), { key: 'k2' })).outcome).toBe('block')
  })

  it('denies when it fails', async () => {
    const broken = {
      get a(): string {
        throw new Error('no')
      },
    }
    const verdict = await shieldOf({ act: { arguments: { a: { in: ['x'] } } } }).judgeCall(call(broken))
    expect(verdict.findings.map(({ code }) => code)).toContain('guard-failed')
    expect(verdict.decision.kind).toBe('deny')
  })

  it('judges the arguments as the edits of the text guards leave them', async () => {
    const shield = createShield({
      tools: { act: { effect: 'none', arguments: { a: { pattern: '[^@]*' } } } },
    })
    const verdict = await shield.checkToolCall(call({ a: 'write to ann.miller@gmail.com' }))
    expect(verdict.findings.map(({ guard }) => guard)).toEqual(['pii'])
    expect(verdict.arguments).not.toEqual({ a: 'write to ann.miller@gmail.com' })
    expect(verdict.outcome).toBe('redact')
  })

  it.each([
    [
      'a pattern that is not linear',
      { arguments: { a: { pattern: '(?=x)' } } },
      /tools\.act\.arguments\.a\.pattern.*RE2/,
    ],
    ['a host that is none', { arguments: { a: { hosts: ['not a host'] } } }, /tools\.act\.arguments\.a\.hosts/],
    [
      'a keyword named like a property of all objects',
      { schema: { constructor: 1 } },
      /tools\.act\.schema.*"constructor"/,
    ],
    ['a keyword that does not exist', { schema: { minimun: 1 } }, /tools\.act\.schema.*did you mean "minimum"/],
    ['a reference into nowhere', { schema: { $ref: '#/$defs/x' } }, /leads nowhere/],
  ])('refuses %s when the policy is built, and says where', (_, settings, message) => {
    expect(() => shieldOf({ act: settings })).toThrow(SallyportError)
    expect(() => shieldOf({ act: settings })).toThrow(message)
  })
})
