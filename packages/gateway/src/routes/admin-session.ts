import { signInRequestSchema } from '../contract.ts'
import type { Session } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { emptyResponse, jsonResponse } from '../http/respond.ts'
import { sessionCookie } from '../identity/sessions.ts'
import type { SessionRecord } from '../identity/sessions.ts'
import type { Services } from '../services.ts'
import { parseWith, readJson } from './read-json.ts'

/** Trades an admin key for a session cookie. Sign-in itself needs no CSRF token: the key in the body is the proof. */
export async function signIn(exchange: Exchange, services: Services): Promise<Response> {
  const { key } = parseWith(signInRequestSchema, await readJson(exchange, services))
  const identified = services.keys.identify(key)
  const event = { requestId: exchange.requestId, route: exchange.route, detail: 'console sign-in' }
  if (!identified.ok) {
    services.failures.record({ type: 'auth_attempt', severity: 'medium', outcome: 'failure', ...event, status: 401 })
    throw new GatewayError('invalid_api_key', 'This key is not known here.')
  }
  const { principal } = identified
  const actor = { keyId: principal.keyId, role: principal.role }
  if (principal.role !== 'admin') {
    services.events.record({ type: 'authz', severity: 'medium', outcome: 'failure', actor, ...event, status: 403 })
    throw new GatewayError('insufficient_permissions', 'The console needs an admin key.')
  }
  services.events.record({ type: 'auth_attempt', severity: 'info', outcome: 'success', actor, ...event })
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
