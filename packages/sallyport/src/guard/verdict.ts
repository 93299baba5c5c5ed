import type { Decision, Outcome } from './decision.ts'
import type { Edit, Finding } from './finding.ts'

/** The answer of a gate about one text. */
export interface Verdict {
  readonly outcome: Outcome
  readonly decision: Decision
  readonly findings: readonly Finding[]
  /** Findings of a stream beyond the first thousand: acted on and counted, but not kept. */
  readonly omittedFindings?: number
  readonly edits: readonly Edit[]
  /** The text with all edits applied, also when the outcome is `block`. */
  readonly text: string
  /** Score per guard, 0 to 1; guards without findings are absent, except `prompt-injection`, which is always there. */
  readonly score: Readonly<Record<string, number>>
}
