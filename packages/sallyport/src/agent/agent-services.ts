import type { StagedFinding } from './agent-gates.ts'
import type { DenialCode } from './denial.ts'

/** The part of a limiter the agent uses. `createLimiter` of the library fits, in memory or shared. */
export interface AgentLimiter {
  check(
    subjects: Readonly<Record<string, string | undefined>>,
    tokens?: number,
  ): AgentAdmission | Promise<AgentAdmission>
}

export type AgentAdmission =
  | { readonly allowed: true; settle(tokens?: number): unknown }
  | { readonly allowed: false; readonly reason: string; readonly retryAfterMs?: number }

/** Where security events of the agent go. A record that fails, fails the run: what is not written down did not happen. */
export interface AgentAudit {
  record(event: AgentAuditEvent): unknown
}

/** What happened, without any text: codes, spans, ids. */
export interface AgentAuditEvent {
  readonly type: 'rate_limit' | 'injection_attempt' | 'policy_violation' | 'tool-call' | 'agent-run'
  /** ISO 8601, UTC. */
  readonly time: string
  /** Shared by all events of one run. */
  readonly runId: string
  readonly user?: string
  readonly model: string
  readonly outcome: 'done' | 'denied' | 'failed'
  readonly code?: DenialCode | 'call-refused' | 'history-dropped' | 'not-finished'
  readonly reasons?: readonly string[]
  /** Name of the tool of a refused call. */
  readonly tool?: string
  readonly findings: readonly StagedFinding[]
}
