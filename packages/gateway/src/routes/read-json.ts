import type { z } from 'zod'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { decodeUtf8, requireJson } from '../http/read-body.ts'
import { parseJson, paramOf } from '../json/parse-json.ts'
import type { JsonValue } from '../json/parse-json.ts'
import { nearestName } from '../dialects/nearest-name.ts'
import type { Services } from '../services.ts'

/** The JSON body of a request, parsed strictly. */
export async function readJson(exchange: Exchange, services: Services): Promise<JsonValue> {
  requireJson(exchange.request)
  return parseJson(decodeUtf8(await exchange.body()), { maxDepth: services.config.limits.maxDepth })
}

/** Parses a value against a schema; the first problem becomes the error. */
export function parseWith<Schema extends z.ZodObject>(schema: Schema, value: JsonValue): z.infer<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    const param = paramOf([...pathOf(issue.path), key])
    const nearest = nearestName(key, Object.keys(schema.shape))
    const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`
    throw new GatewayError('unknown_parameter', `Unknown parameter: '${param}'.${hint}`, { param })
  }
  const param = paramOf(pathOf(issue?.path ?? []))
  const code = issue?.code === 'invalid_type' ? 'invalid_type' : 'invalid_value'
  // zod's message names what it expected, not what it got.
  const what = issue?.message.replace(/, received .*$/, '') ?? 'it is not valid'
  throw new GatewayError(code, `Invalid '${param === '' ? 'body' : param}': ${what}.`, param === '' ? {} : { param })
}

function pathOf(path: readonly PropertyKey[]): (string | number)[] {
  return path.filter((step): step is string | number => typeof step !== 'symbol')
}
