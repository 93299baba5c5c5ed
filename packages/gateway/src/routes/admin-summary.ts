import { createHash } from 'node:crypto'
import { PRESET_NAMES } from 'sallyport'
import type { Shield } from 'sallyport'
import type { GuardList, Summary } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { guardInfo } from '../gates/guard-info.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'

export function summary(exchange: Exchange, services: Services): Response {
  const body: Summary = {
    version: services.version,
    preset: services.shield.policy.preset,
    presets: [...PRESET_NAMES],
    policyDigest: policyDigest(services.shield),
    models: [...services.models.names],
    startedAt: new Date(services.startedAt).toISOString(),
    uptimeSeconds: Math.floor((Date.now() - services.startedAt) / 1_000),
    counts: { ...services.counts, events: services.events.recorded },
  }
  return jsonResponse(exchange.requestId, 200, body)
}

export function listGuards(exchange: Exchange, services: Services): Response {
  const { shield } = services
  const body: GuardList = { guards: shield.guards.map((guard) => guardInfo(guard, shield.policy)) }
  return jsonResponse(exchange.requestId, 200, body)
}

/** Hex SHA-256 of the policy as JSON with sorted keys: equal policies have equal digests, however they were written. */
export function policyDigest(shield: Shield): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(shield.policy)))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sorted)
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sorted(inner)])
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
