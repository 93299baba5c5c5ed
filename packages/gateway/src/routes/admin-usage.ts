import { usageQuerySchema } from '../contract.ts'
import type { UsageReport } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { readQuery } from './read-query.ts'

const DAY_MS = 86_400_000
const MAX_ROWS = 10_000

/** What was used, summed up as the query says; what this gateway counted up to now is in it. */
export async function usageReport(exchange: Exchange, services: Services): Promise<Response> {
  const now = Date.now()
  const { from = dayOf(now - 29 * DAY_MS), to = dayOf(now), by } = readQuery(usageQuerySchema, exchange)
  await services.usage.flush()
  const rows = await services.stores.usage.sum({ from, to, by, limit: MAX_ROWS + 1 })
  const body: UsageReport = { from, to, by, rows: rows.slice(0, MAX_ROWS), isCut: rows.length > MAX_ROWS }
  return jsonResponse(exchange.requestId, 200, body)
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
