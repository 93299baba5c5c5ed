import { describe, expect, it } from 'vitest'
import { GatewayError } from '../gateway-error.ts'
import { parseJson } from './parse-json.ts'

function codeOf(text: string, maxDepth?: number): string {
  try {
    parseJson(text, maxDepth === undefined ? {} : { maxDepth })
    return 'accepted'
  } catch (error) {
    return error instanceof GatewayError ? error.code : 'another error'
  }
}

describe('parseJson', () => {
  it.each([
    ['{"a":1,"b":[true,false,null],"c":{"d":"e"}}'],
    ['[1,-2,0.5,1e3,-1.5E-2,0]'],
    ['"text with \\"quotes\\", \\\\ and \\u00e9"'],
    [' \n\t{ "a" : [ ] , "b" : { } } \r\n'],
    ['"\\ud83d\\ude00 and 😀"'],
    ['{"":0," ":1}'],
    ['{"côté":1,"coté":2}'],
    ['{"ключ":1,"key":2}'],
  ])('reads %s as JSON.parse does', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })

  it.each([
    ['', 'invalid_json'],
    ['{', 'invalid_json'],
    ['{"a":1,}', 'invalid_json'],
    ['[1,]', 'invalid_json'],
    ['{"a" 1}', 'invalid_json'],
    ["{'a':1}", 'invalid_json'],
    ['{"a":1} x', 'invalid_json'],
    ['{"a":01}', 'invalid_json'],
    ['{"a":.5}', 'invalid_json'],
    ['{"a":NaN}', 'invalid_json'],
    ['{"a":1e999}', 'invalid_json'],
    ['"line\nbreak"', 'invalid_json'],
    ['"bad \\x escape"', 'invalid_json'],
    ['"half \\ud83d pair"', 'invalid_json'],
    ['"open', 'invalid_json'],
    ['"open\\"', 'invalid_json'],
    ['\ufeff{}', 'invalid_json'],
    ['{"a":1,"a":2}', 'duplicate_key'],
    ['{"a":1,"\\u0061":2}', 'duplicate_key'],
    ['{"x":{"b":1,"c":2,"b":3}}', 'duplicate_key'],
    ['{"__proto__":{}}', 'forbidden_key'],
    ['{"\\u005f_proto__":{}}', 'forbidden_key'],
    ['{"a":[{"constructor":{"prototype":{}}}]}', 'forbidden_key'],
    ['{"model":1,"m\u043edel":2}', 'confusable_key'],
    ['{"m\u043edel":1,"model":2}', 'confusable_key'],
    ['{"model":1,"mo\u200bdel":2}', 'confusable_key'],
    ['{"ｍodel":1,"model":2}', 'confusable_key'],
    ['{"__prot\u043e__":1}', 'forbidden_key'],
  ])('refuses %j as %s', (text, code) => {
    expect(codeOf(text)).toBe(code)
  })

  it('names the place of a duplicate key and never quotes a value', () => {
    expect(() => parseJson('{"messages":[{"role":"user","content":"a","content":"secret"}]}')).toThrow(/messages\[0\]/)
    expect(() => parseJson('{"messages":[{"role":"user","content":"a","content":"secret"}]}')).not.toThrow(/secret/)
  })

  it('counts nesting of objects and arrays together', () => {
    expect(codeOf('['.repeat(64) + ']'.repeat(64))).toBe('accepted')
    expect(codeOf('['.repeat(65) + ']'.repeat(65))).toBe('too_deep')
    expect(codeOf('{"a":[{"b":1}]}', 2)).toBe('too_deep')
  })

  it('survives a million brackets without running out of stack', () => {
    expect(codeOf('['.repeat(1_000_000))).toBe('too_deep')
  })

  it('leaves the prototype of everything alone', () => {
    codeOf('{"__proto__":{"polluted":true}}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
