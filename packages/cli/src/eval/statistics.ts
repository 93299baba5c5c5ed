import { ScoreHistogram, STEPS } from './score-histogram.ts'

/** A share with its 95 % interval. `count` of `of` rows. */
export interface Share {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly count: number
  readonly of: number
}

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

const Z95 = 1.959964

/** A share with Wilson's interval, which stays sensible near 0 and 1 and for few rows. Undefined without rows. */
export function shareOf(count: number, of: number): Share | undefined {
  if (of === 0) return undefined
  const value = count / of
  const z2 = Z95 * Z95
  const centre = (value + z2 / (2 * of)) / (1 + z2 / of)
  const half = (Z95 / (1 + z2 / of)) * Math.sqrt((value * (1 - value)) / of + z2 / (4 * of * of))
  return {
    value: round(value),
    low: round(Math.max(0, centre - half)),
    high: round(Math.min(1, centre + half)),
    count,
    of,
  }
}

/** Probability that an attack scores above a harmless text; ties count half. Undefined unless both are there. */
export function areaUnderCurve(attacks: ScoreHistogram, harmless: ScoreHistogram): number | undefined {
  if (attacks.total === 0 || harmless.total === 0) return undefined
  const below = harmless.descending()
  let index = 0
  let left = harmless.total
  let sum = 0
  for (const [step, count] of attacks.descending()) {
    for (let entry = below[index]; entry && entry[0] > step; entry = below[++index]) left -= entry[1]
    const tied = below[index]?.[0] === step ? (below[index]?.[1] ?? 0) : 0
    sum += count * (left - tied / 2)
  }
  return sum / attacks.total / harmless.total
}

/** The lowest score that at most `rate` of the harmless rows reach; just above 1 when even the highest is too common. */
export function thresholdAt(harmless: ScoreHistogram, rate: number): number {
  const allowed = rate * harmless.total
  let count = 0
  let threshold = (STEPS + 1) / STEPS
  for (const [step, own] of harmless.descending()) {
    count += own
    if (count > allowed) return Math.max(step + 1, 0) / STEPS
    threshold = step / STEPS
  }
  return threshold
}

const REPLICATES = 200

/**
 * 95 % interval of a figure by a Poisson bootstrap: each score's count is drawn anew around what was seen. The seed is
 * fixed, so that the same rows give the same interval.
 */
export function bootstrap(
  samples: readonly ScoreHistogram[],
  figure: (drawn: readonly ScoreHistogram[]) => number | undefined,
): Interval | undefined {
  const value = figure(samples)
  if (value === undefined) return undefined
  const next = randomNumbers(20_261_122)
  const entries = samples.map((sample) => sample.descending())
  const drawn: number[] = []
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    const own = figure(
      entries.map((sample) => {
        const result = new ScoreHistogram()
        for (const [step, count] of sample) {
          const times = poisson(count, next)
          if (times > 0) result.addMany(step, times)
        }
        return result
      }),
    )
    if (own !== undefined) drawn.push(own)
  }
  drawn.sort((a, b) => a - b)
  const at = (share: number): number => drawn[Math.round((drawn.length - 1) * share)] ?? value
  return { value: round(value), low: round(at(0.025)), high: round(at(0.975)) }
}

/** Small means exactly (Knuth), large ones by the normal approximation. */
function poisson(mean: number, next: () => number): number {
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > limit; product *= next()) count++
  return count
}

/** Mulberry32: small, and the same on every machine. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function round(value: number): number {
  return Math.round(value * STEPS) / STEPS
}
