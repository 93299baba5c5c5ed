import type { GatewayConfig } from '../config/gateway-config.ts'
import type { Permit } from '../dialects/shape.ts'
import { GatewayError } from '../gateway-error.ts'
import type { JsonObject, JsonValue } from '../json/parse-json.ts'

const TOKEN_FIELDS = ['max_completion_tokens', 'max_tokens'] as const

/**
 * Holds a chat request against what the configuration says of its model, and writes the bound into a request that names
 * none, so that the upstream keeps it too.
 *
 * @throws GatewayError `invalid_value` naming the bound; `unsupported_parameter` for what the model cannot do.
 */
export function boundByModel(request: JsonObject, unscannable: readonly Permit[], config: GatewayConfig): void {
  const model = config.models.find(({ name }) => name === request['model'])
  if (model !== undefined) {
    const { tools, images, json } = model.capabilities
    if (!tools && isFilled(request['tools'])) throw cannot('tools', 'tools')
    if (!tools && isFilled(request['functions'])) throw cannot('functions', 'functions')
    if (!images && unscannable.includes('image')) throw cannot('messages', 'images')
    const format = (request['response_format'] as JsonObject | undefined)?.['type']
    if (!json && format !== undefined && format !== 'text') throw cannot('response_format', 'JSON answers')
  }
  const bound = Math.min(config.maxTokens ?? Infinity, model?.maxTokens ?? Infinity)
  if (bound === Infinity) return
  const named = TOKEN_FIELDS.filter((field) => typeof request[field] === 'number')
  for (const field of named) {
    if ((request[field] as number) <= bound) continue
    const message = `Invalid '${field}': this model may answer with at most ${bound} tokens.`
    throw new GatewayError('invalid_value', message, { param: field })
  }
  if (named.length === 0) request[model?.maxTokensParameter ?? 'max_completion_tokens'] = bound
}

function isFilled(value: JsonValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0
}

function cannot(param: string, what: string): GatewayError {
  return new GatewayError('unsupported_parameter', `This model does not take ${what}.`, { param })
}
