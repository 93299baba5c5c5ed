import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import type { GatewayErrorCode } from '../gateway-error.ts'
import type { Services } from '../services.ts'
import { StorageError } from '../storage/storage-error.ts'

/** Errors no honest client makes by accident: attempts to make two parsers read two things, or to exhaust us. */
const SUSPICIOUS: ReadonlySet<GatewayErrorCode> = new Set([
  'duplicate_key',
  'confusable_key',
  'forbidden_key',
  'too_deep',
  'invalid_encoding',
  'request_too_large',
])

const UPSTREAM: ReadonlySet<GatewayErrorCode> = new Set(['upstream_error', 'upstream_timeout'])

/**
 * The one door from any fault to an error of ours, with its event. What we did not foresee says nothing about itself to
 * the caller; the operator's log gets it.
 */
export function reportError(
  error: unknown,
  exchange: Pick<Exchange, 'requestId' | 'route' | 'principal' | 'user' | 'traceId' | 'trail'>,
  services: Services,
): GatewayError {
  const where = eventOrigin(exchange)
  if (StorageError.isInstance(error)) {
    return new GatewayError('storage_unavailable', `${error.message} Nothing was changed. Try again when it is back.`)
  }
  if (!(error instanceof GatewayError)) {
    const name = error instanceof Error ? error.name : 'unknown'
    services.faults.record({
      type: 'degraded',
      severity: 'high',
      ...where,
      status: 500,
      detail: `unexpected fault: ${name}`,
    })
    services.reportFault(error)
    return new GatewayError('internal_error', 'The gateway failed. The operator finds the reason in its log.')
  }
  const { code, status } = error
  if (UPSTREAM.has(code)) {
    services.faults.record({
      type: 'degraded',
      severity: 'medium',
      ...where,
      rule: `upstream/${exchange.trail.provider ?? 'unknown'}`,
      outcome: 'failure',
      status,
      detail: error.message,
    })
  } else if (SUSPICIOUS.has(code)) {
    const recorder = where.actor === undefined ? services.failures : services.events
    const rule = `gateway/${code.replaceAll('_', '-')}`
    recorder.record({ type: 'policy_violation', severity: 'low', outcome: 'block', ...where, status, rule })
  }
  return error
}
