import type { CheckFinding, CheckResult, GuardInfo, Severity, Stage } from '@sallyport/gateway/contract'

const GATES = {
  input: 'input gate',
  retrieval: 'retrieval gate',
  'tool-call': 'tool-call gate',
  'tool-result': 'tool-result gate',
  output: 'output gate',
} as const satisfies Record<Stage, string>

const RANK = { info: 0, low: 1, medium: 2, high: 3, critical: 4 } as const satisfies Record<Severity, number>
const MOST_REASONS = 4

export interface Explanation {
  readonly headline: string
  /** In plain words, most severe first, each once. */
  readonly reasons: readonly string[]
}

/** Says what a verdict means for the text, and why. */
export function explainVerdict(result: CheckResult, stage: Stage, guards: readonly GuardInfo[]): Explanation {
  const findings = result.findings.toSorted(
    (a, b) => RANK[b.severity] - RANK[a.severity] || b.confidence - a.confidence,
  )
  const reasons = [
    ...new Set([...(result.reason ? [result.reason] : []), ...findings.map((finding) => wordsFor(finding, guards))]),
  ]
  const more = reasons.length - MOST_REASONS
  return {
    headline: headlineFor(result, GATES[stage]),
    reasons: more > 0 ? [...reasons.slice(0, MOST_REASONS), `and ${more} more, listed below`] : reasons,
  }
}

function headlineFor({ action, findings }: CheckResult, gate: string): string {
  switch (action) {
    case 'allow':
      return findings.length === 0
        ? `The ${gate} lets it pass as it is.`
        : `The ${gate} lets it pass: nothing reached its threshold.`
    case 'monitor':
      return `The ${gate} lets it pass and takes a note.`
    case 'redact':
      return `The ${gate} lets it pass after cleaning it.`
    case 'review':
      return `The ${gate} holds it until a person decides.`
    case 'block':
      return `The ${gate} stays shut.`
    default:
      return action satisfies never
  }
}

function wordsFor({ guard, code, message }: CheckFinding, guards: readonly GuardInfo[]): string {
  const documented = guards.find(({ id }) => id === guard)?.codes.find((row) => row.code === code)
  return message ?? documented?.summary ?? `${guard}: ${code}`
}
