import type { Exchange } from '../exchange.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'

/** The process runs. */
export function live({ requestId }: Exchange): Response {
  return jsonResponse(requestId, 200, { status: 'ok' })
}

/** Traffic may come. A fixed form: health answers have leaked keys elsewhere. */
export function ready({ requestId }: Exchange, services: Services): Response {
  const isReady = services.isReady && services.isAccountable() && services.keys.isVerifiable()
  const degraded = services.degraded()
  return jsonResponse(requestId, isReady ? 200 : 503, {
    status: isReady ? 'ready' : 'not ready',
    ...(degraded.length === 0 ? {} : { degraded }),
  })
}
