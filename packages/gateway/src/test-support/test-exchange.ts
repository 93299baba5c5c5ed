import type { Exchange } from '../exchange.ts'
import { Trail } from '../observe/trail.ts'

/** A request for what works with one and never meets HTTP. */
export function testExchange(known: Partial<Exchange> = {}): Exchange {
  const requestId = `req_${'1'.repeat(32)}`
  const traceId = '2'.repeat(32)
  const route = known.route ?? 'POST /v1/chat/completions'
  return {
    requestId,
    traceId,
    trail: new Trail({ requestId, traceId, route }, () => undefined),
    route,
    startedAt: 0,
    request: new Request('http://127.0.0.1/v1/chat/completions'),
    onGone: () => () => undefined,
    params: {},
    body: () => Promise.reject(new Error('there is no body')),
    ...known,
  }
}
