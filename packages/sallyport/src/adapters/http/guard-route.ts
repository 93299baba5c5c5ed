import type { AdapterOptions } from '../core/adapter-options.ts'
import { GateRefusal } from '../core/gate-refusal.ts'
import { GatedCall } from '../core/gated-call.ts'
import { gateResponse } from './gate-response.ts'
import { bodyByOrigin } from './messages-by-origin.ts'
import { BODY, bodyPlace } from './places.ts'

export type HttpOptions = Omit<AdapterOptions, 'refusalText' | 'allowHosted'>

/** Characters of a request body. */
const MAX_BODY = 4_000_000

/** Runs `next` inside the gates: the JSON body on the way in, the answer on the way out, streamed or not. */
export async function gateExchange(
  request: Request,
  next: (request: Request) => Response | Promise<Response>,
  options: HttpOptions = {},
): Promise<Response> {
  const call = new GatedCall(options, new URL(request.url).pathname)
  try {
    const gated = request.body === null ? request : await gateRequest(request, call)
    return await gateResponse(await next(gated), call, options.allowMedia === true)
  } catch (error) {
    if (!(error instanceof GateRefusal)) throw error
    const { message, requestId } = error
    return Response.json({ error: { code: 'content_filter', message, request_id: requestId } }, { status: 400 })
  }
}

/**
 * A route handler inside the gates, for Next.js and everything else that takes a `Request` and gives a `Response`.
 *
 * @example
 * ```ts
 * export const POST = guardRoute(async (request) => {
 *   const { messages } = await request.json()
 *   return streamText({ model, messages: await convertToModelMessages(messages) }).toUIMessageStreamResponse()
 * })
 * ```
 */
export function guardRoute<Rest extends readonly unknown[]>(
  handler: (request: Request, ...rest: Rest) => Response | Promise<Response>,
  options: HttpOptions = {},
): (request: Request, ...rest: Rest) => Promise<Response> {
  return (request, ...rest) => gateExchange(request, (gated) => handler(gated, ...rest), options)
}

async function gateRequest(request: Request, call: GatedCall): Promise<Request> {
  const text = await request.text()
  if (text.length > MAX_BODY) await call.refuse('request', 'The body is too long.')
  const body: unknown = parsed(text)
  if (typeof body !== 'object' || body === null)
    await call.refuse('request', 'The body is no JSON object and cannot be read.')
  const messages: unknown = (body as { readonly messages?: unknown }).messages
  const newest = Array.isArray(messages) ? messages.findLastIndex(isUsers) : -1
  const { value, edited } = await call.request(body, BODY, bodyPlace, {
    conversationOf: bodyByOrigin,
    isOld: (path) => Number(/^\/messages\/(\d+)\//.exec(path)?.[1] ?? Infinity) < newest,
  })
  const { method, headers, signal, url } = request
  const copy = new Headers(headers)
  copy.delete('content-length')
  return new Request(url, { method, headers: copy, signal, body: edited ? JSON.stringify(value) : text })
}

function isUsers(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'role' in message && message.role === 'user'
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
