import type { Exchange } from '../exchange.ts'
import type { JsonObject } from '../json/parse-json.ts'
import type { Services } from '../services.ts'
import { personOf } from './pseudonym.ts'

/** Whether texts in the developer's name count as such: what the key says, else the configuration. */
export function mayClaimDeveloper({ principal }: Exchange, { config }: Services): boolean {
  return principal?.scope.claims?.developer ?? config.keys.claimDeveloper
}

/**
 * The exchange with the person behind a service's key, as named by `safety_identifier` or `user`, if the key may name
 * one. From any other key the fields are passed on and mean nothing here: else a caller could be somebody new with
 * every request.
 */
export function withUser(exchange: Exchange, request: JsonObject, services: Services): Exchange {
  const claimed = request['safety_identifier'] ?? request['user']
  const { principal } = exchange
  if (principal === undefined || typeof claimed !== 'string' || claimed === '') return exchange
  if (!(principal.scope.claims?.user ?? services.config.keys.claimUser)) return exchange
  // None can use up another's limits, and the rotation of a key changes nothing.
  return { ...exchange, user: services.pseudonym(personOf(services.keys.ownerOf(principal.keyId), claimed)) }
}
