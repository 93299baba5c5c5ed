import { strongerOutcome, type Outcome } from '../guard/decision.ts'
import type { Severity } from '../guard/finding.ts'
import type { StagedFinding } from './agent-gates.ts'
import type { AgentAuditEvent } from './agent-services.ts'
import type { AgentResult } from './denial.ts'

/** An event without the circumstances of its run. */
export type BareEvent = Omit<AgentAuditEvent, 'time' | 'requestId' | 'actor' | 'model'>

/** One event per refused tool call, then one for the run if anything was found or denied. */
export function eventsOf(result: AgentResult<unknown>): BareEvent[] {
  const { findings } = result
  const events = result.refusedCalls.map(({ tool, reason }): BareEvent => {
    const own = findings.filter((finding) => finding.stage === 'tool-call')
    return eventAbout('tool-call', 'block', 'call-refused', `${tool}: ${reason}`, own)
  })
  if (result.status === 'denied') {
    const { code, reasons } = result.denial
    const outcome = code === 'needs-approval' ? 'review' : 'block'
    events.push(eventAbout(typeOf(code, findings), outcome, code, reasons.join(' '), findings))
  } else if (findings.length > 0) {
    events.push(eventAbout('policy_violation', strongestOf(findings), 'found', undefined, findings))
  }
  return events
}

/** The strongest thing that was done. */
export function strongestOf(findings: readonly StagedFinding[]): Outcome {
  return findings.reduce<Outcome>((strongest, { action }) => strongerOutcome(strongest, action), 'allow')
}

export function eventAbout(
  type: AgentAuditEvent['type'],
  outcome: Outcome,
  code: string,
  detail: string | undefined,
  findings: readonly StagedFinding[],
): BareEvent {
  const severity = worst(findings) ?? (type === 'rate_limit' ? 'low' : 'medium')
  return { type, severity, outcome, codes: [code], findings, ...(detail !== undefined && { detail }) }
}

function typeOf(code: string, findings: readonly StagedFinding[]): AgentAuditEvent['type'] {
  if (code === 'rate-limited') return 'rate_limit'
  const isAttempt = findings.some(
    ({ guard, stage, action }) => guard === 'prompt-injection' && stage === 'input' && action === 'block',
  )
  return isAttempt ? 'injection_attempt' : 'policy_violation'
}

const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const satisfies readonly Severity[]

function worst(findings: readonly StagedFinding[]): Severity | undefined {
  return SEVERITIES[Math.max(-1, ...findings.map(({ severity }) => SEVERITIES.indexOf(severity)))]
}
