/** What a policy rule does with a finding, weakest to strongest: the ladder by which a rule is brought in. */
export type Action = 'monitor' | 'redact' | 'review' | 'block'

export const ACTIONS = ['monitor', 'redact', 'review', 'block'] as const satisfies readonly Action[]

/** What a verdict amounts to: `allow` when no finding reached its threshold, else the strongest action taken. */
export type Outcome = 'allow' | Action

/** Weakest to strongest: abstain, allow, require-approval, deny. The strongest wins (deny-overrides, XACML 3.0 §C.2). */
export type Decision =
  | { readonly kind: 'abstain' }
  | { readonly kind: 'allow' }
  | { readonly kind: 'require-approval'; readonly reason: string }
  | { readonly kind: 'deny'; readonly reason: string }

const DECISION_RANK = { abstain: 0, allow: 1, 'require-approval': 2, deny: 3 } as const
const OUTCOME_RANK = { allow: 0, monitor: 1, redact: 2, review: 3, block: 4 } as const

/** The stronger of two decisions; the first one wins a tie, so its reason is kept. */
export function strongerDecision(a: Decision, b: Decision): Decision {
  return DECISION_RANK[b.kind] > DECISION_RANK[a.kind] ? b : a
}

export function strongerOutcome(a: Outcome, b: Outcome): Outcome {
  return OUTCOME_RANK[b] > OUTCOME_RANK[a] ? b : a
}

/** True when `a` is at least as strong as `b`. */
export function isAtLeast(a: Outcome, b: Outcome): boolean {
  return OUTCOME_RANK[a] >= OUTCOME_RANK[b]
}
