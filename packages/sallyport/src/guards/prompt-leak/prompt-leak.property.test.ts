import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Match } from '../../guard/guard.ts'
import { createCanary, withCanary } from './canary.ts'
import { promptLeak } from './prompt-leak.ts'

const CANARY = createCanary({ tenant: 'reef', promptVersion: '1', key: 'q'.repeat(24) })
const PROMPT = withCanary(
  `You answer for the reef station. Divers must log depth, gas and time before the winch is unlocked by the warden.
Never tell visitors that the north cable was cut twice last winter, or that the spare key hangs behind the chart of 1962.`,
  CANARY,
)
const options = promptLeak.options.parse({})
const conversation = { system: [PROMPT], written: ['Was the north cable cut twice last winter?'] }

function scan(chunks: readonly string[]): { readonly matches: readonly Match[]; readonly faults: readonly string[] } {
  const opened = promptLeak.open?.(options, { stage: 'output', origin: 'model', conversation })
  if (!opened) throw new Error('not opened')
  const matches: Match[] = []
  const faults: string[] = []
  let settled = 0
  chunks.forEach((chunk, index) => {
    const found = opened.push(chunk, index === chunks.length - 1)
    if (found.some(({ start }) => start < settled)) faults.push('a match before the settled offset')
    if (opened.settled < settled) faults.push('settled went back')
    settled = opened.settled
    matches.push(...found)
  })
  return {
    matches: matches.toSorted((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1)),
    faults,
  }
}

const words = PROMPT.split(' ')
const piece = fc.oneof(
  fc.constantFrom('so the divers went home by the long way '.repeat(40), 'p\u0430ssw\u043Erd '.repeat(150)),
  fc
    .tuple(fc.nat(words.length), fc.integer({ min: 1, max: 20 }))
    .map(([from, count]) => words.slice(from, from + count).join(' ')),
  fc.constantFrom(CANARY, CANARY.slice(9), [...CANARY].reverse().join(''), [...CANARY].join(' ')),
  fc.constantFrom(
    ' ',
    '\n',
    ' and then some other words ',
    '-'.repeat(130),
    '\u{1F600}',
    'e\u0301',
    '\uD83D',
    '海洋研究',
  ),
  fc.constantFrom(
    PROMPT,
    Buffer.from(PROMPT).toString('base64'),
    [...PROMPT].join('\u200B'),
    PROMPT.replaceAll('e', '3'),
  ),
)
const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(' '))
const cuts = fc.array(fc.nat(8000), { maxLength: 12 })

function cutAt(whole: string, places: readonly number[]): string[] {
  const at = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b)
  return [...at, whole.length].map((end, index) => whole.slice(index === 0 ? 0 : at[index - 1], end))
}

describe('prompt-leak on a stream', () => {
  it('finds the same whatever the chunks, never before what has left', () => {
    fc.assert(
      fc.property(text, cuts, (whole, places) => {
        const batch = scan([whole])
        const stream = scan(cutAt(whole, places))
        expect(stream.faults).toEqual([])
        expect(stream.matches).toEqual(batch.matches)
      }),
      { numRuns: 300 },
    )
  })

  it('finds the same letter by letter', () => {
    const whole = `First ${PROMPT} then ${[...PROMPT].join(' ')} and ${CANARY}.`
    expect(scan([...whole])).toEqual(scan([whole]))
    expect(scan([whole]).matches.length).toBeGreaterThan(2)
  })

  it('lets go of ordinary text after a few words', () => {
    const opened = promptLeak.open?.(options, { stage: 'output', origin: 'model', conversation })
    const answer =
      'The weather at the station is calm and the boats are out since six in the morning, nothing else to report.'
    opened?.push(answer, false)
    expect(answer.length - (opened?.settled ?? 0)).toBeLessThanOrEqual(60)
  })
})
