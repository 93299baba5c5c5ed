import { defaultOrigin, type Origin, ORIGINS, type Stage, STAGES } from 'sallyport'
import { z } from 'zod'

/** A labelled text as `sallyport eval` reads it. */
export interface EvalRow {
  readonly text: string
  readonly label: 'malicious' | 'benign' | 'unlabelled'
  readonly stage: Stage
  readonly origin: Origin
  readonly kind: string
  readonly source: string
  readonly lang: string
}

export type EvalRowResult =
  | { readonly ok: true; readonly row: EvalRow }
  | { readonly ok: false; readonly code: 'invalid-json' | 'invalid-row'; readonly message: string }

/** Kinds that are documents, not requests, unless the row names its stage. */
const DOCUMENT_KINDS: ReadonlySet<string> = new Set(['indirect_injection', 'benign_document'])
const UNKNOWN = '(none)'
const name = z.string().max(200).nullish()

const rowSchema = z.looseObject({
  text: z.string(),
  label: z.enum(['malicious', 'benign', 'unlabelled']),
  kind: name,
  source: name,
  lang: name,
  stage: z.enum(STAGES).nullish(),
  origin: z.enum(ORIGINS).nullish(),
})

/** Reads one line of a data set. What is wrong is said without quoting the line. */
export function readEvalRow(line: string): EvalRowResult {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { ok: false, code: 'invalid-json', message: 'not valid JSON; write one object {"text","label"} a line' }
  }
  const parsed = rowSchema.safeParse(value)
  if (!parsed.success) {
    const message = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message}`).join('; ')
    return { ok: false, code: 'invalid-row', message }
  }
  const { text, label, kind, source, lang } = parsed.data
  const stage = parsed.data.stage ?? (DOCUMENT_KINDS.has(kind ?? '') ? 'retrieval' : 'input')
  return {
    ok: true,
    row: {
      text,
      label,
      stage,
      origin: parsed.data.origin ?? defaultOrigin(stage),
      kind: kind ?? UNKNOWN,
      source: source ?? UNKNOWN,
      lang: lang ?? UNKNOWN,
    },
  }
}
