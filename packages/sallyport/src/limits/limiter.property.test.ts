import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLimiter } from './limiter.ts'
import { memoryStore } from './memory-store.ts'
import type { Admitted } from './store.ts'

const WINDOWS = [1_000, 2_500, 60_000, 3_600_000]

const limitSets = fc
  .array(
    fc.record({
      limit: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 60, max: 300 })),
      windowMs: fc.constantFrom(...WINDOWS),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((rows) => rows.map((row, at) => ({ name: `limit-${at}`, subject: 'user', unit: 'requests' as const, ...row })))

// Bursts, pauses and steps near the edges of windows and of their parts.
const steps = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 70_000 }),
    fc.constantFrom(999, 1_000, 1_001, 2_499, 2_500, 59_999, 60_000, 60_001, 3_599_999, 3_600_000, 8_000_000),
    fc.double({ min: 0, max: 50, noNaN: true }),
  ),
  { minLength: 50, maxLength: 600 },
)

describe('no sliding window holds more than its limit', () => {
  it('whatever arrives when, judged by a list of all admissions', () => {
    fc.assert(
      fc.property(limitSets, steps, fc.integer({ min: 0, max: 5_000_000 }), (limits, waits, start) => {
        let now = start
        const limiter = createLimiter({ limits, now: () => now })
        const admitted: number[] = []
        for (const wait of waits) {
          now += wait
          const admission = limiter.check({ user: 'u' })
          const counted = limits.map(({ windowMs }) => admitted.filter((time) => time > now - windowMs).length)
          if (admission.allowed) {
            admitted.push(now)
            limits.forEach(({ limit }, at) => expect(counted[at]).toBeLessThan(limit))
          } else {
            // A refusal may be early, but at most by a sixtieth of the window: within so much more time all were used.
            const near = limits.map(
              ({ windowMs, limit }) =>
                admitted.filter((time) => time > now - windowMs - Math.ceil(windowMs / 60) - 1).length >= limit,
            )
            expect(near).toContain(true)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('also when requests are cancelled: only those that ran count', () => {
    fc.assert(
      fc.property(
        limitSets,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.boolean()), { minLength: 50, maxLength: 300 }),
        (limits, rows) => {
          let now = 0
          const limiter = createLimiter({ limits, now: () => now })
          const ran: number[] = []
          const open: { readonly time: number; readonly admission: Admitted }[] = []
          for (const [wait, cancels] of rows) {
            now += wait
            const admission = limiter.check({ user: 'u' })
            if (admission.allowed) open.push({ time: now, admission })
            const first = open.length > 3 ? open.shift() : undefined
            if (first === undefined) continue
            if (cancels) first.admission.cancel()
            else {
              first.admission.settle()
              ran.push(first.time)
            }
          }
          ran.push(...open.map(({ time }) => time))
          for (const { windowMs, limit } of limits) {
            for (const end of ran) {
              expect(ran.filter((time) => time > end - windowMs && time <= end).length).toBeLessThanOrEqual(limit)
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('of tokens, with reservations that are settled below what was reserved', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 5_000 }),
        fc.array(
          fc.tuple(
            fc.integer({ min: 0, max: 4_000 }),
            fc.integer({ min: 1, max: 400 }),
            fc.double({ min: 0, max: 1, noNaN: true }),
          ),
          {
            minLength: 50,
            maxLength: 300,
          },
        ),
        (limit, rows) => {
          let now = 0
          const limits = [{ name: 'tokens', subject: 'user', unit: 'tokens' as const, limit, windowMs: 60_000 }]
          const limiter = createLimiter({ limits, now: () => now })
          const used: { readonly time: number; readonly tokens: number }[] = []
          for (const [wait, tokens, share] of rows) {
            now += wait
            const admission = limiter.check({ user: 'u' }, tokens)
            if (!admission.allowed) continue
            const real = Math.floor(tokens * share)
            admission.settle(real)
            used.push({ time: now, tokens: real })
            const sum = used.filter(({ time }) => time > now - 60_000).reduce((total, row) => total + row.tokens, 0)
            expect(sum).toBeLessThanOrEqual(limit)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('uniform load at the limit', () => {
  it.each([
    1, 2, 7, 10, 33, 60, 64, 65, 66, 71, 80, 97, 100, 120, 128, 150, 200, 255, 256, 300, 500, 600, 1_000, 6_000,
  ])('of %i an hour is refused at most 2 times in 100, at any phase', (limit) => {
    const windowMs = 3_600_000
    for (const phase of [0, 1, 7_919, 29_999, 31_337, 59_999]) {
      let now = 0
      const limits = [{ name: 'hour', subject: 'user', unit: 'requests' as const, limit, windowMs }]
      const limiter = createLimiter({ limits, now: () => now })
      const total = Math.max(1_000, limit * 5)
      let refused = 0
      for (let at = 0; at < total; at++) {
        now = phase + Math.round((at * windowMs) / limit)
        if (!limiter.check({ user: 'u' }).allowed) refused++
      }
      expect(refused / total).toBeLessThanOrEqual(0.02)
    }
  })
})

describe('bounded memory', () => {
  it('never lets a key pass more often because of other keys', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2_000 })), {
          minLength: 100,
          maxLength: 800,
        }),
        (maxKeys, rows) => {
          let now = 0
          const limits = [{ name: 'two', subject: 'user', unit: 'requests' as const, limit: 2, windowMs: 10_000 }]
          const limiter = createLimiter({ limits, now: () => now, store: memoryStore({ maxKeys }) })
          const admitted = new Map<number, number[]>()
          for (const [who, wait] of rows) {
            now += wait
            if (!limiter.check({ user: `user-${who}` }).allowed) continue
            const times = [...(admitted.get(who) ?? []), now].filter((time) => time > now - 10_000)
            admitted.set(who, times)
            expect(times.length).toBeLessThanOrEqual(2)
          }
        },
      ),
      { numRuns: 100 },
    )
  })

  it('finds every key again after thousands came and went, whatever characters it has', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60, unit: 'binary' }), { minLength: 1, maxLength: 300 }),
        (keys) => {
          let now = 0
          const limits = [{ name: 'one', subject: 'user', unit: 'requests' as const, limit: 1, windowMs: 60_000 }]
          const limiter = createLimiter({ limits, now: () => now, store: memoryStore({ maxKeys: 400 }) })
          for (let round = 0; round < 3; round++) {
            now += 200_000
            for (const key of keys) expect(limiter.check({ user: key }).allowed).toBe(true)
            for (const key of keys) expect(limiter.check({ user: key }).allowed).toBe(false)
            for (let other = 0; other < 50; other++) limiter.check({ user: `other-${round}-${other}` })
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})
