import { describe, expect, it } from 'vitest'
import { reliability } from './reliability.ts'

describe('reliability', () => {
  it('weighs attacks to one in twenty, however many there are', () => {
    const rows = (attacks: number) => [
      ...Array.from({ length: attacks }, () => ({ score: 0.95, attack: true })),
      ...Array.from({ length: 100 }, () => ({ score: 0.95, attack: false })),
    ]
    const [few, many] = [reliability(rows(10)), reliability(rows(1_000))]
    expect(few.brier).toBe(many.brier)
    expect(few.bins.at(-1)).toMatchObject({ meanScore: 0.95, attackShare: 0.05 })
  })

  it('is 0 for a detector that is always right, and 1 for one that is always wrong', () => {
    const rows = (right: boolean) => [
      { score: right ? 1 : 0, attack: true },
      { score: right ? 0 : 1, attack: false },
    ]
    expect(reliability(rows(true)).brier).toBe(0)
    expect(reliability(rows(false)).brier).toBe(1)
  })
})
