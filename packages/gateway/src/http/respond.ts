import { errorBody } from '../gateway-error.ts'
import type { GatewayError } from '../gateway-error.ts'
import { REQUEST_ID_HEADER } from '../contract.ts'
import { API_HEADERS } from './security-headers.ts'

type HeaderMap = Readonly<Record<string, string>>

/** A JSON answer with the headers every answer has. */
export function jsonResponse(requestId: string, status: number, body: unknown, headers: HeaderMap = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...API_HEADERS,
      'content-type': 'application/json; charset=utf-8',
      [REQUEST_ID_HEADER]: requestId,
      ...headers,
    },
  })
}

export function errorResponse(requestId: string, error: GatewayError, headers: HeaderMap = {}): Response {
  return jsonResponse(requestId, error.status, errorBody(error, requestId), { ...error.details.headers, ...headers })
}

export function emptyResponse(requestId: string, status: 204, headers: HeaderMap = {}): Response {
  return new Response(null, { status, headers: { ...API_HEADERS, [REQUEST_ID_HEADER]: requestId, ...headers } })
}

/** A file that is made while it is sent. */
export function fileResponse(
  requestId: string,
  stream: ReadableStream<Uint8Array>,
  { name, type }: { readonly name: string; readonly type: string },
): Response {
  return new Response(stream, {
    status: 200,
    headers: {
      ...API_HEADERS,
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      [REQUEST_ID_HEADER]: requestId,
    },
  })
}

/** An answer that is sent piece by piece, as fast as it is read. */
export function streamResponse(
  requestId: string,
  stream: ReadableStream<Uint8Array>,
  headers: HeaderMap = {},
): Response {
  return new Response(stream, {
    status: 200,
    headers: {
      ...API_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      // Proxies that collect a stream before they pass it on would undo streaming.
      'x-accel-buffering': 'no',
      [REQUEST_ID_HEADER]: requestId,
      ...headers,
    },
  })
}
