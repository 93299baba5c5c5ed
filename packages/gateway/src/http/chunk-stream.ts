import { errorBody } from '../gateway-error.ts'
import type { GatewayError } from '../gateway-error.ts'
import type { Trail } from '../observe/trail.ts'
import type { CallDeadline } from './call-deadline.ts'

/**
 * Chunks as server-sent events, read no faster than the caller takes them. A fault after the start cannot change the
 * status any more: it is sent as an event of its own, the way OpenAI does, and nothing follows it.
 */
export function chunkStream(
  chunks: AsyncGenerator<unknown>,
  trail: Pick<Trail, 'requestId' | 'error' | 'firstTokenMs' | 'elapsedMs' | 'end'>,
  deadline: CallDeadline,
  /** Turns a fault into an error of ours and records it. */
  report: (error: unknown) => GatewayError,
  /** Resolves when the events of the request are on disk: its end waits for that. Undefined: there is nothing to wait for. */
  settled: () => Promise<void> | undefined,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next()
          if (done !== true) {
            trail.firstTokenMs ??= trail.elapsedMs
            controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`))
            return
          }
          await settled()
          controller.enqueue(encoder.encode('data: [DONE]\n\n'))
        } catch (error) {
          const known = report(error)
          trail.error = known.code
          await settled()?.catch(() => undefined)
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(errorBody(known, trail.requestId))}\n\n`))
        }
        deadline.clear()
        trail.end()
        controller.close()
      },
      async cancel() {
        deadline.abort()
        await chunks.return(undefined).catch(() => undefined)
        trail.end()
      },
    },
    { highWaterMark: 4 },
  )
}
