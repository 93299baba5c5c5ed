import { eventTypeSchema, STREAM_EVENT_NAME } from '../contract.ts'
import type { EventList, EventType, SecurityEvent } from '../contract.ts'
import type { Exchange } from '../exchange.ts'
import { GatewayError } from '../gateway-error.ts'
import { jsonResponse, streamResponse } from '../http/respond.ts'
import type { Services } from '../services.ts'

const HEARTBEAT_MS = 15_000
/** Events a slow reader may fall behind before it is cut off; it then asks again with `Last-Event-ID`. */
const MAX_BEHIND = 1_000
const EVENT_ID = /^[0-9a-z]{9}-[0-9a-z]{8}$/

/** `GET /admin/api/events`: the newest first. */
export function listEvents(exchange: Exchange, services: Services): Response {
  const query = new URL(exchange.request.url).searchParams
  const limit = numberParam(query.get('limit') ?? '100')
  const before = idParam(query.get('before'), 'before')
  const requestId = query.get('requestId')
  const types = query
    .getAll('type')
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '')
  const events = services.events.list({
    limit,
    ...(types.length === 0 ? {} : { types: new Set(types.map(typeParam)) }),
    ...(before === undefined ? {} : { before }),
    ...(requestId === null ? {} : { requestId }),
  })
  const last = events.length === limit ? events.at(-1)?.id : undefined
  const list: EventList = { events: [...events], ...(last === undefined ? {} : { nextBefore: last }) }
  return jsonResponse(exchange.requestId, 200, list)
}

/** `GET /admin/api/events/stream`: events as they happen, after those missed since `Last-Event-ID`. */
export function eventFeed(exchange: Exchange, services: Services): Response {
  const query = new URL(exchange.request.url).searchParams
  const after = idParam(exchange.request.headers.get('last-event-id') ?? query.get('after'), 'after')
  const encoder = new TextEncoder()
  let stop = (): void => undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let forget = (): void => undefined
        let ungone = (): void => undefined
        const end = (): void => {
          stop()
          controller.close()
        }
        const send = (text: string): void => {
          if ((controller.desiredSize ?? 0) <= -MAX_BEHIND) end()
          else controller.enqueue(encoder.encode(text))
        }
        const unsubscribe = services.events.subscribe((event) => send(eventText(event)))
        const heartbeat = setInterval(() => {
          // A session that ended or a key that was revoked must not go on listening.
          if (isStillAllowed(exchange, services)) send(': still here\n\n')
          else end()
        }, HEARTBEAT_MS)
        heartbeat.unref()
        stop = () => {
          stop = () => undefined
          unsubscribe()
          clearInterval(heartbeat)
          forget()
          ungone()
        }
        ungone = exchange.onGone(() => stop())
        forget = services.onClose(end)
        send(': connected\n\n')
        if (after !== undefined) for (const event of services.events.since(after)) send(eventText(event))
      },
      cancel: () => stop(),
    },
    { highWaterMark: 1 },
  )
  return streamResponse(exchange.requestId, stream)
}

function eventText(event: SecurityEvent): string {
  return `event: ${STREAM_EVENT_NAME}\nid: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`
}

export function isStillAllowed(exchange: Exchange, services: Services): boolean {
  if (exchange.principal === undefined || !services.keys.isActive(exchange.principal.keyId)) return false
  if (exchange.sessionId === undefined) return true
  const session = services.sessions.byId(exchange.sessionId)
  return session !== undefined && session.expiresAt > Date.now()
}

function numberParam(value: string): number {
  const limit = Number(value)
  if (Number.isInteger(limit) && limit >= 1 && limit <= 500) return limit
  throw new GatewayError('invalid_value', "Invalid 'limit': it must be from 1 to 500.", { param: 'limit' })
}

function idParam(value: string | null, param: string): string | undefined {
  if (value === null || value === '') return undefined
  if (EVENT_ID.test(value)) return value
  throw new GatewayError('invalid_value', `Invalid '${param}': it must be the id of an event.`, { param })
}

function typeParam(value: string): EventType {
  const parsed = eventTypeSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new GatewayError('invalid_value', `Invalid 'type': it must be one of ${eventTypeSchema.options.join(', ')}.`, {
    param: 'type',
  })
}
