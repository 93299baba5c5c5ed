import { strongerDecision, strongerOutcome, type Decision, type Outcome } from '../guard/decision.ts'
import type { Edit, Finding } from '../guard/finding.ts'
import type { Verdict } from '../guard/verdict.ts'
import type { TextPart } from '../conversation/text-part.ts'
import { applyEdits, uniteEdits } from './apply-edits.ts'
import type { Gate } from './gate.ts'
import type { Passage } from './gate-guard.ts'
import { findAcrossSeams } from './seams.ts'

/** The answer about a whole conversation. Findings and edits name their part by `path`. */
export interface ConversationVerdict {
  readonly outcome: Outcome
  readonly decision: Decision
  readonly findings: readonly (Finding & { readonly path: string })[]
  readonly edits: readonly (Edit & { readonly path: string })[]
  /** The parts whose text changed, with their new text. */
  readonly parts: readonly { readonly path: string; readonly text: string }[]
  readonly score: Readonly<Record<string, number>>
}

/** Judges each part by its own gate, then what only shows when neighbouring parts are read together. */
export function checkParts(
  parts: readonly TextPart[],
  checkOne: (part: TextPart) => Verdict,
  gateOf: (part: TextPart) => Gate,
  passage: Passage,
): ConversationVerdict {
  let outcome: Outcome = 'allow'
  let decision: Decision = { kind: 'allow' }
  const findings: (Finding & { path: string })[] = []
  const score: Record<string, number> = {}
  const texts = new Map<TextPart, string>()
  const editsOf = new Map<TextPart, (Edit & { path: string })[]>()

  for (const part of parts) {
    const verdict = checkOne(part)
    outcome = strongerOutcome(outcome, verdict.outcome)
    decision = strongerDecision(decision, verdict.decision)
    for (const finding of verdict.findings) findings.push({ ...finding, path: part.path })
    for (const [guard, value] of Object.entries(verdict.score)) score[guard] = Math.max(score[guard] ?? 0, value)
    if (verdict.edits.length > 0) {
      editsOf.set(
        part,
        verdict.edits.map((edit) => ({ ...edit, path: part.path })),
      )
      texts.set(part, verdict.text)
    }
  }

  for (const seam of findAcrossSeams(parts, gateOf, passage)) {
    outcome = strongerOutcome(outcome, seam.outcome)
    decision = strongerDecision(decision, seam.decision)
    findings.push(...seam.findings)
    for (const { part, start, end, replacement } of seam.edits) {
      const known = editsOf.get(part) ?? []
      known.push({ path: part.path, start, end, replacement })
      editsOf.set(part, known)
      const united = uniteEdits(known.map((edit) => ({ ...edit, rank: edit.replacement.length > 0 ? 1 : 0 })))
      texts.set(part, applyEdits(part.text, united))
    }
  }
  return {
    outcome,
    decision,
    findings,
    edits: [...editsOf.values()].flat(),
    parts: [...texts].map(([part, text]) => ({ path: part.path, text })),
    score,
  }
}
