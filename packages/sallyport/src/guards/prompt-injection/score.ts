import type { GuardContext, Match } from '../../guard/guard.ts'

/** Evidence adds up only while it stands together; a clean long document must stay clean. UTF-16 code units. */
const BUCKET = 1_000

/** Later, weaker evidence counts for less: phrases of one attack are not independent. */
const WEIGHTS = [1, 0.7, 0.5, 0.4, 0.3] as const

/** No rule is certain: what is left is for a model to decide. */
const CAP = 0.99

/**
 * Combines matches into one score, 0 to 1: a noisy-or over different codes within two neighbouring buckets of the text,
 * strongest first with falling weights. A code counts once per bucket however often it matched. Adding a match never
 * lowers the result, because the sorted list of confidences then dominates the old one element by element.
 */
export function injectionScore(matches: readonly Match[], _context?: GuardContext): number {
  const buckets = new Map<number, Map<string, number>>()
  for (const match of matches) {
    const index = Math.floor(match.start / BUCKET)
    const codes = buckets.get(index) ?? new Map<string, number>()
    codes.set(match.code, Math.max(codes.get(match.code) ?? 0, match.confidence))
    buckets.set(index, codes)
  }
  let best = 0
  for (const [index, codes] of buckets) {
    best = Math.max(best, combine(codes, buckets.get(index + 1)))
  }
  return Math.min(CAP, best)
}

function combine(here: ReadonlyMap<string, number>, next: ReadonlyMap<string, number> | undefined): number {
  const codes = new Map(here)
  for (const [code, confidence] of next ?? []) codes.set(code, Math.max(codes.get(code) ?? 0, confidence))
  const strongest = [...codes.values()].sort((a, b) => b - a)
  let miss = 1
  for (const [rank, weight] of WEIGHTS.entries()) miss *= 1 - weight * (strongest[rank] ?? 0)
  return 1 - miss
}
