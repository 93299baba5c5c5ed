import { LOG_ENTRY_EVENT, logTailQuerySchema } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { streamResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'
import { isStillAllowed } from './admin-events.ts'
import { logFilter, logOf, readLogQuery } from './log-query.ts'

const LOOK_EVERY_MS = 500
const HEARTBEAT_MS = 15_000
/** Entries of one look; a reader that is far behind gets the rest with the next. */
const MAX_ENTRIES = 500

/** `GET /admin/api/log/tail`: the newest entries, then each as it is safe on disk, until the caller goes. */
export async function tailLog(exchange: Exchange, services: Services): Promise<Response> {
  const log = logOf(services)
  const { lines, after, ...query } = readLogQuery(logTailQuerySchema, exchange)
  const filter = logFilter(query)
  let seen = resumeAt(exchange) ?? after
  const first = seen === undefined ? [...(await log.search({ ...filter, limit: lines || 1 }, true))].reverse() : []
  seen ??= first.at(-1)?.seq ?? 0
  const encoder = new TextEncoder()
  let stop = (): void => undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => controller.enqueue(encoder.encode(text))
        let timer: NodeJS.Timeout | undefined
        let heardAt = Date.now()
        const end = (): void => {
          stop()
          controller.close()
        }
        const look = async (): Promise<void> => {
          // A reader that does not read is not read to.
          if ((controller.desiredSize ?? 0) > 0) {
            const entries = await log.search({ ...filter, afterSeq: seen ?? 0, limit: MAX_ENTRIES })
            if (timer === undefined) return
            for (const entry of entries) send(entryText(entry))
            seen = entries.at(-1)?.seq ?? seen
            if (entries.length > 0) heardAt = Date.now()
          }
          if (Date.now() - heardAt < HEARTBEAT_MS) return
          heardAt = Date.now()
          // A session that ended or a key that was revoked must not go on reading.
          if (isStillAllowed(exchange, services)) send(': still here\n\n')
          else end()
        }
        const lookOn = async (): Promise<void> => {
          try {
            await look()
            if (timer !== undefined) schedule()
          } catch {
            if (timer !== undefined) end()
          }
        }
        const schedule = (): void => {
          timer = setTimeout(() => void lookOn(), LOOK_EVERY_MS).unref()
        }
        const ungone = exchange.onGone(() => stop())
        const forget = services.onClose(() => timer !== undefined && end())
        stop = () => {
          clearTimeout(timer)
          timer = undefined
          ungone()
          forget()
        }
        send(': connected\n\n')
        if (lines > 0) for (const entry of first) send(entryText(entry))
        schedule()
      },
      cancel: () => stop(),
    },
    { highWaterMark: 1_000 },
  )
  return streamResponse(exchange.requestId, stream)
}

function entryText(entry: { readonly seq: number }): string {
  return `event: ${LOG_ENTRY_EVENT}\nid: ${entry.seq}\ndata: ${JSON.stringify(entry)}\n\n`
}

function resumeAt({ request }: Exchange): number | undefined {
  const id = request.headers.get('last-event-id')
  if (id === null || id === '') return undefined
  if (/^\d{1,15}$/.test(id)) return Number(id)
  throw new GatewayError('invalid_value', "Invalid 'Last-Event-ID': it must be the number of a record.", {
    param: 'Last-Event-ID',
  })
}
