import type { Role } from '../contract.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import type { Permission } from '../routes/route.ts'
import type { Services } from '../services.ts'
import type { Principal } from './key-ring.ts'
import { allowsAddress, allowsRoute } from './key-scope.ts'

/** What each role may do. A permission that is not listed is not given. */
const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  client: ['caller'],
  operator: ['caller', 'operator'],
  admin: ['caller', 'operator', 'admin'],
}

const NEEDED: Readonly<Record<Permission, string>> = {
  public: '',
  caller: 'This needs a key.',
  operator: 'This needs the key of an operator or admin.',
  admin: 'This needs an admin key.',
}

/**
 * Lets a recognised key or session through to a route: its role, its networks and its routes must all allow it.
 *
 * @throws GatewayError `insufficient_permissions`, with an event.
 */
export function authorize(
  exchange: Exchange & { readonly principal: Principal },
  permission: Permission,
  services: Services,
): void {
  const { principal, address, route } = exchange
  if (!allowsAddress(principal.scope, address)) {
    throw forbidden(exchange, services, 'network', 'This key may not be used from this network.')
  }
  if (!PERMISSIONS[principal.role].includes(permission)) {
    throw forbidden(exchange, services, 'role', NEEDED[permission])
  }
  if (!allowsRoute(principal.scope, route.slice(route.indexOf(' ') + 1))) {
    throw forbidden(exchange, services, 'route', 'This key may not be used for this route.')
  }
}

/** The 403 for something a key may not, and its event. `what` is our word for it: role, network, route, model, tool. */
export function forbidden(
  exchange: Exchange,
  services: Services,
  what: string,
  message: string,
  param?: string,
): GatewayError {
  const { address, trail } = exchange
  trail.outcome = 'block'
  services.events.record({
    type: 'authz',
    severity: 'medium',
    outcome: 'failure',
    ...eventOrigin(exchange),
    ...(address === undefined ? {} : { source: address }),
    status: 403,
    rule: `gateway/${what}-not-allowed`,
    detail: message,
  })
  return new GatewayError('insufficient_permissions', message, param === undefined ? {} : { param })
}

/** Reasons that are an attempt to get in; asking without a key or with an old session is not. */
const WRONG_KEYS: ReadonlySet<string> = new Set(['malformed', 'unknown', 'revoked', 'expired'])

/** Records a proof that failed. Gives back the error to answer with: the given one, or 429 after too many wrong keys. */
export function refuseProof(why: string, error: GatewayError, exchange: Exchange, services: Services): GatewayError {
  const { address } = exchange
  const where = { ...eventOrigin(exchange), ...(address === undefined ? {} : { source: address }) }
  const lock = address === undefined || !WRONG_KEYS.has(why) ? undefined : services.lockout.fail(address)
  services.failures.record({
    type: 'auth_attempt',
    severity: why === 'missing' ? 'low' : 'medium',
    outcome: 'failure',
    ...where,
    status: lock === undefined ? error.status : 429,
    detail: `no access: ${why}`,
  })
  if (lock === undefined) return error
  if (lock.isFirst) {
    const detail = 'too many wrong keys from one address: further ones get 429'
    // Not throttled: one for each address that got this far is bounded by its own effort.
    services.events.record({ type: 'rate_limit', severity: 'high', outcome: 'block', ...where, status: 429, detail })
  }
  return new GatewayError('rate_limit_exceeded', 'Too many wrong keys. Wait before you try again.', {
    headers: { 'retry-after': String(lock.retryAfterSeconds) },
    holdMs: services.patience.holdMs,
  })
}
