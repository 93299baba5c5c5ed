import { expect, it } from 'vitest'
import { formatDuration } from './format-time.ts'

it.each([
  [0.4, '0 s'],
  [59.9, '59 s'],
  [60, '1 min'],
  [3600, '1 h 00 min'],
  [8040, '2 h 14 min'],
  [90_000, '1 d 1 h'],
])('writes %d seconds as "%s"', (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected)
})
