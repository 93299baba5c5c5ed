import { createKeyRequestSchema, rotateKeyRequestSchema } from '../contract.ts'
import type { CreatedKey, KeyInfo } from '../contract.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { emptyResponse, jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { parseWith, readJson } from './read-json.ts'

export function listKeys(exchange: Exchange, services: Services): Response {
  const keys: readonly KeyInfo[] = services.keys
    .list()
    .map((info) => (info.id === exchange.principal?.keyId ? { ...info, current: true } : info))
  return jsonResponse(exchange.requestId, 200, { keys })
}

export async function createKey(exchange: Exchange, services: Services): Promise<Response> {
  const { name, role, ...grant } = parseWith(createKeyRequestSchema, await readJson(exchange, services))
  if (grant.expiresAt !== undefined && Date.parse(grant.expiresAt) <= Date.now()) {
    throw new GatewayError('invalid_value', "Invalid 'expiresAt': it must be in the future.", { param: 'expiresAt' })
  }
  const created = services.keys.create(name, role, grant)
  recordLifecycle(exchange, services, `created ${role} key ${created.info.id}`)
  return jsonResponse(exchange.requestId, 201, created)
}

/** A new key in place of an old one, which goes on working for a while. */
export async function rotateKey(exchange: Exchange, services: Services): Promise<Response> {
  const { overlapSeconds } = parseWith(rotateKeyRequestSchema, await readJson(exchange, services))
  const id = exchange.params['id'] ?? ''
  const rotated = services.keys.rotate(id, overlapSeconds * 1_000)
  if (rotated === undefined) {
    throw new GatewayError('key_not_found', 'There is no active key with this id that was not rotated before.')
  }
  const { key, info, oldExpiresAt } = rotated
  recordLifecycle(exchange, services, `rotated key ${id} to ${info.id}; the old one works until ${oldExpiresAt}`)
  return jsonResponse(exchange.requestId, 201, { key, info } satisfies CreatedKey)
}

export function revokeKey(exchange: Exchange, services: Services): Response {
  const id = exchange.params['id'] ?? ''
  if (id === exchange.principal?.keyId) {
    throw new GatewayError('key_in_use', 'This is the key you are signed in with. Use another admin key to revoke it.')
  }
  if (!services.keys.revoke(id)) throw new GatewayError('key_not_found', 'There is no active key with this id.')
  services.sessions.closeAllOf(id)
  recordLifecycle(exchange, services, `revoked key ${id}`)
  return emptyResponse(exchange.requestId, 204)
}

function recordLifecycle(exchange: Exchange, services: Services, detail: string): void {
  services.events.record({
    type: 'key-lifecycle',
    severity: 'low',
    outcome: 'success',
    ...eventOrigin(exchange),
    detail,
  })
}
