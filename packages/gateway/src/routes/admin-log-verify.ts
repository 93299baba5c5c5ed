import { readAnchors } from 'sallyport/audit'
import type { Anchor, LogReport } from 'sallyport/audit'
import type { VerifyProgress } from '../audit-index/log-reader.ts'
import { logVerifyQuerySchema } from '../contract.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse, streamResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { logOf, readLogQuery } from './log-query.ts'

/** `GET /admin/api/log/verify`: reads the whole log on a thread of its own. */
export async function verifyLog(exchange: Exchange, services: Services): Promise<Response> {
  const log = logOf(services)
  const { anchor, progress } = readLogQuery(logVerifyQuerySchema, exchange)
  const anchors = anchor === undefined ? [] : anchorsOf(anchor)
  if (log.isVerifying()) {
    throw new GatewayError('overloaded', 'A verification is under way. Wait for it to end.', {
      headers: { 'retry-after': '10' },
    })
  }
  const ending = new AbortController()
  const ungone = exchange.onGone(() => ending.abort())
  const run = async (onProgress?: (progress: VerifyProgress) => void): Promise<LogReport> => {
    try {
      // What was written until now is signed first; a log that cannot be written is verified as it stands.
      await log.head().catch(() => undefined)
      const report = await log.verify({
        anchors,
        signal: ending.signal,
        ...(onProgress === undefined ? {} : { onProgress }),
      })
      recordReport(report, exchange, services)
      return report
    } finally {
      ungone()
    }
  }
  if (progress !== true) return jsonResponse(exchange.requestId, 200, await run())
  return streamResponse(exchange.requestId, progressStream(run, ending, services))
}

function progressStream(
  run: (onProgress: (progress: VerifyProgress) => void) => Promise<LogReport>,
  ending: AbortController,
  services: Services,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (name: string, value: unknown): void =>
        controller.enqueue(encoder.encode(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`))
      try {
        send('report', await run((progress) => send('progress', progress)))
        controller.close()
      } catch (error) {
        if (ending.signal.aborted) return
        services.reportFault(error)
        controller.error(error)
      }
    },
    cancel: () => ending.abort(),
  })
}

function anchorsOf(text: string): readonly Anchor[] {
  const anchors = readAnchors(text)
  if (anchors !== undefined && anchors.length > 0) return anchors
  throw new GatewayError('invalid_value', "Invalid 'anchor': it must be what the anchor route answered, one a line.", {
    param: 'anchor',
  })
}

/** Somebody looked, and what they saw: the log says both. */
function recordReport(report: LogReport, exchange: Exchange, services: Services): void {
  const { isIntact, records, problems } = report
  services.events.record({
    type: isIntact ? 'authz' : 'alert',
    severity: isIntact ? 'info' : 'critical',
    ...(isIntact ? { outcome: 'success' as const } : {}),
    ...eventOrigin(exchange),
    detail: isIntact
      ? `the security log was verified: ${records} records, intact`
      : `the security log is not intact: ${problems.length} problems, the first is ${problems[0]?.code ?? 'unknown'}`,
  })
}
