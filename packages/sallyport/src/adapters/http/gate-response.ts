import type { GatedCall } from '../core/gated-call.ts'
import { readEvents, writeEvent } from '../core/server-sent-events.ts'
import { TextBlocks } from '../core/text-blocks.ts'
import { headersFor, textBody } from '../core/web-body.ts'
import { isJson, type Json } from '../openai/chat-json.ts'
import { gateChatStream } from '../openai/gate-chat-stream.ts'
import { gateUiStream } from './gate-ui-stream.ts'

const OUTPUT = { stage: 'output', origin: 'model' } as const

/**
 * Puts an answer through the output gate by its content type: JSON, text that grows, a UI message stream of the AI SDK, or
 * a stream of chat completion chunks.
 *
 * @throws GateRefusal when it is denied, or of a kind that no gate can read.
 */
export async function gateResponse(response: Response, call: GatedCall, allowMedia: boolean): Promise<Response> {
  const { body, status, statusText } = response
  if (body === null) return response
  const headers = headersFor(response.headers)
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const init = { status, statusText, headers }
  if (type === 'text/event-stream') return new Response(textBody(gateEvents(body, call)), init)
  if (type === 'application/json') {
    const text = await response.text()
    const { value } = await call.answer(text, { ...OUTPUT, as: 'json' }, () => OUTPUT)
    await call.end()
    return new Response(value, init)
  }
  if (type.startsWith('text/')) return new Response(textBody(gateText(body, call)), init)
  if (allowMedia) return response
  return call.refuse('answer', 'An answer of this content type cannot be read by a gate.')
}

async function* gateText(body: ReadableStream<Uint8Array>, call: GatedCall): AsyncGenerator<string> {
  const blocks = new TextBlocks(call)
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      const piece = done ? decoder.decode() : decoder.decode(value, { stream: true })
      const text = await blocks.push('text', piece)
      if (text !== '') yield text
      if (!done) continue
      ended = true
      const rest = await blocks.close('text')
      if (rest !== '') yield rest
      await call.end()
      return
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined)
  }
}

async function* gateEvents(body: ReadableStream<Uint8Array>, call: GatedCall): AsyncGenerator<string> {
  const parts = partsOf(body)
  const first = await parts.next()
  if (first.done !== true) {
    const all = startingWith(first.value, parts)
    if (Array.isArray(first.value['choices'])) {
      for await (const chunk of gateChatStream(all, call, false)) yield writeEvent({ data: JSON.stringify(chunk) })
    } else if (typeof first.value['type'] === 'string') {
      for await (const part of gateUiStream(all, call)) yield writeEvent({ data: JSON.stringify(part) })
    } else throw new TypeError('The stream is neither a UI message stream nor one of chat completion chunks.')
  }
  yield writeEvent({ data: '[DONE]' })
}

async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Json, undefined> {
  for await (const { data } of readEvents(body)) {
    if (data === '[DONE]') return
    const part: unknown = JSON.parse(data)
    if (!isJson(part)) throw new TypeError('An event of the stream is no JSON object and cannot be read.')
    yield part
  }
}

async function* startingWith(first: Json, rest: AsyncGenerator<Json>): AsyncGenerator<Json> {
  yield first
  yield* rest
}
