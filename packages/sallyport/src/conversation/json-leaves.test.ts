import { describe, expect, it } from 'vitest'
import { jsonLeaves, replaceLeaves } from './json-leaves.ts'

const texts = (json: string) => jsonLeaves(json)?.map(({ kind, text }) => `${kind} ${text}`)

describe('jsonLeaves', () => {
  it('gives keys, strings and numbers in order, decoded', () => {
    expect(texts('{"to":"a\\u0040b","n":[12,{"x":true}]}')).toEqual([
      'key to',
      'string a@b',
      'key n',
      'number 12',
      'key x',
    ])
  })

  it('gives both values of a duplicate key, as nobody knows which one the reader takes', () => {
    expect(texts('{"a":"one","a":"two"}')).toEqual(['key a', 'string one', 'key a', 'string two'])
  })

  it.each([['not json'], ['{"a":'], ["{'a':1}"], ['']])('says that %j is no JSON', (text) => {
    expect(jsonLeaves(text)).toBeUndefined()
  })

  it('gives up on JSON that nests too deep', () => {
    expect(jsonLeaves('['.repeat(100) + ']'.repeat(100), 64)).toBeUndefined()
  })

  it('replaces leaves and keeps everything else as it was written', () => {
    const json = '{ "card" : 4111, "to":"x" }'
    const leaves = jsonLeaves(json) ?? []
    expect(replaceLeaves(json, leaves, new Map([[1, '[CARD "1"]']]))).toBe('{ "card" : "[CARD \\"1\\"]", "to":"x" }')
  })
})
