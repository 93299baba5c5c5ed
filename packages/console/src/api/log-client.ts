import {
  logAnchorSchema,
  logPageSchema,
  logProgressSchema,
  logReportSchema,
  type LogAnchor,
  type LogPage,
  type LogProgress,
  type LogReport,
} from '@sallyport/gateway/contract'
import { readEventStream } from './event-stream-lines.ts'
import { GatewayError, type GatewayClient } from './gateway-client.ts'

const LOG_PATH = '/admin/api/log'

/** A page of the log on disk. */
export async function searchLog(client: GatewayClient, query: URLSearchParams, signal?: AbortSignal): Promise<LogPage> {
  const response = await client.send('GET', `${LOG_PATH}/search?${query}`, undefined, signal)
  return logPageSchema.parse(await response.json())
}

/** Checks the whole log and tells how far it is. */
export async function verifyLog(
  client: GatewayClient,
  onProgress: (progress: LogProgress) => void,
  signal: AbortSignal,
): Promise<LogReport> {
  const response = await client.send('GET', `${LOG_PATH}/verify?progress=true`, undefined, signal)
  if (response.body) {
    for await (const data of readEventStream(response.body)) {
      const value: unknown = JSON.parse(data)
      const report = logReportSchema.safeParse(value)
      if (report.success) return report.data
      onProgress(logProgressSchema.parse(value))
    }
  }
  throw new GatewayError('The verification broke off. Try it again.', 0)
}

/** A signed head, to be kept elsewhere. */
export async function takeAnchor(client: GatewayClient): Promise<LogAnchor> {
  return logAnchorSchema.parse(await (await client.send('GET', `${LOG_PATH}/anchor`)).json())
}

/** Where a browser downloads what matches. */
export function exportPath(query: URLSearchParams, format: 'jsonl' | 'ocsf'): string {
  const search = new URLSearchParams(query)
  search.set('format', format)
  return `${LOG_PATH}/export?${search}`
}
