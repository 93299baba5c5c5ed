import type { Finding } from '../guard/finding.ts'
import type { Match } from '../guard/guard.ts'

/** Sorts findings and drops those that lie inside one of the same guard and code that is at least as sure. */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const sorted = findings.toSorted(
    (a, b) => a.start - b.start || b.end - a.end || b.confidence - a.confidence || (a.code < b.code ? -1 : 1),
  )
  const last = new Map<string, Finding>()
  return sorted.filter((finding) => {
    const key = `${finding.guard}/${finding.code}`
    const other = last.get(key)
    if (other && other.end >= finding.end && other.confidence >= finding.confidence) return false
    last.set(key, finding)
    return true
  })
}

/** The match that explains a combined score best. */
export function surest(matches: readonly Match[]): Match {
  return matches.reduce((best, match) => (match.confidence > best.confidence ? match : best))
}

export function reasonFor(guard: string, match: Match): string {
  return `${guard}/${match.code}: ${match.message}`
}

/** Matches with an extent. When there are none, the score rests on the text as a whole. */
export function placedMatches(matches: readonly Match[], length: number): readonly Match[] {
  const placed = matches.filter(({ start, end }) => end > start)
  return placed.length > 0 ? placed : matches.map((match) => ({ ...match, start: 0, end: length }))
}
