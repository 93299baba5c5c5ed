import { expect, it } from 'vitest'
import { startsAtWord } from './starts-at-word.ts'

it.each([
  [/(?<![a-z0-9])abc/, true],
  [/(?<![a-z0-9_\p{Script=Greek}])abc/u, true],
  [/(?:(?<!\.|[a-z0-9])abc)/, true],
  [/(?<![a-z])abc/, false],
  [/(?<!x[a-z0-9])abc/, false],
  [/(?<=[a-z0-9])abc/, false],
  [/abc/, false],
  [/(?<![a-z0-9])abc|def/, false],
])('%s starts at a word only: %s', (pattern, expected) => {
  expect(startsAtWord(pattern)).toBe(expected)
})
