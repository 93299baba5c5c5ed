import type { Outcome } from '../guard/decision.ts'
import type { Severity } from '../guard/finding.ts'
import type { StagedFinding } from './agent-gates.ts'

/** The part of a limiter the agent uses. `createLimiter` of the library fits, in memory or shared. */
export interface AgentLimiter {
  check(
    subjects: Readonly<Record<string, string | undefined>>,
    tokens?: number,
  ): AgentAdmission | Promise<AgentAdmission>
}

export type AgentAdmission =
  | { readonly allowed: true; settle(tokens?: number): unknown }
  | { readonly allowed: false; readonly reason: string; readonly retryAfterMs?: number | undefined }

/**
 * Where security events of the agent go; the log of `sallyport/audit` fits. An event that cannot be appended fails the
 * run: a gate whose decisions leave no trace is not to be relied on.
 */
export interface AgentAudit {
  append(event: AgentAuditEvent): unknown
}

/** What happened, without any text: codes, spans, ids. */
export interface AgentAuditEvent {
  readonly type: 'rate_limit' | 'injection_attempt' | 'policy_violation' | 'tool-call'
  readonly severity: Severity
  /** ISO 8601, UTC. */
  readonly time: string
  /** Shared by all events of one run. */
  readonly requestId: string
  readonly actor?: { readonly user: string }
  readonly model: string
  /** What was done: `monitor` and `redact` in a run that ended well. */
  readonly outcome: Outcome
  /** The code of the denial, or `found`, `unfinished` (the run was left or failed), `call-refused`, `result-withheld`, `history-dropped`. */
  readonly codes: readonly string[]
  /** Reasons and names of tools, in our words. */
  readonly detail?: string
  readonly findings: readonly StagedFinding[]
}
