import { PRESET_NAMES } from 'sallyport'
import type { GuardList, Summary } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { guardInfo } from '../gates/guard-info.ts'
import { jsonResponse } from '../http/respond.ts'
import { digestOf } from '../json/digest-of.ts'
import type { Services } from '../services.ts'

export function summary(exchange: Exchange, services: Services): Response {
  const body: Summary = {
    version: services.version,
    preset: services.shield.policy.preset,
    presets: [...PRESET_NAMES],
    policyDigest: digestOf(services.shield.policy),
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
