import type { Checklist } from '../contract-checklist.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'

interface Runs {
  last?: Checklist
  running?: Promise<Checklist>
}

const RUNS = new WeakMap<Services, Runs>()

/** `GET /admin/api/audit`: the last run of the checklist. */
export function showChecklist({ requestId }: Exchange, services: Services): Response {
  const body: Checklist = RUNS.get(services)?.last ?? { items: [] }
  return jsonResponse(requestId, 200, body)
}

/** `POST /admin/api/audit`: runs the checklist. Who asks while it runs gets the same answer. */
export async function runChecklist({ requestId }: Exchange, services: Services): Promise<Response> {
  const { checklist } = services
  if (checklist === undefined)
    throw new GatewayError('invalid_value', 'This gateway was not started in a way that lets it try itself.')
  const runs = RUNS.get(services) ?? {}
  RUNS.set(services, runs)
  runs.running ??= checklist()
    .then((items) => (runs.last = { ranAt: new Date().toISOString(), items: [...items] }))
    .finally(() => {
      delete runs.running
    })
  return jsonResponse(requestId, 200, await runs.running)
}
