import { expect, it } from 'vitest'
import { minimumCount } from './minimum-count.ts'

it.each([
  [/\d{3}-\d{2}-\d{4}/, '0123456789', 9],
  [/[0-9](?:[ -]?[0-9]){3,7}/, '0123456789', 4],
  [/[a-z]\d?|\d\d/, '0123456789', 0],
  [/4\d{3}|[5-9]\d{4}/, '0123456789', 4],
  [/[0-9a-f]{4}/, '0123456789', 0],
  [/(?=\d{5})[a-z\d]{5}/, '0123456789', 0],
  [/[^\d]\D./, '0123456789', 0],
  [/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}/, ':.', 2],
  [/aX[ab]x/i, 'x', 2],
])('%s needs of %j at least %i', (pattern, characters, count) => {
  expect(minimumCount(pattern, new Set(characters))).toBe(count)
})
