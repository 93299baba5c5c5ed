import { strongerDecision, strongerOutcome, type Decision, type Outcome } from '../guard/decision.ts'
import type { Edit, Finding } from '../guard/finding.ts'
import type { Verdict } from '../guard/verdict.ts'
import type { TextPart } from '../conversation/text-part.ts'
import { applyEdits, uniteEdits } from './apply-edits.ts'
import type { Gate } from './gate.ts'
import type { TextPassage } from './gate-guard.ts'
import { findAcrossSeams } from './seams.ts'

/** The answer about a whole conversation. Findings and edits name their part by `path`. */
export interface ConversationVerdict {
  readonly outcome: Outcome
  readonly decision: Decision
  /** Spans are places in the part, after values took the place of their placeholders. */
  readonly findings: readonly (Finding & { readonly path: string })[]
  readonly edits: readonly (Edit & { readonly path: string })[]
  /** The parts whose text changed, with their new text. */
  readonly parts: readonly { readonly path: string; readonly text: string }[]
  readonly score: Readonly<Record<string, number>>
}

/** A part that was judged by its own gate. */
export interface JudgedPart {
  /** With values in place of their placeholders. */
  readonly part: TextPart
  /** Whether there were any. */
  readonly isRestored: boolean
  readonly passage: TextPassage
  readonly verdict: Verdict
}

/** Joins the verdicts of parts, and reads what only shows when neighbouring parts are read together. */
export function joinParts(judged: readonly JudgedPart[], gateOf: (part: TextPart) => Gate): ConversationVerdict {
  let outcome: Outcome = 'allow'
  let decision: Decision = { kind: 'allow' }
  const findings: (Finding & { path: string })[] = []
  const score: Record<string, number> = {}
  const texts = new Map<TextPart, string>()
  const editsOf = new Map<TextPart, (Edit & { path: string })[]>()
  const known = new Map<TextPart, JudgedPart>()

  for (const each of judged) {
    const { part, isRestored, verdict } = each
    known.set(part, each)
    if (isRestored) texts.set(part, part.text)
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

  const alone = {
    gateOf,
    passageOf: (part: TextPart) => known.get(part)?.passage ?? {},
    findingsOf: (part: TextPart) => known.get(part)?.verdict.findings ?? [],
  }
  const parts = judged.map(({ part }) => part)
  for (const seam of findAcrossSeams(parts, alone)) {
    outcome = strongerOutcome(outcome, seam.outcome)
    decision = strongerDecision(decision, seam.decision)
    findings.push(...seam.findings)
    for (const { part, start, end, replacement } of seam.edits) {
      const all = editsOf.get(part) ?? []
      all.push({ path: part.path, start, end, replacement })
      editsOf.set(part, all)
      const united = uniteEdits(all.map((edit) => ({ ...edit, rank: edit.replacement.length > 0 ? 1 : 0 })))
      texts.set(part, applyEdits(part.text, united))
    }
  }
  return {
    outcome,
    decision,
    findings,
    edits: [...editsOf.values()].flat(),
    parts: [...texts].map(([{ path }, text]) => ({ path, text })),
    score,
  }
}
