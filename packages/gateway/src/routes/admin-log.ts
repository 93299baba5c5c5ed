import { logSearchQuerySchema } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { jsonResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { logFilter, logOf, readLogQuery } from './log-query.ts'

/** `GET /admin/api/log/search`: a page of what is on disk, newest first unless asked otherwise. */
export async function searchLog(exchange: Exchange, services: Services): Promise<Response> {
  const log = logOf(services)
  const { order, limit, cursor, ...query } = readLogQuery(logSearchQuerySchema, exchange)
  const newestFirst = order === 'newest'
  const place = cursor === undefined ? {} : newestFirst ? { beforeSeq: cursor } : { afterSeq: cursor }
  const entries = await log.search({ ...logFilter(query), ...place, limit }, newestFirst)
  const last = entries.length === limit ? entries.at(-1)?.seq : undefined
  return jsonResponse(exchange.requestId, 200, {
    entries,
    ...(last === undefined ? {} : { nextCursor: String(last) }),
  })
}

/** `GET /admin/api/log/anchor`: a signed head over everything recorded so far, to be kept elsewhere. */
export async function anchorLog(exchange: Exchange, services: Services): Promise<Response> {
  return jsonResponse(exchange.requestId, 200, await logOf(services).head())
}
