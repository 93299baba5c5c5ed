import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Patience } from './patience.ts'

/** The hold after a tenth of a second with this utilization. */
function holdAt(utilization: number): number {
  let now = 0
  const patience = new Patience(
    () => utilization,
    () => now,
  )
  now = 100
  return patience.holdMs
}

describe('the time an unwelcome answer waits', () => {
  it.each([
    [0, 0],
    [0.5, 0],
    [0.6, 50],
    [0.75, 125],
    [1, 250],
  ])('at %d of the time at work: %d ms', (utilization, hold) => {
    expect(holdAt(utilization)).toBe(hold)
  })

  it('never falls as the loop has more to do, and is bounded whatever is measured', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }), (a, b) => {
        expect(holdAt(Math.max(a, b))).toBeGreaterThanOrEqual(holdAt(Math.min(a, b)))
        expect(holdAt(a)).toBeLessThanOrEqual(250)
      }),
    )
  })

  it('is measured anew every tenth of a second, not for each request of a flood', () => {
    let now = 0
    let asked = 0
    const patience = new Patience(
      () => {
        asked++
        return 1
      },
      () => now,
    )
    for (; now < 1_000; now++) void patience.holdMs
    expect(asked).toBe(9)
  })

  it('follows the real event loop', async () => {
    const patience = new Patience()
    const end = performance.now() + 150
    while (performance.now() < end) Math.sqrt(end)
    expect(patience.holdMs).toBeGreaterThan(0)
    await new Promise((resolve) => setTimeout(resolve, 500))
    // The first sample still holds the work above.
    void patience.holdMs
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(patience.holdMs).toBeLessThan(250)
  })
})
