import { ocsfEvent } from 'sallyport/audit'
import type { LogFilter } from 'sallyport/audit'
import { logExportQuerySchema } from '../contract.ts'
import type { LogAccess } from '../events/log-access.ts'
import { eventOrigin } from '../exchange.ts'
import type { Exchange } from '../exchange.ts'
import { fileResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { logFilter, logOf, readLogQuery } from './log-query.ts'

const PAGE = 1_000

/** `GET /admin/api/log/export`: all that matches, page by page, no faster than the caller reads. */
export function exportLog(exchange: Exchange, services: Services): Response {
  const log = logOf(services)
  const { format, ...query } = readLogQuery(logExportQuerySchema, exchange)
  const filter = logFilter(query)
  const record = (outcome: 'success' | 'failure', detail: string): void =>
    void services.events.record({ type: 'authz', severity: 'medium', outcome, ...eventOrigin(exchange), detail })
  // At the start as well: an export that is cut off took something away, too.
  record('success', `an export of the security log begins (${format})`)
  const lines = exportLines(log, filter, format)
  let written = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await lines.next()
          if (done === true) {
            record('success', `an export of the security log ended: ${written} lines`)
            controller.close()
            return
          }
          written += value.lines
          controller.enqueue(value.bytes)
        } catch (error) {
          // The caller sees an answer that breaks off, never one that looks whole.
          record('failure', `an export of the security log broke off after ${written} lines`)
          services.reportFault(error)
          controller.error(error)
        }
      },
      async cancel() {
        record('failure', `an export of the security log was left after ${written} lines`)
        await lines.return(undefined)
      },
    },
    { highWaterMark: 1 },
  )
  const name = `sallyport-log-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${format === 'ocsf' ? 'ocsf.jsonl' : 'jsonl'}`
  return fileResponse(exchange.requestId, stream, { name, type: 'application/x-ndjson; charset=utf-8' })
}

async function* exportLines(
  log: LogAccess,
  filter: LogFilter,
  format: 'jsonl' | 'ocsf',
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly lines: number }, undefined> {
  const encoder = new TextEncoder()
  for (let afterSeq = 0; ;) {
    const entries = await log.search({ ...filter, afterSeq, limit: PAGE })
    const values = format === 'ocsf' ? entries.flatMap((entry) => ocsfEvent(entry) ?? []) : entries
    if (values.length > 0) {
      const text = values.map((value) => `${JSON.stringify(value)}\n`).join('')
      yield { bytes: encoder.encode(text), lines: values.length }
    }
    const last = entries.at(-1)
    if (last === undefined || entries.length < PAGE) return undefined
    afterSeq = last.seq
  }
}
