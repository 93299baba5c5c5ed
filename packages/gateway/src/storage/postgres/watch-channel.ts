import type { Postgres } from './open-postgres.ts'
import type { PostgresListener } from './postgres-client.ts'

const FIRST_RETRY_MS = 200
const LAST_RETRY_MS = 5_000

/**
 * Calls `listener` for each notification, and whenever the connection comes or goes: something may have been missed.
 * The function it returns stops it. A connection that breaks is made anew, at first at once, then every five seconds.
 */
export function watchChannel(postgres: Postgres, channel: string, listener: () => void): () => void {
  let client: PostgresListener | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let retryMs = FIRST_RETRY_MS

  const connect = async (): Promise<void> => {
    const own = postgres.listener()
    client = own
    let isOver = false
    const retry = (): void => {
      if (isOver) return
      isOver = true
      void own.end().catch(() => undefined)
      if (isStopped) return
      listener()
      timer = setTimeout(() => void connect(), retryMs)
      timer.unref()
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)
    }
    own.on('error', retry)
    own.on('end', retry)
    own.on('notification', listener)
    try {
      await own.connect()
      // The name is made of a schema's: letters, digits, underscores and spaces.
      await own.query(`LISTEN "${channel}"`)
      retryMs = FIRST_RETRY_MS
      if (!isStopped) listener()
    } catch {
      retry()
    }
  }
  void connect()
  return () => {
    isStopped = true
    clearTimeout(timer)
    void client?.end().catch(() => undefined)
  }
}
