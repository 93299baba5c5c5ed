import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { allowsModel } from '../identity/key-scope.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { checkModelScope } from './chat-scope.ts'

const LIST_TIMEOUT_MS = 5_000

/** The models that can be named, from configuration and, where an upstream takes any name, from its own list. */
export async function listModels(exchange: Exchange, services: Services): Promise<Response> {
  const names = new Set(services.models.names)
  const { others } = services.models
  if (others !== undefined) {
    for (const name of await others.models(AbortSignal.timeout(LIST_TIMEOUT_MS))) {
      if (await services.labels.isClean(name)) names.add(name)
    }
  }
  const scope = exchange.principal?.scope ?? {}
  const data = [...names].filter((name) => allowsModel(scope, name)).map((name) => modelObject(name, services))
  return jsonResponse(exchange.requestId, 200, { object: 'list', data })
}

export async function showModel(exchange: Exchange, services: Services): Promise<Response> {
  const name = exchange.params['model'] ?? ''
  const found = services.models.find(name)
  checkModelScope(name, exchange, services)
  if (found === undefined || (found.open && !(await services.labels.isClean(name)))) throw modelNotFound()
  return jsonResponse(exchange.requestId, 200, modelObject(name, services))
}

/** The name is not quoted: it may hold anything. */
export function modelNotFound(): GatewayError {
  const message = 'The model does not exist or you do not have access to it. GET /v1/models lists the models.'
  return new GatewayError('model_not_found', message, { param: 'model' })
}

function modelObject(name: string, services: Services) {
  const owner = services.models.find(name)?.route.provider.name ?? 'sallyport'
  return { id: name, object: 'model', created: Math.floor(services.startedAt / 1_000), owned_by: owner }
}
