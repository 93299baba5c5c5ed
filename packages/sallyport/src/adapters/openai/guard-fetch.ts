import type { AdapterOptions } from '../core/adapter-options.ts'
import { GateRefusal } from '../core/gate-refusal.ts'
import { GatedCall } from '../core/gated-call.ts'
import { readEvents, writeEvent } from '../core/server-sent-events.ts'
import { headersFor, textBody } from '../core/web-body.ts'
import { isJson, type Json, wantsJson } from './chat-json.ts'
import { gateChatAnswer } from './gate-chat-answer.ts'
import { gateChatRequest } from './gate-chat-request.ts'
import { gateChatStream } from './gate-chat-stream.ts'
import { refusalAnswer, refusalError } from './refusal-answer.ts'

/** What a client of the OpenAI API calls to reach the network. */
export type FetchLike = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/**
 * A `fetch` with the gates in it, for any client of an OpenAI-compatible API. Chat completions are gated and models may be
 * listed; every other endpoint is refused, because nothing there is read by a gate.
 */
export function guardFetch(settings: AdapterOptions = {}, fetch: FetchLike = globalThis.fetch): FetchLike {
  return async (input, init) => {
    const { method, path } = target(input, init)
    if (method === 'GET' && /\/models(?:\/[^/]+)?$/.test(path)) return fetch(input, init)
    const call = (model: string): GatedCall => new GatedCall(settings, model)
    let request: Json | undefined
    let judge = call('openai')
    try {
      if (method !== 'POST' || !path.endsWith('/chat/completions')) {
        return refusalError(
          await refused(
            judge,
            `Only chat completions pass the gates: ${method} ${path} is refused. Use an unguarded client for it.`,
          ),
        )
      }
      request = readBody(init?.body)
      if (!request) return refusalError(await refused(judge, 'The request is no JSON object and cannot be read.'))
      judge = call(String(request['model']))
      const gated = await gateChatRequest(request, judge, settings)
      const response = await fetch(input, gated.edited ? { ...init, body: JSON.stringify(gated.value) } : init)
      return await gateResponse(response, judge, gated.value)
    } catch (error) {
      if (!(error instanceof GateRefusal)) throw error
      const words = request && settings.refusalText?.(error)
      return words === undefined
        ? refusalError(error)
        : refusalAnswer(words, error, String(request?.['model']), request?.['stream'] === true)
    }
  }
}

async function gateResponse(response: Response, call: GatedCall, request: Json): Promise<Response> {
  const { status, statusText } = response
  const headers = headersFor(response.headers)
  const json = wantsJson(request)
  if (response.ok && response.body && (headers.get('content-type') ?? '').startsWith('text/event-stream')) {
    return new Response(textBody(events(response.body, call, json)), { status, statusText, headers })
  }
  const text = await response.text()
  const answer = parsed(text)
  if (response.ok && isJson(answer)) {
    const gated = await gateChatAnswer(answer, call, json)
    return new Response(gated.edited ? JSON.stringify(gated.value) : text, { status, statusText, headers })
  }
  if (response.ok) await call.refuse('answer', 'The answer is no JSON object and cannot be read.')
  // An error of the upstream may quote what it was sent or say what it likes.
  const clean = await call.isClean(isJson(answer) ? answer : text)
  const body = clean
    ? text
    : JSON.stringify({ error: { message: 'The upstream reported an error.', code: 'upstream_error' } })
  return new Response(body, { status, statusText, headers })
}

async function* events(body: ReadableStream<Uint8Array>, call: GatedCall, json: boolean): AsyncGenerator<string> {
  for await (const chunk of gateChatStream(chunksOf(body), call, json))
    yield writeEvent({ data: JSON.stringify(chunk) })
  yield writeEvent({ data: '[DONE]' })
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Json> {
  for await (const { data } of readEvents(body)) {
    if (data === '[DONE]') return
    const chunk = parsed(data)
    if (!isJson(chunk)) throw new TypeError('The upstream streamed something that is no chunk of a chat completion.')
    if (isJson(chunk['error'])) throw new Error('The upstream reported an error in its stream.')
    yield chunk
  }
}

async function refused(call: GatedCall, reason: string): Promise<GateRefusal> {
  try {
    return await call.refuse('request', reason)
  } catch (error) {
    if (error instanceof GateRefusal) return error
    throw error
  }
}

function target(input: string | URL | Request, init: RequestInit | undefined): { method: string; path: string } {
  const url = typeof input === 'string' || input instanceof URL ? input : input.url
  const method = init?.method ?? (input instanceof Request ? input.method : 'GET')
  return { method: method.toUpperCase(), path: new URL(url).pathname.replace(/\/+$/, '') }
}

function readBody(body: RequestInit['body']): Json | undefined {
  const value = typeof body === 'string' ? parsed(body) : undefined
  return isJson(value) ? value : undefined
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
