import { expect, it } from 'vitest'
import { minimumDigits } from './minimum-digits.ts'

it.each([
  [/\d{3}-\d{2}-\d{4}/, 9],
  [/[0-9](?:[ -]?[0-9]){3,7}/, 4],
  [/[a-z]\d?|\d\d/, 0],
  [/4\d{3}|[5-9]\d{4}/, 4],
  [/[0-9a-f]{4}/, 0],
  [/(?=\d{5})[a-z\d]{5}/, 0],
  [/[^\d]\D./, 0],
])('%s needs at least %i digits', (pattern, digits) => {
  expect(minimumDigits(pattern)).toBe(digits)
})
