/** Windows end at each sentence and reach back over this many, and over as many as the limits below allow. */
export const WINDOW_UNITS: readonly number[] = [1, 2, 4, 8]

/** About 1,000 characters of prose. */
export const MAX_WINDOW_TOKENS = 200
export const MAX_WINDOW_UNITS = 64

/** What the sum of a window's weights is multiplied by: long windows say more, but not as much more as they are longer. */
export function windowNorm(tokens: number): number {
  return 1 / Math.sqrt(tokens + 6)
}
