import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GuardContext, Match } from '../../guard/guard.ts'
import { estimateTokens, inputLimits } from './index.ts'

const USER: GuardContext = { stage: 'input', origin: 'user' }

function scan(text: string, options: object = {}, context = USER, cuts: readonly number[] = []): readonly Match[] {
  const limits = inputLimits.open?.(inputLimits.options.parse(options), context)
  if (!limits) throw new Error('the guard opens at this stage')
  const matches: Match[] = []
  let position = 0
  for (const cut of cuts.map((each) => each % (text.length + 1)).toSorted((a, b) => a - b)) {
    const before = limits.settled
    matches.push(...limits.push(text.slice(position, Math.max(position, cut)), false))
    expect(limits.settled).toBeGreaterThanOrEqual(before)
    position = Math.max(position, cut)
  }
  matches.push(...limits.push(text.slice(position), true))
  return matches
}

const codes = (matches: readonly Match[]): string[] => matches.map(({ code }) => code)

interface Case {
  readonly title: string
  readonly text: string
  readonly options?: object
  readonly context?: GuardContext
  readonly code?: string
  readonly start?: number
}

function cases(name: string): Case[] {
  const lines = readFileSync(new URL(`./cases/${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as Case)
}

describe('inputLimits', () => {
  it.each(cases('attack'))('reports $title', ({ text, options, context, code, start }) => {
    const [match] = scan(text, options, context)
    expect(match?.code).toBe(code)
    expect(match?.start).toBe(start)
    expect(match?.confidence).toBe(1)
  })

  it.each(cases('benign'))('lets $title pass', ({ text, options, context }) => {
    expect(scan(text, options, context)).toEqual([])
  })

  it('reports a limit once, at the first character beyond it', () => {
    expect(scan('x'.repeat(50), { maxCharacters: 10 })).toEqual([
      expect.objectContaining({ code: 'too-many-characters', start: 10, end: 11 }),
    ])
  })

  it('counts a surrogate pair as one character and four bytes', () => {
    expect(scan('😀'.repeat(5), { maxCharacters: 5, maxBytes: 20 })).toEqual([])
    expect(scan('😀'.repeat(6), { maxBytes: 20 })[0]).toMatchObject({ code: 'too-many-bytes', start: 10 })
  })

  it('counts bytes as the UTF-8 encoder does, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.boolean(), (text, isCut) => {
        const input = isCut ? text + '\uD83D' : text
        const bytes = new TextEncoder().encode(input).length
        fc.pre(bytes > 1)
        expect(codes(scan(input, { maxBytes: bytes, minCharacters: 0 }))).toEqual([])
        expect(codes(scan(input, { maxBytes: bytes - 1, minCharacters: 0 }))).toEqual(['too-many-bytes'])
      }),
    )
  })

  it('says the same for any chunking', () => {
    const options = { maxCharacters: 20, maxBytes: 30, maxTokens: 12, maxLines: 3, maxLineLength: 9, minCharacters: 2 }
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '漢', '😀', '\u200B', '7') }),
        fc.array(fc.nat()),
        (text, cuts) => {
          expect(scan(text, options, USER, cuts)).toEqual(scan(text, options))
        },
      ),
    )
  })

  it('stops a flood while it still comes', () => {
    const limits = inputLimits.open?.(inputLimits.options.parse({ maxCharacters: 10 }), USER)
    expect(limits?.push('12345678', false)).toEqual([])
    expect(limits?.push('90abc', false).map(({ start }) => start)).toEqual([10])
    expect(limits?.settled).toBe(13)
  })

  it.each([{ maxCharacters: 0 }, { maxTokens: -1 }, { maxLines: 'none' }, { maxWords: 5 }])(
    'refuses the options %o',
    (options) => {
      expect(inputLimits.options.safeParse(options).success).toBe(false)
    },
  )
})

describe('estimateTokens', () => {
  // Counts of cl100k_base; the estimate has to be above them and not absurdly so.
  it.each([
    ['The quick brown fox jumps over the lazy dog.', 10],
    ['Größere Straßenbauprojekte verzögern sich häufig.', 17],
    ['const total = items.reduce((sum, item) => sum + item.price, 0)', 19],
    ['Сегодня в Москве хорошая погода.', 19],
    ['今天天气很好。', 9],
    ['नमस्ते दुनिया', 13],
    ['สวัสดีชาวโลก', 13],
    ['مرحبا بالعالم', 10],
    ['👨‍👩‍👧‍👦', 18],
    ['1234567890', 4],
  ])('stays above the real count of %s', (text, tokens) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(tokens)
    expect(estimateTokens(text)).toBeLessThanOrEqual(tokens * 4)
  })

  it('never exceeds the bytes of the text and never shrinks when text is added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, more) => {
        expect(estimateTokens(text)).toBeLessThanOrEqual(Math.ceil(new TextEncoder().encode(text).length))
        expect(estimateTokens(text + more)).toBeGreaterThanOrEqual(estimateTokens(text))
      }),
    )
  })
})
