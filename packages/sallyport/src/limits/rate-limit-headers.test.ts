import { describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.ts'
import type { Limit } from './limit.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'

const LIMITS: readonly Limit[] = [
  { name: 'minute', subject: 'user', unit: 'requests', limit: 2, windowMs: 60_000 },
  { name: 'hour', subject: 'user', unit: 'requests', limit: 100, windowMs: 3_600_000 },
  { name: 'tokens', subject: 'user', unit: 'tokens', limit: 1_000, windowMs: 60_000 },
  { name: 'at-once', subject: 'user', unit: 'concurrency', limit: 5 },
]

describe('the headers of a limiter', () => {
  it('state policies and use in the fields of the IETF draft and in those of OpenAI', () => {
    const limiter = createLimiter({ limits: LIMITS, now: () => 0 })
    expect(rateLimitHeaders(limiter.check({ user: 'ada' }, 300))).toEqual({
      'ratelimit-policy':
        '"minute";q=2;w=60, "hour";q=100;w=3600, "tokens";q=1000;qu="tokens";w=60, "at-once";q=5;qu="concurrent-requests"',
      ratelimit: '"minute";r=1;t=60, "hour";r=99;t=3660, "tokens";r=700;t=61, "at-once";r=4',
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '1',
      'x-ratelimit-reset-requests': '1m0s',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '700',
      'x-ratelimit-reset-tokens': '1m1s',
    })
  })

  it.each([
    [0, 60, '1m0s'],
    [100, 60, '59.9s'],
    [59_500, 1, '500ms'],
    [59_999, 1, '1ms'],
  ])('tell a refused caller after %i ms to come back in %i s', (wait, seconds, reset) => {
    let now = 5
    const limiter = createLimiter({ limits: LIMITS.slice(0, 1), now: () => now })
    for (let at = 0; at < 2; at++) limiter.check({ user: 'ada' })
    now += wait
    expect(rateLimitHeaders(limiter.check({ user: 'ada' }))).toMatchObject({
      'retry-after': String(seconds),
      ratelimit: `"minute";r=0;t=${seconds}`,
      'x-ratelimit-reset-requests': reset,
    })
  })

  it('have no Retry-After when no waiting helps', () => {
    const limiter = createLimiter({ limits: LIMITS, now: () => 0 })
    expect(rateLimitHeaders(limiter.check({ user: 'ada' }, 1_001))).not.toHaveProperty('retry-after')
  })

  it('are none when no limit applies', () => {
    expect(rateLimitHeaders(createLimiter().check({ key: 'k' }))).toEqual({})
  })
})

describe('limits that make no sense are refused', () => {
  it.each<readonly [string, Partial<Limit>]>([
    ['a name with a space', { name: 'a b' }],
    ['a zero', { limit: 0 }],
    ['a fraction', { limit: 1.5 }],
    ['a window that is too short', { windowMs: 999 }],
    ['a window of a month', { windowMs: 31 * 24 * 3_600_000 }],
    ['concurrency with a window', { unit: 'concurrency' }],
  ])('%s', (_, change) => {
    const limit: Limit = { name: 'minute', subject: 'user', unit: 'requests', limit: 2, windowMs: 60_000, ...change }
    expect(() => createLimiter({ limits: [limit] })).toThrow(expect.objectContaining({ code: 'invalid-options' }))
  })

  it('two of one name', () => {
    expect(() => createLimiter({ limits: [...LIMITS, ...LIMITS] })).toThrow('Two limits')
  })
})

describe('a clock that is set back', () => {
  it('neither frees nor freezes anybody', () => {
    let now = 1_000_000
    const limiter = createLimiter({ limits: LIMITS.slice(0, 1), now: () => now })
    limiter.check({ user: 'ada' })
    limiter.check({ user: 'ada' })
    now -= 900_000
    expect(limiter.check({ user: 'ada' }).allowed).toBe(false)
    now += 60_000
    expect(limiter.check({ user: 'ada' }).allowed).toBe(true)
  })
})
