/** Probability that an attack scores above a harmless text; ties count half. */
export function areaUnderCurve(attacks: readonly number[], harmless: readonly number[]): number {
  const sorted = [...harmless].sort((a, b) => a - b)
  let sum = 0
  for (const score of attacks) sum += (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2
  return sum / (attacks.length * sorted.length)
}

/** Share of attacks above the score that `rate` of the harmless texts exceed. */
export function recallAt(attacks: readonly number[], harmless: readonly number[], rate: number): number {
  const threshold = thresholdAt(harmless, rate)
  return Math.round((attacks.filter((score) => score > threshold).length / attacks.length) * 1e3) / 1e3
}

/** The score that at most `rate` of the harmless texts exceed. */
export function thresholdAt(harmless: readonly number[], rate: number): number {
  const sorted = [...harmless].sort((a, b) => b - a)
  return sorted[Math.floor(sorted.length * rate)] ?? -Infinity
}

function countBelow(sorted: readonly number[], score: number, inclusive: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const value = sorted[middle] as number
    if (value < score || (inclusive && value === score)) low = middle + 1
    else high = middle
  }
  return low
}
