import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GuardDefinition } from '../guard/guard.ts'
import type { Rule } from '../guard/rule.ts'
import type { ViewStream } from '../text/view.ts'
import { compileRules, type ViewRules } from './compile-rules.ts'
import { ViewScan } from './view-scan.ts'

const guard = { meta: { id: 'test' } } as GuardDefinition
const base = { severity: 'low', confidence: 0.5, message: 'test' } as const

/** Shapes that stress a stream: overlapping alternatives, lookaround, optional tails, checksums, lookahead context. */
const rules: readonly Rule[] = [
  { ...base, code: 'digits', pattern: /(?<![0-9])[0-9](?:[ -]?[0-9]){3,7}(?![0-9])/, literals: [...'0123456789'] },
  { ...base, code: 'mail', pattern: /(?<![a-z.])[a-z.]{1,8}@[a-z]{1,8}\.[a-z]{2,4}(?![a-z])/, literals: ['@'] },
  { ...base, code: 'token', pattern: /ab[a-z0-9]{4}(?![a-z0-9])/, literals: ['ab'] },
  { ...base, code: 'prefix', pattern: /abc(?:de)?(?:ab)?/, literals: ['abc'] },
  { ...base, code: 'lazy', pattern: /<a[^>]{0,6}?>/, literals: ['<a'] },
  { ...base, code: 'anywhere', pattern: /[xy]{2,5}/ },
  {
    ...base,
    code: 'even',
    pattern: /[0-9]{2,4}/,
    literals: [...'0123456789'],
    validate: ({ text }) => Number(text) % 2 === 0,
  },
  {
    ...base,
    code: 'near',
    pattern: /zz/,
    literals: ['zz'],
    context: { words: ['ab'], boost: 0.3, before: 8, after: 4 },
  },
]

function ruleSet(holding: boolean): ViewRules {
  const set = compileRules([{ guard, rules, holds: () => holding }], 'output', 'model')
  return set.get('folded') as ViewRules
}

/** The simplest view: the text itself. */
class PlainView implements ViewStream {
  readonly name = 'folded'
  readonly differs = true
  text = ''
  base = 0
  push(chunk: string): void {
    this.text += chunk
  }
  get consumed(): number {
    return this.base + this.text.length
  }
  startAt(index: number): number {
    return index
  }
  endAt(index: number): number {
    return index + 1
  }
  trim(index: number): void {
    if (index <= this.base) return
    this.text = this.text.slice(index - this.base)
    this.base = index
  }
}

interface Outcome {
  readonly matches: readonly string[]
  /** True when a match was reported that starts before what had been called settled. */
  readonly late: boolean
}

function scan(chunks: readonly string[], holding: boolean): Outcome {
  const view = new PlainView()
  const matches: string[] = []
  let settled = 0
  let late = false
  const viewScan = new ViewScan(view, ruleSet(holding), (rule, confidence, start, end) => {
    if (start < settled) late = true
    matches.push(`${rule.rule.code} ${start}-${end} ${confidence}`)
  })
  for (const [index, chunk] of chunks.entries()) {
    const end = index === chunks.length - 1
    view.push(chunk)
    viewScan.scan(end)
    if (!end) settled = Math.max(settled, viewScan.settled)
  }
  return { matches: matches.toSorted(), late }
}

const piece = fc.constantFrom(
  ...'0123456789ab@.x y<>-z',
  'ab',
  'abc',
  'abcde',
  'a@b.co',
  '12 34',
  'ab12cd',
  '<a b>',
  'zz',
  '\n',
)
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
const cuts = fc.array(fc.nat(120), { maxLength: 12 })

function cut(whole: string, at: readonly number[]): string[] {
  const points = [...new Set(at.map((each) => each % (whole.length + 1)))].toSorted((a, b) => a - b)
  return [...points.map((point, index) => whole.slice(points[index - 1] ?? 0, point)), whole.slice(points.at(-1) ?? 0)]
}

describe('scanning a view in chunks', () => {
  it.each([true, false])('finds what scanning it whole finds (rules hold text: %s)', (holding) => {
    fc.assert(
      fc.property(text, cuts, (whole, at) => {
        expect(scan(cut(whole, at), holding).matches).toEqual(scan([whole], holding).matches)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never finds anything before what it called settled', () => {
    fc.assert(
      fc.property(text, cuts, (whole, at) => {
        expect(scan(cut(whole, at), true).late).toBe(false)
      }),
      { numRuns: 3_000 },
    )
  })

  it('one character at a time, too', () => {
    fc.assert(
      fc.property(text, (whole) => {
        expect(scan([...whole, ''], true).matches).toEqual(scan([whole], true).matches)
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps its memory bounded and its findings right over a long text', () => {
    const unit = `${'lorem ipsum '.repeat(50)}ab12cd 12 34 a@b.co `
    const chunks = Array.from({ length: 200 }, () => unit)
    const view = new PlainView()
    let count = 0
    const viewScan = new ViewScan(view, ruleSet(true), (rule) => {
      if (rule.rule.code === 'token') count++
    })
    let longest = 0
    for (const chunk of chunks) {
      view.push(chunk)
      viewScan.scan(false)
      longest = Math.max(longest, view.text.length)
    }
    viewScan.scan(true)
    expect(count).toBe(200)
    expect(longest).toBeLessThan(40_000)
  })
})
