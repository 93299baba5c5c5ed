import type { Finding, Verdict } from 'sallyport'
import type { CheckFinding, CheckResult } from '../contract.ts'
import { refusalOf } from './refusal.ts'

/** A verdict in the JSON of `sallyport check`. */
export function checkResult(id: string | number | undefined, verdict: Verdict): CheckResult {
  const refusal = refusalOf(verdict.decision, verdict.findings)
  return {
    ...(id === undefined ? {} : { id }),
    action: verdict.outcome,
    text: verdict.text,
    score: verdict.score,
    findings: verdict.findings.map(toCheckFinding),
    ...(refusal === undefined ? {} : { reason: refusal.reason }),
  }
}

function toCheckFinding({ guard, code, severity, confidence, start, end, entity, message }: Finding): CheckFinding {
  return {
    guard,
    code,
    severity,
    confidence,
    start,
    end,
    ...(entity === undefined ? {} : { entity }),
    ...(message === undefined ? {} : { message }),
  }
}
