import { configHistoryQuerySchema } from '../contract.ts'
import type { ConfigHistoryList, ConfigHistoryEntry } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { readQuery } from './read-query.ts'

/** What was in force when, newest first. */
export async function configHistory(exchange: Exchange, { stores }: Services): Promise<Response> {
  const { limit, before } = readQuery(configHistoryQuerySchema, exchange)
  const body: ConfigHistoryList = { versions: [...(await stores.configHistory.list(limit, before))] }
  return jsonResponse(exchange.requestId, 200, body)
}

/** One configuration as it was, secrets masked. */
export async function configVersion(exchange: Exchange, { stores }: Services): Promise<Response> {
  const digest = exchange.params['digest'] ?? ''
  const config = await stores.configHistory.configOf(digest)
  if (config === undefined) throw new GatewayError('unknown_url', 'There is no configuration with this digest.')
  const body: ConfigHistoryEntry = { digest, config: JSON.parse(config) as ConfigHistoryEntry['config'] }
  return jsonResponse(exchange.requestId, 200, body)
}
