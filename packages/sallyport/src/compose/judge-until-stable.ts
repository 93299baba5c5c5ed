import type { Origin } from '../guard/stage.ts'
import type { Verdict } from '../guard/verdict.ts'
import type { Gate, Passage } from './gate.ts'

/** Rounds of editing before a text that keeps changing is denied. */
const MAX_ROUNDS = 3

/**
 * Judges a text, then judges what its edits left, until nothing more is edited. A text that never comes to rest is
 * denied: an edit that makes a new match is how single-pass sanitizers are beaten.
 */
export function judgeUntilStable(gate: Gate, text: string, origin: Origin, passage?: Passage): Verdict {
  const first = gate.check(text, origin, passage)
  let { text: current } = first
  if (current === text) return first
  for (let round = 1; round < MAX_ROUNDS; round++) {
    const next = gate.check(current, origin, passage)
    if (next.outcome === 'block' && first.outcome !== 'block') {
      return { ...first, text: next.text, outcome: 'block', decision: next.decision }
    }
    if (next.text === current) return current === first.text ? first : { ...first, text: current }
    current = next.text
  }
  const reason = 'unstable: redacting the text keeps making new findings'
  return { ...first, text: current, outcome: 'block', decision: { kind: 'deny', reason } }
}
