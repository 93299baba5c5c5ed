import { describe, expect, it } from 'vitest'
import { partialPattern } from './partial-pattern.ts'

describe('partialPattern', () => {
  it.each([
    ['the start of a literal', /secret/, 'sec', true],
    ['something else', /secret/, 'sek', false],
    ['a whole match that nothing can change', /secret/, 'secret', false],
    ['a whole match that may grow', /\d{2,4}/, '123', true],
    ['a whole match at its full length', /\d{2,4}/, '1234', false],
    ['a whole match that a character may still forbid', /\d{2}(?!\d)/, '12', true],
    ['a whole match with its lookahead decided', /\d{2}(?!\d)/, '12 ', false],
    ['a boundary at the end', /\bkey\b/, 'key', true],
    ['the end of the text', /key$/, 'key', true],
    ['a forbidden word half there', /a(?!bcd)/, 'abc', true],
    ['a repetition broken off inside a group', /(?:\d{2}-){3}x/, '12-3', true],
    ['the second of two alternatives', /(?:abc|abde)f/, 'abd', true],
    ['half a surrogate pair', /a😀/u, 'a\ud83d', true],
    ['a line end that is not the end', /a.?b/m, 'a\n', false],
    ['nothing at all', /secret/, '', true],
  ])('on %s', (_name, re, text, expected) => {
    expect(partialPattern(re).test(text)).toBe(expected)
  })

  it('looks at the text before the start as the pattern does', () => {
    const partial = partialPattern(/(?<!\w)key=/)
    const at = (text: string, index: number) => {
      partial.lastIndex = index
      return partial.test(text)
    }
    expect([at(' ke', 1), at('mke', 1)]).toEqual([true, false])
  })

  it('keeps the flags and is sticky', () => {
    expect(partialPattern(/a/gimsu).flags).toBe('imsuy')
  })

  it('grows with the pattern, not with the power of its depth', () => {
    let source = 'a{1,9}b'
    for (let depth = 0; depth < 12; depth++) source = `(?:${source}|c${depth}){1,2}d?`
    expect(partialPattern(new RegExp(source)).source.length).toBeLessThan(source.length * 20)
    const words = Array.from({ length: 500 }, (_, index) => `word${index}`).join('|')
    expect(partialPattern(new RegExp(`(?:${words}) x`)).source.length).toBeLessThan(words.length * 12)
  })
})
