import { z } from 'zod'
import type { CheckRequest } from '../compose/create-shield.ts'
import type { Outcome } from '../guard/decision.ts'
import type { Severity } from '../guard/finding.ts'
import { ORIGINS, STAGES } from '../guard/stage.ts'
import type { Verdict } from '../guard/verdict.ts'

/** One finding as scripts see it: stable fields only. */
export interface CheckFinding {
  readonly guard: string
  readonly code: string
  readonly severity: Severity
  readonly confidence: number
  /** UTF-16 offsets in the original text; a finding without a span goes from 0 to the length. */
  readonly start: number
  readonly end: number
  readonly entity?: string
  readonly message?: string
}

/** Answer about one text, the same from `sallyport check` and `POST /v1/guard`. */
export interface CheckAnswer {
  readonly id?: string | number
  readonly action: Outcome
  readonly text: string
  readonly score: Readonly<Record<string, number>>
  readonly findings: readonly CheckFinding[]
  /** Why it was blocked or sent to review, in our words. */
  readonly reason?: string
}

/** Answer about a request that could not be read. */
export interface CheckFault {
  readonly id?: string | number
  readonly error: {
    readonly code: 'invalid-json' | 'invalid-request' | 'invalid-utf-8' | 'too-long'
    readonly message: string
  }
}

export type ReadCheckRequest =
  | { readonly ok: true; readonly id?: string | number; readonly request: CheckRequest }
  | { readonly ok: false; readonly fault: CheckFault }

const idSchema = z.union([z.string(), z.number()])
const requestSchema = z.looseObject({
  id: idSchema.optional(),
  text: z.string(),
  stage: z.enum(STAGES).optional(),
  origin: z.enum(ORIGINS).optional(),
})

/**
 * Reads one request of the check contract. Fields beyond `id`, `text`, `stage` and `origin` are ignored, so that
 * labelled data can be checked as it is.
 */
export function readCheckRequest(
  value: unknown,
  defaults: { readonly stage?: CheckRequest['stage'] } = {},
): ReadCheckRequest {
  const parsed = requestSchema.safeParse(value)
  if (!parsed.success) {
    const id = idSchema.safeParse((value as { id?: unknown } | null)?.id)
    const message = parsed.error.issues
      .map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`)
      .join('; ')
    return { ok: false, fault: { ...(id.success && { id: id.data }), error: { code: 'invalid-request', message } } }
  }
  const { id, text, origin, stage = defaults.stage } = parsed.data
  return {
    ok: true,
    ...(id !== undefined && { id }),
    request: { text, ...(stage && { stage }), ...(origin && { origin }) },
  }
}

/** The check contract's answer for a verdict. */
export function toCheckAnswer(verdict: Verdict, id?: string | number): CheckAnswer {
  const { outcome, text, decision } = verdict
  const score: Record<string, number> = {}
  for (const [guard, value] of Object.entries(verdict.score)) score[guard] = Math.round(value * 10_000) / 10_000
  return {
    ...(id !== undefined && { id }),
    action: outcome,
    text,
    score,
    findings: verdict.findings.map(({ guard, code, severity, confidence, start, end, entity, message }) => ({
      guard,
      code,
      severity,
      confidence,
      start,
      end,
      ...(entity !== undefined && { entity }),
      ...(message !== undefined && { message }),
    })),
    ...('reason' in decision && { reason: decision.reason }),
  }
}
