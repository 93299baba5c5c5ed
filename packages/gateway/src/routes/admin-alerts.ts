import type { AlertTest } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'

/** `GET /admin/api/alerts`: what is open, and what was. */
export async function listAlerts({ requestId }: Exchange, { alerts }: Services): Promise<Response> {
  const list = alerts === undefined ? { open: [], recent: [], sinks: [] } : await alerts.list()
  return jsonResponse(requestId, 200, { enabled: alerts !== undefined, ...list })
}

/** `POST /admin/api/alerts/test`: a message that says it is a test, to every receiver; 200 also when one is not reached. */
export async function testAlerts({ requestId }: Exchange, { alerts }: Services): Promise<Response> {
  if (alerts === undefined) {
    throw new GatewayError('invalid_value', 'Alerts are turned off: set gateway.alerts.enabled to true.')
  }
  const body: AlertTest = { results: [...(await alerts.test())] }
  return jsonResponse(requestId, 200, body)
}
