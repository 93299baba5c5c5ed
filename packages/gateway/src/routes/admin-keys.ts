import { createKeyRequestSchema, rotateKeyRequestSchema } from '../contract.ts'
import type { CreatedKey, KeyInfo } from '../contract.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { emptyResponse, jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { StorageError } from '../storage/storage-error.ts'
import { parseWith, readJson } from './read-json.ts'

export async function listKeys(exchange: Exchange, services: Services): Promise<Response> {
  // While the database is away, what is known here.
  await services.keys.refresh({ isComplete: true }).catch(() => undefined)
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
  const created = await services.keys.create(name, role, grant)
  recordLifecycle(exchange, services, 'create', `created ${role} key ${created.info.id}`)
  return jsonResponse(exchange.requestId, 201, created)
}

/** A new key in place of an old one, which goes on working for a while. */
export async function rotateKey(exchange: Exchange, services: Services): Promise<Response> {
  const { overlapSeconds } = parseWith(rotateKeyRequestSchema, await readJson(exchange, services))
  const id = exchange.params['id'] ?? ''
  const rotated = await services.keys.rotate(id, overlapSeconds * 1_000)
  if (rotated === undefined) {
    throw new GatewayError('key_not_found', 'There is no active key with this id that was not rotated before.')
  }
  const { key, info, oldExpiresAt } = rotated
  recordLifecycle(
    exchange,
    services,
    'update',
    `rotated key ${id} to ${info.id}; the old one works until ${oldExpiresAt}`,
  )
  return jsonResponse(exchange.requestId, 201, { key, info } satisfies CreatedKey)
}

export async function revokeKey(exchange: Exchange, services: Services): Promise<Response> {
  const id = exchange.params['id'] ?? ''
  if (id === exchange.principal?.keyId) {
    throw new GatewayError('key_in_use', 'This is the key you are signed in with. Use another admin key to revoke it.')
  }
  // Before the store is asked: the key ends here even when it is away.
  services.sessions.closeAllOf(id)
  try {
    if (!(await services.keys.revoke(id)))
      throw new GatewayError('key_not_found', 'There is no active key with this id.')
  } catch (error) {
    if (!StorageError.isInstance(error)) throw error
    recordLifecycle(
      exchange,
      services,
      'delete',
      `revoked key ${id} at this gateway; the database is away and hears of it later`,
    )
    throw new GatewayError(
      'storage_unavailable',
      'The database is away. This gateway refuses the key from now on; the others follow when the database is back. Should this gateway stop before that, revoke the key again.',
    )
  }
  recordLifecycle(exchange, services, 'delete', `revoked key ${id}`)
  return emptyResponse(exchange.requestId, 204)
}

function recordLifecycle(
  exchange: Exchange,
  services: Services,
  activity: 'create' | 'update' | 'delete',
  detail: string,
): void {
  services.events.record({
    type: 'key-lifecycle',
    severity: 'low',
    outcome: 'success',
    activity,
    ...eventOrigin(exchange),
    detail,
  })
}
