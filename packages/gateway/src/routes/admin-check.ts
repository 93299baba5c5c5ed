import { adminCheckRequestSchema } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { checkResult } from '../gates/check-result.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { parseWith, readJson } from './read-json.ts'

/** The playground: judges a text by the running policy or a preset. Nothing is recorded, as nothing happened. */
export async function adminCheck(exchange: Exchange, services: Services): Promise<Response> {
  const { id, text, stage, origin, preset } = parseWith(adminCheckRequestSchema, await readJson(exchange, services))
  const shield = preset === undefined ? services.shield : services.shieldOf(preset)
  if (shield === undefined)
    throw new GatewayError('invalid_value', "Invalid 'preset': there is no such preset.", { param: 'preset' })
  const verdict = await shield.check({
    text,
    ...(stage === undefined ? {} : { stage }),
    ...(origin === undefined ? {} : { origin }),
  })
  return jsonResponse(exchange.requestId, 200, { ...checkResult(id, verdict), requestId: exchange.requestId })
}
