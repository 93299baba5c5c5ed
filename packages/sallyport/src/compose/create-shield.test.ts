import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { PolicyInput } from '../config/policy.ts'
import { SallyportError } from '../errors/sallyport-error.ts'
import { defineGuard, type GuardDefinition, type GuardScan } from '../guard/guard.ts'
import { STAGES } from '../guard/stage.ts'
import type { TextPart } from '../conversation/text-part.ts'
import { assertAllowed, buildShield, type Shield, type ShieldOptions } from './create-shield.ts'

const options = z.strictObject({ word: z.string().default('secret') })
const shared = { severity: 'high', message: 'A test word.' } as const

/** Finds words by declared rules. */
const words: GuardDefinition = defineGuard({
  meta: { id: 'words', summary: 'Test words.', stages: STAGES, threats: [] },
  options,
  rules: ({ word }) => [
    { ...shared, code: 'word', pattern: new RegExp(`(?<![a-z])${word}(?![a-z])`), literals: [word], confidence: 0.9 },
    { ...shared, code: 'weak', pattern: /(?<![a-z])maybe(?![a-z])/, literals: ['maybe'], confidence: 0.3 },
    { ...shared, code: 'number', entity: 'NUMBER', pattern: /(?<!\d)\d{4}(?: ?\d{4}){1,3}(?!\d)/, confidence: 0.8 },
  ],
})

/** Whatever a test needs, as a guard's own scan. */
function scanning(open: () => GuardScan): GuardDefinition {
  return defineGuard({
    meta: { id: 'own', summary: 'Test scan.', stages: STAGES, threats: [], codes: { hit: 'A hit.' } },
    options: z.strictObject({}),
    open,
  }) as GuardDefinition
}

const presets = { recommended: {}, strict: {}, monitor: {}, everything: {} }

function shieldOf(
  guards: PolicyInput['guards'],
  extra: readonly GuardDefinition[] = [],
  more: Partial<PolicyInput> = {},
  opts: ShieldOptions = {},
): Shield {
  return buildShield([words, ...extra], presets, { ...more, guards: guards ?? {} }, opts)
}

describe('a gate', () => {
  it.each([
    ['off', 'allow', 'a secret word'],
    ['monitor', 'monitor', 'a secret word'],
    ['redact', 'redact', 'a [word] word'],
    ['review', 'review', 'a secret word'],
    ['block', 'block', 'a secret word'],
  ] as const)('does what the policy says: %s', async (action, outcome, text) => {
    const verdict = await shieldOf({ words: { actions: action } }).check({ text: 'a secret word' })
    expect(verdict.outcome).toBe(outcome)
    expect(verdict.text).toBe(text)
  })

  it('lets the strongest action win and keeps all findings and edits', async () => {
    const shield = shieldOf({ words: { actions: 'redact', rules: { NUMBER: 'block' } } })
    const verdict = await shield.check({ text: 'secret 1234 5678' })
    expect(verdict).toMatchObject({ outcome: 'block', text: '[word] 1234 5678', decision: { kind: 'deny' } })
    expect(verdict.findings.map(({ code }) => code)).toEqual(['word', 'number'])
  })

  it('takes no notice of what stays under every threshold', async () => {
    const verdict = await shieldOf({ words: { actions: { monitor: 0.5, block: 0.95 } } }).check({
      text: 'maybe secret',
    })
    expect(verdict.outcome).toBe('monitor')
    expect(verdict.findings.map(({ code }) => code)).toEqual(['word'])
  })

  it('unites overlapping edits, so that nothing of either match survives', async () => {
    const own = scanning(() => ({
      push: (text) => (text.includes('xx') ? [{ ...shared, start: 2, end: 10, code: 'hit', confidence: 0.6 }] : []),
      settled: 0,
    }))
    const shield = shieldOf({ words: { actions: 'redact' }, own: { actions: 'redact' } }, [own])
    expect((await shield.check({ text: 'a xx secret word' })).text).toBe('a [word] word')
  })

  it('gives no field of a finding the matched text', async () => {
    const verdict = await shieldOf({ words: { actions: 'block' } }).check({ text: 'my secret' })
    expect(JSON.stringify({ ...verdict, text: '' })).not.toContain('secret')
  })
})

describe('a guard that fails', () => {
  const broken = scanning(() => ({
    push: () => {
      throw new Error('broken')
    },
    settled: 0,
  }))

  it('denies the text', async () => {
    const verdict = await shieldOf({ own: { actions: 'monitor' } }, [broken]).check({ text: 'hello' })
    expect(verdict).toMatchObject({ outcome: 'block', decision: { kind: 'deny' } })
    expect(verdict.findings.map(({ code }) => code)).toEqual(['guard-failed'])
  })

  it('lets the text pass, and says so, only where the policy writes it out', async () => {
    const verdict = await shieldOf({ own: { actions: 'monitor', failOpen: true } }, [broken]).check({ text: 'hello' })
    expect(verdict.decision.kind).not.toBe('deny')
    expect(verdict.findings.map(({ code }) => code)).toEqual(['failed-open'])
  })

  it('denies a stream before anything unchecked leaves', () => {
    const stream = shieldOf({ own: { actions: 'redact' } }, [broken]).openStream({ stage: 'output' })
    const step = stream.push('hello')
    expect(step).toMatchObject({ text: '', denied: expect.stringContaining('own') as string })
    expect(stream.end().text).toBe('')
  })

  it('denies a text that costs more than its budget', async () => {
    const shield = shieldOf({ words: { actions: 'block' } }, [], { limits: { maxWork: 1_000 } })
    expect((await shield.check({ text: 'x '.repeat(400) })).outcome).toBe('allow')
    const verdict = await shield.check({ text: 'x '.repeat(4_000) })
    expect(verdict.decision).toMatchObject({ kind: 'deny', reason: expect.stringContaining('budget') as string })
  })
})

describe('edits that make new matches', () => {
  it('are judged again, so that no match is left', async () => {
    // Deleting the inner word leaves the outer one: how single-pass sanitizers are beaten.
    const deleting = defineGuard({
      meta: { id: 'own', summary: 'Deletes.', stages: STAGES, threats: [] },
      options: z.strictObject({}),
      rules: () => [{ ...shared, code: 'inner', pattern: /<x>/, literals: ['<x>'], confidence: 1 }],
      replace: () => '',
    }) as GuardDefinition
    const shield = shieldOf({ own: { actions: 'redact' } }, [deleting])
    expect((await shield.check({ text: 'a<<x>x>b' })).text).toBe('a<b')
  })
})

describe('exceptions', () => {
  const exception = { guard: 'words', code: 'word', expires: '2030-01-01', reason: 'A test.' }
  const now = (): number => Date.parse('2029-12-31T12:00:00Z')
  const guards = { words: { actions: 'block' } } as const

  it.each([
    ['by rule', exception, {}, 'allow'],
    ['by rule, until it expires', { ...exception, expires: '2029-12-30' }, {}, 'block'],
    ['by rule, to the end of its last day', { ...exception, expires: '2029-12-31' }, {}, 'allow'],
    ['by route', { ...exception, route: '/v1/a' }, { route: '/v1/a' }, 'allow'],
    ['by another route', { ...exception, route: '/v1/a' }, { route: '/v1/b' }, 'block'],
    ['by key', { ...exception, key: 'k1' }, { key: 'k1' }, 'allow'],
    ['by another key', { ...exception, key: 'k1' }, {}, 'block'],
    ['by fingerprint', { ...exception, fingerprint: 'print:6' }, {}, 'allow'],
    ['by another fingerprint', { ...exception, fingerprint: 'print:7' }, {}, 'block'],
    ['by another rule', { ...exception, code: 'number' }, {}, 'block'],
  ] as const)('let a finding pass %s', async (_, each, passage, outcome) => {
    const fingerprint = (text: string): string => `print:${text.length}`
    const shield = shieldOf(guards, [], { exceptions: [each] }, { now, fingerprint })
    expect((await shield.check({ text: 'a secret' }, passage)).outcome).toBe(outcome)
  })
})

describe('a policy', () => {
  it.each([
    ['an unknown guard', { guards: { wrods: {} } }, 'wrods'],
    [
      'an option of the wrong type',
      { guards: { words: { actions: 'block', options: { word: 7 } } } },
      'guards.words.options.word',
    ],
    ['an unknown option', { guards: { words: { actions: 'block', options: { wort: 'x' } } } }, 'wort'],
    ['an unknown action', { guards: { words: { actions: 'delete' } } }, 'guards.words.actions'],
  ])('with %s is refused and the place is named', (_, policy, place) => {
    try {
      buildShield([words], presets, policy as PolicyInput)
      expect.unreachable()
    } catch (error) {
      expect(SallyportError.isInstance(error) && error.code).toBe('invalid-policy')
      expect((error as Error).message).toContain(place)
    }
  })

  it('names every problem at once', () => {
    const policy = { guards: { one: {}, two: {}, words: { actions: 'block', options: { word: 7 } } } } as PolicyInput
    expect(() => buildShield([words], presets, policy)).toThrow(/one[\s\S]*two[\s\S]*words/)
  })

  it('refuses a pattern without bound when the shield is built, not when a text comes', () => {
    const unbounded = defineGuard({
      meta: { id: 'own', summary: 'Unbounded.', stages: STAGES, threats: [] },
      options: z.strictObject({}),
      rules: () => [{ ...shared, code: 'x', pattern: /x+y/, confidence: 1 }],
    }) as GuardDefinition
    expect(() => shieldOf({ own: { actions: 'block' } }, [unbounded])).toThrow(/own\/x/)
  })
})

describe('a conversation', () => {
  const shield = shieldOf({ words: { actions: { input: 'redact', 'tool-result': 'redact', output: 'redact' } } })
  const part = (path: string, text: string, more: Partial<TextPart> = {}): TextPart => ({
    path,
    text,
    stage: 'input',
    origin: 'user',
    ...more,
  })

  it('has each part judged by its stage, with findings at their pointers', async () => {
    const verdict = await shield.checkParts([
      part('/a', 'hello'),
      part('/b', 'a secret'),
      part('/c', 'secret', { stage: 'retrieval' }),
    ])
    expect(verdict.parts).toEqual([{ path: '/b', text: 'a [word]' }])
    expect(verdict.findings).toMatchObject([{ path: '/b', start: 2, end: 8 }])
  })

  it.each([
    ['two parts', ['pay 1234 56', '78 now'], ['pay [NUMBER]', ' now']],
    ['many parts of one digit', [...'12345678'], ['[NUMBER]', '', '', '', '', '', '', '']],
    ['parts that a space joins', ['1234', '5678'], ['[NUMBER]', '']],
    [
      'the ends of long parts',
      [`${'x '.repeat(600)}1234 56`, `78${' y'.repeat(600)}`],
      [`${'x '.repeat(600)}[NUMBER]`, ' y'.repeat(600)],
    ],
    ['a word and its end', ['sec', 'ret'], ['[word]', '']],
  ])('is searched across %s', async (_, texts, expected) => {
    const verdict = await shield.checkParts(texts.map((text, index) => part(`/${index}`, text)))
    const edited = new Map(verdict.parts.map(({ path, text }) => [path, text]))
    expect(texts.map((text, index) => edited.get(`/${index}`) ?? text)).toEqual(expected)
    expect(verdict.outcome).toBe('redact')
  })

  it('has a value that one part holds in full found there, not glued to its neighbours', async () => {
    const glued = shieldOf({ words: { actions: 'redact' } }, [
      defineGuard({
        meta: { id: 'words', summary: 'Typed words.', stages: STAGES, threats: [] },
        options: z.strictObject({}),
        rules: () => [{ ...shared, code: 'mail', entity: 'MAIL', pattern: /[a-z]{1,9}@[a-z]{3,9}/, confidence: 0.9 }],
      }) as GuardDefinition,
    ])
    const texts = async (...list: string[]): Promise<string[]> => {
      const { parts } = await glued.checkParts(list.map((text, index) => part(`/${index}`, text)))
      return list.map((text, index) => parts.find(({ path }) => path === `/${index}`)?.text ?? text)
    }
    expect(await texts('hello', 'jane@example')).toEqual(['hello', '[MAIL]'])
    expect(await texts('jane@', 'example')).toEqual(['[MAIL]', ''])
  })

  it('is searched across messages of one author with others between', async () => {
    const parts = [part('/0', '1234 56'), part('/1', 'I see.', { origin: 'model' }), part('/2', '78')]
    expect((await shield.checkParts(parts)).parts.map(({ path }) => path)).toEqual(['/0', '/2'])
  })

  it('is searched across property names', async () => {
    const parts = [
      part('/a~k', '1234', { kind: 'key' }),
      part('/a', 'x'),
      part('/b~k', '5678', { kind: 'key' }),
      part('/b', 'y'),
    ]
    expect((await shield.checkParts(parts)).parts.map(({ path }) => path)).toEqual(['/a~k', '/b~k'])
  })

  it('is not misread where parts merely stand side by side', async () => {
    const verdict = await shield.checkParts([part('/0', 'costs 1234'), part('/1', 'in the year 567')])
    expect(verdict.outcome).toBe('allow')
  })
})

describe('assertAllowed', () => {
  it('throws for a denial and for a review, not for an edit', async () => {
    const verdictOf = (actions: 'block' | 'review' | 'redact') =>
      shieldOf({ words: { actions } }).check({ text: 'secret' })
    expect(() => assertAllowed({ decision: { kind: 'allow' }, findings: [] })).not.toThrow()
    const [blocked, reviewed, redacted] = await Promise.all([
      verdictOf('block'),
      verdictOf('review'),
      verdictOf('redact'),
    ])
    expect(() => assertAllowed(blocked)).toThrow(SallyportError)
    expect(() => assertAllowed(reviewed)).toThrow(SallyportError)
    expect(() => assertAllowed(redacted)).not.toThrow()
  })
})
