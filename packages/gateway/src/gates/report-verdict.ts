import type { Finding } from 'sallyport'
import { strongerOutcome } from 'sallyport'
import type { EventType, Outcome, Severity, Stage } from '../contract.ts'
import type { EventBus } from '../events/event-bus.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import type { Refusal } from './refusal.ts'

/** What the events of a verdict need: the findings, what came of them, and where they were found. */
export interface VerdictReport {
  readonly outcome: Outcome
  readonly findings: readonly Finding[]
  readonly refusal?: Refusal
  /** Stage of a finding. */
  readonly stageOf: (finding: Finding) => Stage
  readonly model?: string
}

const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical']
const MAX_FINDINGS = 50

/** Records the events of a verdict: attempts to inject apart from other findings, and guards that failed open. */
export function reportVerdict(events: EventBus, exchange: Exchange, report: VerdictReport): void {
  if (report.findings.length === 0 && report.refusal === undefined) return
  const groups = new Map<EventType, Finding[]>()
  for (const finding of report.findings) {
    const type = typeOf(finding)
    const group = groups.get(type)
    if (group === undefined) groups.set(type, [finding])
    else group.push(finding)
  }
  const deciding = report.refusal?.rule
  for (const [type, findings] of groups) {
    const outcome = findings.reduce<Outcome>((strongest, { action }) => strongerOutcome(strongest, action), 'allow')
    const main =
      findings.find((finding) => ruleOf(finding) === deciding) ?? findings.find(({ action }) => action === outcome)
    events.record({
      type,
      severity: severest(findings),
      outcome,
      ...where(exchange, report),
      ...(main === undefined ? {} : { stage: report.stageOf(main), rule: ruleOf(main), guard: main.guard }),
      codes: [...new Set(findings.map((finding) => finding.code))].slice(0, MAX_FINDINGS),
      findings: findings.slice(0, MAX_FINDINGS).map(evidence),
      ...(type === 'failed-open' ? { detail: 'A guard failed and the policy lets text pass.' } : {}),
    })
  }
  if (report.refusal !== undefined && !report.findings.some((finding) => ruleOf(finding) === deciding)) {
    events.record({
      type: 'policy_violation',
      severity: 'medium',
      outcome: 'block',
      ...where(exchange, report),
      ...(deciding === undefined ? {} : { rule: deciding }),
      detail: report.refusal.reason,
    })
  }
}

function where(exchange: Exchange, report: VerdictReport) {
  return { ...eventOrigin(exchange), ...(report.model === undefined ? {} : { model: report.model }) }
}

function typeOf(finding: Finding): EventType {
  if (finding.code === 'failed-open') return 'failed-open'
  return finding.guard === 'prompt-injection' ? 'injection_attempt' : 'policy_violation'
}

function ruleOf(finding: Finding): string {
  return `${finding.guard}/${finding.code}`
}

function severest(findings: readonly Finding[]): Severity {
  const ranks = findings.map((finding) => SEVERITIES.indexOf(finding.severity))
  return SEVERITIES[Math.max(...ranks)] ?? 'info'
}

function evidence(finding: Finding) {
  const { guard, code, severity, confidence, start, end, fingerprint } = finding
  const length = Math.max(0, end - start)
  return {
    guard,
    code,
    severity,
    confidence,
    start,
    end,
    length,
    ...(fingerprint === undefined ? {} : { fingerprint }),
  }
}
