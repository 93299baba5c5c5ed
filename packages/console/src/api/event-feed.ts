import { STREAM_EVENT_NAME, securityEventSchema, type SecurityEvent } from '@sallyport/gateway/contract'
import type { GatewayClient } from './gateway-client.ts'

export type FeedState = 'connecting' | 'live' | 'reconnecting'

export interface EventFeedOptions {
  readonly client: GatewayClient
  /** Newly seen events in any order; the same event is never reported twice. */
  readonly onEvents: (events: readonly SecurityEvent[]) => void
  readonly onState: (state: FeedState) => void
}

const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 30_000
const CATCH_UP_LIMIT = 200

/**
 * Follows the live events. Whenever the stream opens, first or again, the latest events are fetched too, so that what
 * happened while the connection was down is not missed. Returns the function that ends it.
 */
export function followEvents({ client, onEvents, onState }: EventFeedOptions): () => void {
  const seen = new Set<string>()
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = FIRST_RETRY_MS
  let isEnded = false

  const report = (events: readonly SecurityEvent[]) => {
    const fresh = events.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    if (fresh.length > 0 && !isEnded) onEvents(fresh)
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
    source = new EventSource('/admin/api/events/stream')
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
