import { GatewayError } from '../gateway-error.ts'

/** The answer while events cannot be recorded for good. */
export function unaccountable(): GatewayError {
  return new GatewayError('overloaded', 'The security log cannot be written, so no request is taken.', {
    headers: { 'retry-after': '5' },
  })
}
