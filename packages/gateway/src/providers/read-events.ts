import { createParser } from 'eventsource-parser'
import { GatewayError } from '../gateway-error.ts'
import { parseJson } from '../json/parse-json.ts'
import type { JsonValue } from '../json/parse-json.ts'
import { toGatewayError } from './upstream-errors.ts'

export interface ReadEventsOptions {
  readonly name: string
  readonly signal: AbortSignal
  readonly maxAnswerBytes: number
  /** Of one event that does not end, so that an endless line cannot fill the memory. */
  readonly maxEventBytes: number
}

/**
 * The JSON of each server-sent event up to `[DONE]`. Comments, other event fields and odd line ends are the parser's
 * matter. The source is read no faster than the chunks are taken and is closed when the reader stops early.
 *
 * @throws GatewayError when the stream breaks, floods, holds no JSON or ends without `[DONE]`.
 */
export async function* readEvents(
  source: AsyncIterable<Uint8Array>,
  { name, signal, maxAnswerBytes, maxEventBytes }: ReadEventsOptions,
): AsyncGenerator<JsonValue> {
  const decoder = new TextDecoder('utf-8')
  let ready: string[] = []
  let overflow = false
  const parser = createParser({
    onEvent: (event) => ready.push(event.data),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') overflow = true
    },
    maxBufferSize: maxEventBytes,
  })
  let size = 0
  try {
    for await (const piece of source) {
      size += piece.length
      if (size > maxAnswerBytes) throw tooMuch(name)
      parser.feed(decoder.decode(piece, { stream: true }))
      const events = ready
      ready = []
      for (const data of events) {
        if (data === '[DONE]') return
        if (data.length > maxEventBytes) throw tooMuch(name)
        yield parseChunk(data, name)
      }
      if (overflow) throw tooMuch(name)
    }
    throw new GatewayError('upstream_error', `The stream of the upstream ${name} broke off.`)
  } catch (error) {
    throw toGatewayError(error, name, signal)
  }
}

function tooMuch(name: string): GatewayError {
  return new GatewayError('upstream_error', `The stream of the upstream ${name} is too large.`)
}

function parseChunk(data: string, name: string): JsonValue {
  try {
    return parseJson(data)
  } catch {
    throw new GatewayError('upstream_error', `The upstream ${name} streamed something that is no valid JSON.`)
  }
}
