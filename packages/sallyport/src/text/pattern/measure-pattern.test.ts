import { describe, expect, it } from 'vitest'
import { measurePattern } from './measure-pattern.ts'

describe('measurePattern', () => {
  it.each([
    [/abc/, 3, 3, 0, 0],
    [/a{2,5}(?:b|cde)?/, 2, 8, 0, 0],
    [/a+/, 1, Infinity, 0, 0],
    [/(?:|\b)*/, 0, 0, 1, 1],
    [/a{0}/, 0, 0, 0, 0],
    [/\bfoo\b/, 3, 3, 1, 1],
    [/^foo$/, 3, 3, 1, 1],
    [/(?<![\w.])\d{1,3}(?![\w.])/u, 1, 3, 1, 1],
    [/(?<=key[:=] {0,3})\w{8}/, 8, 8, 7, 0],
    [/(?<!😀)x(?!\p{L}{2})/u, 1, 1, 2, 4],
    [/.{3}/u, 3, 6, 0, 0],
    [/.{3}/, 3, 3, 0, 0],
    // What the rest takes at least is not beyond the match.
    [/a(?=b{5})b/, 2, 2, 0, 4],
    [/a(?=b{5})c{9}/, 10, 10, 0, 0],
    [/ab(?<=xab)c/, 3, 3, 1, 0],
    [/(?=\w{0,6}\d)\w{4}/, 4, 4, 0, 3],
    [/(?=.*x)a/, 1, 1, 0, Infinity],
    [/(?<=a(?=bc))b/, 1, 1, 1, 1],
    [/(?!(?<=abc)d)e/, 1, 1, 3, 0],
  ])('measures %s', (re, minLength, maxLength, behind, ahead) => {
    expect(measurePattern(re)).toEqual({ minLength, maxLength, behind, ahead })
  })
})
