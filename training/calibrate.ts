import type { HeadFile } from '../packages/sallyport/src/guards/prompt-injection/model/model-format.ts'
import type { Head } from './trainer.ts'

/** Confidence that stands for each share of harmless texts that reach it. */
const TARGETS: Readonly<Record<Head, readonly (readonly [share: number, confidence: number])[]>> = {
  user: [
    [0.99, 0.001],
    [0.75, 0.005],
    [0.5, 0.015],
    [0.25, 0.045],
    [0.1, 0.1],
    [0.03, 0.25],
    [0.01, 0.42],
    [0.006, 0.5],
    [0.002, 0.8],
  ],
  document: [
    [0.99, 0.001],
    [0.75, 0.005],
    [0.5, 0.015],
    [0.25, 0.045],
    [0.1, 0.1],
    [0.03, 0.3],
    [0.01, 0.48],
    [0.004, 0.6],
    [0.0015, 0.8],
  ],
}

/**
 * Fixes confidence to false-positive rates: on harmless texts that the scoring model never saw, 0.5 is reached by 0.6 %
 * and 0.8 by 0.2 % (documents: 0.6 by 0.4 %). That leaves the rules their part of the 1 % and 0.3 % that both together
 * may flag. Beyond the last point the confidence nears 0.98 as much further as the last two points are apart.
 */
export function calibrate(harmless: readonly number[], head: Head): HeadFile['calibration'] {
  const sorted = [...harmless].sort((a, b) => b - a)
  const points: [number, number][] = []
  for (const [share, confidence] of TARGETS[head]) {
    const raw = sorted[Math.floor(sorted.length * share)] ?? 0
    const last = points.at(-1)
    points.push([round(Math.max(raw, (last?.[0] ?? -Infinity) + 0.01)), confidence])
  }
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return []
  const step = Math.max(0.5, last[0] - (points.at(-2)?.[0] ?? 0))
  return [[round(first[0] - 4), 0.0001], ...points, [round(last[0] + step), 0.92], [round(last[0] + 3 * step), 0.98]]
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
