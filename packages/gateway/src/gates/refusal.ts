import type { Decision, Finding } from 'sallyport'
import { GatewayError } from '../gateway-error.ts'

/** Why a gate did not let something pass, in our words. */
export interface Refusal {
  /** `guard/code` of the rule that decided, if one did. */
  readonly rule?: string
  readonly reason: string
}

/**
 * The refusal a decision amounts to. Nobody can approve at the API yet, so what needs an approval is refused as well:
 * waiting for a human must never mean passing.
 */
export function refusalOf(decision: Decision, findings: readonly Finding[]): Refusal | undefined {
  switch (decision.kind) {
    case 'abstain':
    case 'allow':
      return undefined
    case 'require-approval':
      return refusal(
        `needs the approval of a person: ${withoutRule(decision.reason)}`,
        decision.reason,
        findings,
        'review',
      )
    case 'deny':
      return refusal(withoutRule(decision.reason), decision.reason, findings, 'block')
    default:
      return decision satisfies never
  }
}

/** The same from the bare reason of a denied stream. */
export function streamRefusal(reason: string, findings: readonly Finding[]): Refusal {
  return refusal(withoutRule(reason), reason, findings, 'block')
}

export function refusalError({ rule, reason }: Refusal, side: 'request' | 'answer'): GatewayError {
  const what = side === 'request' ? 'The request' : 'The answer of the model'
  const message = `${what} was refused by the security policy: ${reason}`
  return new GatewayError('content_filter', message, { reason, ...(rule === undefined ? {} : { rule }) })
}

const RULE = /^([a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*): /

function refusal(reason: string, raw: string, findings: readonly Finding[], action: 'block' | 'review'): Refusal {
  const named = RULE.exec(raw)?.[1]
  const deciding = findings.find((finding) => finding.action === action)
  const rule = named ?? (deciding === undefined ? undefined : `${deciding.guard}/${deciding.code}`)
  return { reason, ...(rule === undefined ? {} : { rule }) }
}

function withoutRule(reason: string): string {
  return reason.replace(RULE, '')
}
