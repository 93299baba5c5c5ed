import type { Exchange } from '../exchange.ts'
import { forbidden } from '../identity/authorize.ts'
import { allowsModel, allowsTool } from '../identity/key-scope.ts'
import type { JsonObject, JsonValue } from '../json/parse-json.ts'
import type { Services } from '../services.ts'

/**
 * Holds a chat request against what its key is narrowed to: the model it names and the tools it offers.
 *
 * @throws GatewayError `insufficient_permissions`, with an event.
 */
export function checkChatScope(request: JsonObject, exchange: Exchange, services: Services): void {
  checkModelScope(request['model'] as string, exchange, services)
  const scope = exchange.principal?.scope ?? {}
  for (const { name, param } of offeredTools(request)) {
    if (!allowsTool(scope, name)) {
      throw forbidden(exchange, services, 'tool', 'This key may not offer this tool to a model.', param)
    }
  }
}

/** @throws GatewayError `insufficient_permissions`, with an event, whether there is such a model or not. */
export function checkModelScope(model: string, exchange: Exchange, services: Services): void {
  if (!allowsModel(exchange.principal?.scope ?? {}, model)) {
    throw forbidden(exchange, services, 'model', 'This key may not use this model.', 'model')
  }
}

function* offeredTools(request: JsonObject): Generator<{ readonly name: string; readonly param: string }> {
  for (const [index, tool] of list(request['tools']).entries()) {
    const described = (tool['function'] ?? tool['custom']) as JsonObject
    yield { name: described['name'] as string, param: `tools[${index}]` }
  }
  for (const [index, described] of list(request['functions']).entries()) {
    yield { name: described['name'] as string, param: `functions[${index}]` }
  }
}

/** The shape was checked before: what is there is a list of objects. */
function list(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as JsonObject[]) : []
}
