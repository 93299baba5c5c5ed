/**
 * Into how many parts a window is counted. Requests that come evenly at the limit lose at most those that fall into one
 * part, `floor(limit / parts) + 1` of each `limit`: the fewest parts that keep this under 2 %. Found for every limit
 * above 49; smaller ones are logged.
 */
export function partsOf(limit: number): number {
  return [60, 80, 120].find((parts) => (Math.floor(limit / parts) + 1) * 49 <= limit) ?? 60
}
