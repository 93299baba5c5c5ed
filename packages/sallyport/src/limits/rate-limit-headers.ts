import type { Limit } from './limit.ts'
import type { Admission, LimitState } from './store.ts'

/**
 * Response headers that say where a caller stands:
 * - `RateLimit-Policy` and `RateLimit`, structured fields of the IETF draft draft-ietf-httpapi-ratelimit-headers (-09 and
 *   later), one item per limit;
 * - OpenAI's `x-ratelimit-{limit,remaining,reset}-{requests,tokens}`, for the tightest limit of each unit;
 * - `Retry-After` in whole seconds (RFC 9110), on a refusal that time will lift.
 *
 * Names of limits are ours, so the headers never carry what a caller sent.
 */
export function rateLimitHeaders(admission: Admission): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {}
  const { states } = admission
  if (states.length > 0) {
    headers['ratelimit-policy'] = states.map(({ limit }) => policyItem(limit)).join(', ')
    headers['ratelimit'] = states.map(stateItem).join(', ')
  }
  for (const unit of ['requests', 'tokens'] as const) {
    const tightest = tightestOf(states.filter(({ limit }) => limit.unit === unit))
    if (tightest === undefined) continue
    headers[`x-ratelimit-limit-${unit}`] = String(tightest.limit.limit)
    headers[`x-ratelimit-remaining-${unit}`] = String(tightest.remaining)
    headers[`x-ratelimit-reset-${unit}`] = durationWords(tightest.resetMs)
  }
  if (!admission.allowed && admission.retryAfterMs !== undefined) {
    headers['retry-after'] = String(Math.ceil(admission.retryAfterMs / 1_000))
  }
  return headers
}

// The draft registers the units requests, content-bytes and concurrent-requests; "tokens" is our addition.
const QUOTA_UNITS = { requests: '', tokens: ';qu="tokens"', concurrency: ';qu="concurrent-requests"' } as const

function policyItem({ name, limit, unit, windowMs }: Limit): string {
  const window = windowMs === undefined ? '' : `;w=${Math.ceil(windowMs / 1_000)}`
  return `"${name}";q=${limit}${QUOTA_UNITS[unit]}${window}`
}

function stateItem({ limit, remaining, resetMs }: LimitState): string {
  return `"${limit.name}";r=${remaining}${limit.windowMs === undefined ? '' : `;t=${Math.ceil(resetMs / 1_000)}`}`
}

function tightestOf(states: readonly LimitState[]): LimitState | undefined {
  let tightest: LimitState | undefined
  for (const state of states) {
    if (
      tightest === undefined ||
      state.remaining < tightest.remaining ||
      (state.remaining === tightest.remaining && state.resetMs > tightest.resetMs)
    ) {
      tightest = state
    }
  }
  return tightest
}

/** A duration as OpenAI writes it: `120ms`, `1.5s`, `6m0s`, `1h0m0s`. */
function durationWords(ms: number): string {
  const whole = Math.ceil(ms)
  if (whole < 1_000) return `${whole}ms`
  if (whole < 60_000) return `${whole / 1_000}s`
  const seconds = Math.ceil(whole / 1_000)
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor((seconds % 3_600) / 60)
  return `${hours > 0 ? `${hours}h` : ''}${minutes}m${seconds % 60}s`
}
