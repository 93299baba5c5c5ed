import { z } from 'zod'
import type { ScanFinding } from './finding.ts'

const baselineSchema = z.strictObject({
  version: z.literal(1),
  findings: z.array(
    z.strictObject({
      fingerprint: z.string().regex(/^[0-9a-f]{32}$/, '32 hexadecimal digits, as "sallyport scan --json" prints them.'),
      rule: z.string(),
      file: z.string(),
      reason: z.string().trim().min(1, 'Say why this finding is accepted.'),
    }),
  ),
})

export type Baseline = z.infer<typeof baselineSchema>

/** @throws Error with our words about the first problem; the file is not quoted. */
export function parseBaseline(text: string): Baseline {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('it is no JSON; write one with --write-baseline')
  }
  const parsed = baselineSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a baseline'}`)
}

/** What is there now, accepted for one reason; earlier entries that still apply keep theirs. */
export function makeBaseline(findings: readonly ScanFinding[], reason: string): Baseline {
  return {
    version: 1,
    findings: findings
      .filter(({ accepted }) => accepted?.by !== 'comment')
      .map(({ fingerprint, rule, file, accepted }) => ({
        fingerprint,
        rule,
        file,
        reason: accepted?.reason ?? reason,
      })),
  }
}
