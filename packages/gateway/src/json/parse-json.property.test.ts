import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../gateway-error.ts'
import { jsonLeaves, replaceLeaves } from 'sallyport'
import { parseJson } from './parse-json.ts'

// Keys of one object that look alike are refused on purpose; these cannot.
const key = fc.stringMatching(/^[a-z]{1,6}$/)
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any')),
    fc.dictionary(key, tie('any'), { noNullPrototype: true }),
  ),
})).any

describe('parseJson', () => {
  it('agrees with JSON.parse on everything it accepts', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (tree, indent) => {
        const text = JSON.stringify(tree, null, indent)
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('answers any text with a value or an error of ours', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'{}[]",:\\ue0123tfn') })), (text) => {
        try {
          expect(parseJson(text)).toEqual(JSON.parse(text))
        } catch (error) {
          expect(error).toBeInstanceOf(GatewayError)
        }
      }),
    )
  })
})

describe('jsonLeaves', () => {
  it('finds every string and key of any JSON, and putting nothing in their place changes nothing', () => {
    fc.assert(
      fc.property(value, (tree) => {
        const text = JSON.stringify(tree)
        const leaves = jsonLeaves(text)
        expect(leaves).toBeDefined()
        expect(replaceLeaves(text, leaves ?? [], new Map())).toBe(text)
        for (const leaf of leaves ?? []) {
          const raw = text.slice(leaf.start, leaf.end)
          expect(leaf.kind === 'number' ? raw : JSON.parse(raw)).toBe(leaf.text)
        }
        const all = new Map((leaves ?? []).map((_, index) => [index, 'x']))
        expect(replaceLeaves(text, leaves ?? [], all).replaceAll('"x"', '')).not.toContain('"')
      }),
    )
  })
})
