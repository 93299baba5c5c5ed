import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PartialJson, type FieldStep } from './partial-json.ts'

function read(text: string, cuts: readonly number[] = []): FieldStep[] {
  const reader = new PartialJson()
  const at = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort((a, b) => a - b)
  return at.slice(1).flatMap((end, index) => reader.push(text.slice(at[index], end)))
}

/** The object as the steps tell it, with growing texts put together. */
function told(steps: readonly FieldStep[]) {
  const complete: Record<string, unknown> = Object.create(null)
  const grown: Record<string, string> = Object.create(null)
  for (const step of steps) {
    if (step.kind === 'complete') complete[step.name] = step.value
    else grown[step.name] = (grown[step.name] ?? '') + step.text
  }
  return { complete, grown }
}

describe('PartialJson', () => {
  it('reads every object, however it is cut, as JSON.parse does', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 })
    const object = fc.dictionary(text, fc.oneof(text, fc.jsonValue({ maxDepth: 3 })), { maxKeys: 6 })
    fc.assert(
      fc.property(object, fc.array(fc.nat()), fc.boolean(), (value, cuts, isIndented) => {
        const json = JSON.stringify(value, null, isIndented ? 2 : 0)
        const { complete, grown } = told(read(`Here: ${json} Done.`, cuts))
        const expected: Record<string, unknown> = Object.assign(Object.create(null), JSON.parse(json))
        expect(complete).toEqual(expected)
        for (const [name, text] of Object.entries(grown)) expect(String(expected[name]).startsWith(text)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('survives any text and tells nothing JSON.parse would not', () => {
    const piece = fc.constantFrom('{', '}', '"', '\\', '\\u00', 'a', ':', ',', '[', ']', '1', '\n', 'true', '"a":', ' ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.nat()), (pieces, cuts) => {
        const text = pieces.join('')
        const steps = read(text, cuts)
        const { complete } = told(steps)
        // What was told is the beginning of some object: closing it there gives the same values.
        for (const [name, value] of Object.entries(complete)) {
          expect(JSON.parse(JSON.stringify({ [name]: value }))).toEqual({ [name]: value })
        }
        expect(told(read(text)).complete).toEqual(complete)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['a name that comes twice', '{"a":1,"a":2,"b":3}', { a: 1 }],
    ['something that is no value', '{"a":1,"b":oops,"c":3}', { a: 1 }],
    ['a raw line break in a text', '{"a":1,"b":"x\ny"}', { a: 1 }],
    ['a second object', '{"a":1} {"b":2}', { a: 1 }],
  ])('stops at %s', (_name, text, expected) => {
    expect({ ...told(read(text)).complete }).toEqual(expected)
  })
})
