import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compileSchema } from './json-schema.ts'

describe('compileSchema', () => {
  it.each<[unknown, unknown, unknown]>([
    [{ type: ['string', 'null'] }, null, 1],
    [{ type: 'integer' }, 2, 2.5],
    [{ enum: ['a', { b: 1 }] }, { b: 1 }, { b: 2 }],
    [{ const: [1] }, [1], [1, 2]],
    [{ pattern: '^a' }, 'ab', 'ba'],
    [{ minimum: 0, exclusiveMaximum: 1 }, 0, 1],
    [{ multipleOf: 0.1 }, 0.3, 0.35],
    [{ minLength: 2, maxLength: 2 }, '😀a', 'abc'],
    [{ minItems: 1, uniqueItems: true }, [1, 2], [1, 1]],
    [{ required: ['a'] }, { a: null }, {}],
    [{ properties: { a: { type: 'string' } }, additionalProperties: false }, { a: 'x' }, { a: 'x', b: 1 }],
    [{ patternProperties: { '^x-': { type: 'number' } }, additionalProperties: false }, { 'x-a': 1 }, { 'x-a': 'b' }],
    [{ propertyNames: { pattern: '^[a-z]+$' } }, { abc: 1 }, { 'a b': 1 }],
    [{ prefixItems: [{ type: 'string' }], items: { type: 'number' } }, ['a', 1], ['a', 'b']],
    [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, 1, 3],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, 1, true],
    [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 1, 3],
    [{ not: { type: 'string' } }, 1, 'a'],
    [{ $defs: { n: { type: 'number' } }, items: { $ref: '#/$defs/n' } }, [1], ['a']],
    [
      { properties: { next: { $ref: '#' } }, required: ['v'] },
      { v: 1, next: { v: 2 } },
      { v: 1, next: {} },
    ],
    [false, undefined, 1],
  ])('%j takes %j and refuses %j', (schema, good, bad) => {
    const test = compileSchema(schema, 'schema')
    if (good !== undefined) expect(test(good)).toBeUndefined()
    expect(test(bad)).toBeTypeOf('string')
  })

  it('does not take a name that every object inherits for a property', () => {
    expect(compileSchema({ required: ['toString'] }, 'schema')({})).toBe('')
  })

  it('agrees with zod about what zod writes as JSON Schema', () => {
    const shape = z.strictObject({
      name: z.string().max(5),
      count: z.int().min(0).max(9).optional(),
      tags: z.array(z.enum(['a', 'b'])).max(2),
      where: z.union([z.null(), z.strictObject({ x: z.number() })]),
    })
    const test = compileSchema(z.toJSONSchema(shape), 'schema')
    const value = fc.record(
      {
        name: fc.oneof(fc.string({ maxLength: 7 }), fc.integer()),
        count: fc.oneof(fc.integer({ min: -2, max: 11 }), fc.double()),
        tags: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
        where: fc.oneof(fc.constant(null), fc.record({ x: fc.oneof(fc.integer(), fc.string()) }), fc.string()),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(value, (each) => {
        expect(test(each) === undefined).toBe(shape.safeParse(each).success)
      }),
    )
  })
})
