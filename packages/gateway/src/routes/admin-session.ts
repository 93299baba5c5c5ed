import { signInRequestSchema } from '../contract.ts'
import type { Session } from '../contract.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { emptyResponse, jsonResponse } from '../http/respond.ts'
import { unverifiable } from '../identity/authenticate.ts'
import { authorize, refuseProof } from '../identity/authorize.ts'
import { sessionCookie } from '../identity/sessions.ts'
import type { SessionRecord } from '../identity/sessions.ts'
import type { Services } from '../services.ts'
import { parseWith, readJson } from './read-json.ts'

/** Trades the key of an admin or operator for a session cookie. Sign-in itself needs no CSRF token: the key in the body is the proof. */
export async function signIn(exchange: Exchange, services: Services): Promise<Response> {
  const { key } = parseWith(signInRequestSchema, await readJson(exchange, services))
  const identified = services.keys.identify(key)
  if (!identified.ok) {
    if (identified.why === 'unverifiable') throw refuseProof(identified.why, unverifiable(), exchange, services)
    const error = new GatewayError('invalid_api_key', 'This key is not known here.')
    throw refuseProof(identified.why, error, exchange, services)
  }
  const { principal } = identified
  authorize({ ...exchange, principal }, 'operator', services)
  const detail = 'console sign-in'
  services.events.record({
    type: 'auth_attempt',
    severity: 'info',
    outcome: 'success',
    ...eventOrigin({ ...exchange, principal }),
    detail,
  })
  const { token, session } = services.sessions.open(principal)
  const secure = new URL(exchange.request.url).protocol === 'https:'
  return jsonResponse(exchange.requestId, 200, toSession(session), { 'set-cookie': sessionCookie(token, { secure }) })
}

/** The running session; a key without a session has none. */
export function showSession(exchange: Exchange, services: Services): Response {
  const session = exchange.sessionId === undefined ? undefined : services.sessions.byId(exchange.sessionId)
  if (session === undefined) throw new GatewayError('invalid_api_key', 'There is no session. Sign in first.')
  return jsonResponse(exchange.requestId, 200, toSession(session))
}

export function endSession(exchange: Exchange, services: Services): Response {
  if (exchange.sessionId !== undefined) services.sessions.close(exchange.sessionId)
  return emptyResponse(exchange.requestId, 204, { 'set-cookie': sessionCookie('', { secure: false }) })
}

function toSession({ principal, csrfToken, expiresAt }: SessionRecord): Session {
  return { role: principal.role, csrfToken, expiresAt: new Date(expiresAt).toISOString() }
}
