import { keySkeleton } from '../json/key-skeleton.ts'

/** The known name a misspelt or disguised one was probably meant to be, if one is near enough. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > 64) return undefined
  const folded = fold(keySkeleton(name))
  let nearest: string | undefined
  let best = Math.max(1, Math.floor(folded.length / 3)) + 1
  for (const candidate of known) {
    const steps = distance(folded, fold(candidate), best)
    if (steps >= best) continue
    best = steps
    nearest = candidate
  }
  return nearest
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '')
}

/** Levenshtein distance, not counted further than `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? limit
}
