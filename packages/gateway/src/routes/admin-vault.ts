import type { VaultCount } from 'sallyport/vault'
import { vaultDeleteRequestSchema } from '../contract.ts'
import type { VaultDeleted, VaultSummary } from '../contract.ts'
import { actorOf } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { parseWith, readJson } from './read-json.ts'

/** `GET /admin/api/vault`: how much is kept of whom. */
export async function showVault(exchange: Exchange, services: Services): Promise<Response> {
  const counts = await services.vault.count()
  return jsonResponse(exchange.requestId, 200, { conversations: counts.map(vaultEntry) } satisfies VaultSummary)
}

/** `DELETE /admin/api/vault`: forgets the values of a key, a person or a conversation. */
export async function deleteFromVault(exchange: Exchange, services: Services): Promise<Response> {
  const { key, user, conversation, all } = parseWith(vaultDeleteRequestSchema, await readJson(exchange, services))
  if (all === undefined && key === undefined && user === undefined && conversation === undefined) {
    throw new GatewayError('invalid_value', "Say what is meant: 'key', 'user', 'conversation', or 'all': true.")
  }
  const deleted = await services.vault.delete({
    ...(key === undefined ? {} : { tenant: services.keys.ownerOf(key) }),
    ...(user === undefined ? {} : { subject: user }),
    ...(conversation === undefined ? {} : { conversation }),
  })
  const actor = actorOf(exchange)
  services.events.record({
    type: 'authz',
    severity: 'low',
    outcome: 'success',
    requestId: exchange.requestId,
    route: exchange.route,
    ...(actor === undefined ? {} : { actor }),
    detail: `${deleted} values were deleted from the vault`,
  })
  return jsonResponse(exchange.requestId, 200, { deleted } satisfies VaultDeleted)
}

/** One conversation of the vault as people see it. */
export function vaultEntry(count: VaultCount): VaultSummary['conversations'][number] {
  const { tenant, subject, conversation, entities, expiresAt } = count
  return {
    key: tenant,
    ...(subject === '' ? {} : { user: subject }),
    conversation,
    entities,
    expiresAt: new Date(expiresAt).toISOString(),
  }
}
