import type { Exchange } from '../exchange.ts'
import { jsonResponse } from '../http/respond.ts'
import type { ConfigSummary } from '../contract.ts'
import type { Services } from '../services.ts'

/** The running configuration in a fixed form: places of secrets and addresses of upstreams stay out of it. */
export function configSummary(exchange: Exchange, services: Services): Response {
  const { config } = services
  const body: ConfigSummary = {
    upstreams: config.upstreams.map(({ name, apiKey, models }) => ({
      name,
      hasKey: apiKey !== undefined,
      models: models.map((model) => (typeof model === 'string' ? model : model.name)),
    })),
    demoModel: config.demoModel,
    permits: [...config.permits],
    claimDeveloper: config.keys.claimDeveloper,
    refusalMode: config.refusal.mode,
    allowedHosts: [...config.allowedHosts],
    allowedOrigins: [...config.allowedOrigins],
    limits: { ...config.limits },
  }
  return jsonResponse(exchange.requestId, 200, body)
}
