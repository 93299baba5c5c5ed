import type { Outcome, SecurityEvent, Severity } from '@sallyport/gateway/contract'

const WORDS = {
  allow: 'Allow',
  monitor: 'Monitor',
  redact: 'Redact',
  review: 'Review',
  block: 'Block',
  success: 'Success',
  failure: 'Failure',
} as const satisfies Record<NonNullable<SecurityEvent['outcome']>, string>

/** How far the portcullis is down, so that the badge does not speak by color alone. */
const BARS = { allow: 3, success: 3, monitor: 5, redact: 8, review: 10, block: 13, failure: 13 } as const

export function OutcomeBadge({
  outcome,
  large = false,
}: {
  readonly outcome: Outcome | 'success' | 'failure'
  readonly large?: boolean
}) {
  const bottom = BARS[outcome]
  return (
    <span class={`badge tone-${outcome}${large ? ' badge-large' : ''}`}>
      <svg class="badge-gate" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path d="M1.5 13.5V6a5.5 5.5 0 0 1 11 0v7.5" />
        <path d={`M5 2v${bottom - 3}M7 1v${bottom - 1.5}M9 2v${bottom - 3}`} />
      </svg>
      {WORDS[outcome]}
    </span>
  )
}

export function SeverityTag({ severity }: { readonly severity: Severity }) {
  return <span class={`severity severity-${severity}`}>{severity}</span>
}
