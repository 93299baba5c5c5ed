import { STREAM_EVENT_NAME, securityEventSchema, type SecurityEvent } from '@sallyport/gateway/contract'
import type { GatewayClient } from './gateway-client.ts'

export type FeedState = 'connecting' | 'live' | 'reconnecting'

export interface EventFeedOptions {
  readonly client: GatewayClient
  /** Events in any order; after a reconnection some are reported again. */
  readonly onEvents: (events: readonly SecurityEvent[]) => void
  readonly onState: (state: FeedState) => void
}

const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 30_000
const STREAM_PATH = '/admin/api/events/stream'
const CATCH_UP_LIMIT = 200
const REPORT_EVERY_MS = 100

/**
 * Follows the live events. A stream that is opened again asks for what came after the last event, and the latest events
 * are fetched as well, so that nothing is missed, also when the gateway was started anew. Returns the function that ends
 * it.
 */
export function followEvents({ client, onEvents, onState }: EventFeedOptions): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = FIRST_RETRY_MS
  let isEnded = false

  let lastId: string | undefined
  let waiting: SecurityEvent[] = []
  let reporting: ReturnType<typeof setTimeout> | undefined
  const report = (events: readonly SecurityEvent[]) => {
    if (isEnded) return
    for (const event of events) {
      waiting.push(event)
      if (lastId === undefined || event.id > lastId) lastId = event.id
    }
    // In a burst the page is drawn a few times a second, not once an event.
    reporting ??= setTimeout(() => {
      reporting = undefined
      const fresh = waiting
      waiting = []
      if (fresh.length > 0) onEvents(fresh)
    }, REPORT_EVERY_MS)
  }

  const retryLater = () => {
    source?.close()
    if (isEnded) return
    onState('reconnecting')
    clearTimeout(timer)
    // A little chance, so that many consoles do not come back in the same instant.
    timer = setTimeout(open, retryMs * (0.75 + Math.random() / 2))
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
  }

  const catchUp = async () => {
    try {
      report((await client.events({ limit: CATCH_UP_LIMIT })).events)
    } catch {
      // An expired session is reported by the client itself; anything else is tried again.
      retryLater()
    }
  }

  function open(): void {
    if (isEnded) return
    source = new EventSource(lastId === undefined ? STREAM_PATH : `${STREAM_PATH}?after=${encodeURIComponent(lastId)}`)
    source.addEventListener('open', () => {
      retryMs = FIRST_RETRY_MS
      onState('live')
      void catchUp()
    })
    source.addEventListener(STREAM_EVENT_NAME, ({ data }: MessageEvent<string>) => {
      const event = readEvent(data)
      if (event) report([event])
    })
    source.addEventListener('error', () => {
      // EventSource cannot say why it failed: this request finds out whether the session is over.
      void client.summary().catch(() => undefined)
      retryLater()
    })
  }

  onState('connecting')
  open()
  return () => {
    isEnded = true
    clearTimeout(timer)
    clearTimeout(reporting)
    source?.close()
  }
}

function readEvent(text: string): SecurityEvent | undefined {
  try {
    return securityEventSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
