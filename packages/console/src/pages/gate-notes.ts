import type { Outcome, SecurityEvent } from '@sallyport/gateway/contract'

/** What one gate did with one request, for the line below a chat turn. */
export interface GateNote {
  readonly id: string
  readonly gate: string
  readonly outcome: Outcome
  readonly codes: readonly { readonly code: string; readonly count: number }[]
  /** Codes left out of `codes`. */
  readonly more: number
}

const MOST_CODES = 3

/** The gates' decisions among a request's events, oldest first. What merely passed says nothing. */
export function gateNotes(events: readonly SecurityEvent[]): readonly GateNote[] {
  return events.toReversed().flatMap(({ id, stage, outcome, findings, codes, rule }): readonly GateNote[] => {
    if (outcome === undefined || outcome === 'success' || outcome === 'failure' || outcome === 'allow') return []
    const named = findings?.map((finding) => `${finding.guard}/${finding.code}`) ?? codes ?? (rule ? [rule] : [])
    const counts = new Map<string, number>()
    for (const code of named) counts.set(code, (counts.get(code) ?? 0) + 1)
    return [
      {
        id,
        gate: stage ? `${stage} gate` : 'gateway',
        outcome,
        codes: [...counts].slice(0, MOST_CODES).map(([code, count]) => ({ code, count })),
        more: Math.max(0, counts.size - MOST_CODES),
      },
    ]
  })
}
