import { CSRF_HEADER } from '../contract.ts'
import { GatewayError } from '../gateway-error.ts'
import type { KeyRing, Principal } from './key-ring.ts'
import { isCsrfToken, sessionTokenOf } from './sessions.ts'
import type { Sessions } from './sessions.ts'

export type Authentication =
  | { readonly ok: true; readonly principal: Principal; readonly sessionId?: string }
  | { readonly ok: false; readonly error: GatewayError; readonly why: string }

/**
 * Who asks: a key in `Authorization: Bearer`, or a session cookie. A request that brings a key is judged by it alone: a
 * wrong key never falls back to a cookie, and there is no principal without a proof.
 */
export function authenticate(request: Request, keys: KeyRing, sessions: Sessions): Authentication {
  const header = request.headers.get('authorization')
  if (header !== null) {
    const key = /^Bearer +([^\s]+)$/i.exec(header)?.[1]
    const identified = key === undefined ? { ok: false as const, why: 'malformed' } : keys.identify(key)
    if (identified.ok) return identified
    if (identified.why === 'unverifiable') return { ok: false, why: identified.why, error: unverifiable() }
    return failure(identified.why, 'Incorrect API key provided.')
  }
  const token = sessionTokenOf(request.headers)
  const session = token === undefined ? undefined : sessions.find(token)
  if (session === undefined) {
    return token === undefined
      ? failure('missing', "You didn't provide an API key. Send it as Authorization: Bearer sp-client-…")
      : failure('session-ended', 'The session has ended. Sign in again.')
  }
  if (!keys.isVerifiable()) return { ok: false, why: 'unverifiable', error: unverifiable() }
  if (!keys.isActive(session.principal.keyId))
    return failure('key-ended', 'The key of this session was revoked or expired.')
  const isSafe = request.method === 'GET' || request.method === 'HEAD'
  if (!isSafe && !isCsrfToken(session, request.headers.get(CSRF_HEADER))) {
    const error = new GatewayError('invalid_csrf_token', `The header ${CSRF_HEADER} is missing or wrong.`)
    return { ok: false, error, why: 'csrf' }
  }
  return { ok: true, principal: session.principal, sessionId: session.id }
}

/** Nobody can say whether the key was revoked meanwhile: it is refused, and the caller may come again. */
export function unverifiable(): GatewayError {
  const headers = { 'retry-after': '5' }
  return new GatewayError('storage_unavailable', 'Keys cannot be verified at the moment.', { headers })
}

function failure(why: string, message: string): Authentication {
  const headers = { 'www-authenticate': 'Bearer' }
  return { ok: false, why, error: new GatewayError('invalid_api_key', message, { headers }) }
}
