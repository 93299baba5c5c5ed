import { Pool } from 'undici'
import type { Dispatcher } from 'undici'
import { GatewayError } from '../gateway-error.ts'
import { parseJson } from '../json/parse-json.ts'
import type { JsonObject, JsonValue } from '../json/parse-json.ts'
import type { PassedHeaders, Provider, ProviderCall } from './provider.ts'
import { readEvents } from './read-events.ts'
import { toGatewayError, upstreamStatusError } from './upstream-errors.ts'
import type { UpstreamKey } from './upstream-key.ts'

export interface UpstreamLimits {
  readonly connections: number
  readonly connectTimeoutMs: number
  readonly headersTimeoutMs: number
  readonly bodyTimeoutMs: number
  readonly retries: number
  readonly maxRetryAfterMs: number
  readonly maxAnswerBytes: number
  readonly maxEventBytes: number
}

export interface UpstreamOptions {
  readonly name: string
  /** Up to and including the version: `https://api.openai.com/v1`. */
  readonly baseUrl: string
  readonly apiKey?: UpstreamKey
  readonly limits: UpstreamLimits
  /** Send a `traceparent` header. Default false. */
  readonly traceparent?: boolean
}

// What a caller's client may act on; the values are numbers with units, so no upstream can carry a text or key in them.
const PASSED_HEADERS =
  /^(?:retry-after|retry-after-ms|openai-processing-ms|x-ratelimit-(?:limit|remaining|reset)-(?:requests|tokens))$/
const PASSED_VALUE = /^\d[\d.]{0,11}(?:ms|s|m|h|d)?(?:\d[\d.]{0,5}(?:ms|s))?$/

/**
 * An OpenAI-compatible upstream at an address from configuration. The one place where requests leave: the address is
 * fixed when it is made, redirects are answers like any other (and an error), compressed answers are not asked for.
 */
export function openaiUpstream({ name, baseUrl, apiKey, limits, traceparent = false }: UpstreamOptions): Provider {
  const base = new URL(baseUrl)
  const prefix = base.pathname.replace(/\/+$/, '')
  const pool = new Pool(base.origin, {
    connections: limits.connections,
    pipelining: 1,
    connect: { timeout: limits.connectTimeoutMs },
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.bodyTimeoutMs,
    keepAliveTimeout: 30_000,
    maxHeaderSize: 32 * 1024,
  })
  const headersWith = (key: string | undefined): Record<string, string> => ({
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  })

  const send = async (path: string, call: ProviderCall, accept: string): Promise<Dispatcher.ResponseData> => {
    const body = JSON.stringify(call.body)
    const trace = traceparent ? call.traceParent?.() : undefined
    let isRenewed = false
    for (let attempt = 0; ; attempt++) {
      const mayRetry = attempt < limits.retries
      const key = await currentKey(apiKey, name)
      let response
      try {
        response = await pool.request({
          path: `${prefix}${path}`,
          method: 'POST',
          headers: { ...headersWith(key), accept, ...(trace === undefined ? {} : { traceparent: trace }) },
          body,
          signal: call.signal,
        })
      } catch (error) {
        if (!mayRetry || !neverConnected(error)) throw toGatewayError(error, name, call.signal)
        await pause(Math.min(100 * 2 ** attempt, 1_000), call.signal, name)
        continue
      }
      if (response.statusCode === 200) return response
      // Perhaps the key was rotated a moment ago. Refused as it was, the request did nothing and can be sent again.
      if (response.statusCode === 401 && key !== undefined && !isRenewed && (await apiKey?.renew(key)) === true) {
        isRenewed = true
        await discard(response)
        continue
      }
      const wait = mayRetry ? retryWait(response, limits.maxRetryAfterMs) : undefined
      if (wait === undefined) throw await upstreamStatusError(response, name)
      await discard(response)
      await pause(wait, call.signal, name)
    }
  }

  return {
    name,
    complete: async (call) => {
      const response = await send('/chat/completions', call, 'application/json')
      return { body: await readJson(response, call.signal, limits, name), headers: passedHeaders(response) }
    },
    stream: async (call) => {
      const response = await send('/chat/completions', call, 'text/event-stream')
      if (!/^text\/event-stream\b/i.test(String(response.headers['content-type'] ?? ''))) {
        await discard(response)
        throw new GatewayError('upstream_error', `The upstream ${name} did not answer with a stream.`)
      }
      return {
        chunks: readEvents(response.body, { ...limits, signal: call.signal, name }),
        headers: passedHeaders(response),
      }
    },
    models: async (signal) => {
      try {
        const headers = headersWith(await currentKey(apiKey, name))
        const response = await pool.request({ path: `${prefix}/models`, method: 'GET', headers, signal })
        if (response.statusCode !== 200) {
          await discard(response)
          return []
        }
        return modelIds(await readJson(response, signal, limits, name))
      } catch {
        // The list is a convenience: a silent upstream must not break it.
        return []
      }
    },
    close: () => pool.destroy(),
  }
}

/** Nothing is sent without the key that the configuration asks for. */
async function currentKey(apiKey: UpstreamKey | undefined, name: string): Promise<string | undefined> {
  if (apiKey === undefined || apiKey.current !== undefined) return apiKey?.current
  try {
    await apiKey.load()
  } catch (error) {
    throw new GatewayError('upstream_error', `The key of the upstream ${name} cannot be read.`, { cause: error })
  }
  return apiKey.current
}

/** True when the request cannot have reached anybody, so that sending it again cannot do a thing twice. */
function neverConnected(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  return (
    code !== undefined &&
    ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].includes(code)
  )
}

/** How long to wait before asking again, or undefined when the upstream did not invite us to or wants too long. */
function retryWait(response: Dispatcher.ResponseData, maxMs: number): number | undefined {
  if (response.statusCode !== 429 && response.statusCode !== 503) return undefined
  const header = response.headers['retry-after']
  if (typeof header !== 'string' || !/^\d{1,6}(?:\.\d{1,3})?$/.test(header)) return undefined
  const wait = Number(header) * 1_000
  return wait <= maxMs ? wait : undefined
}

async function pause(ms: number, signal: AbortSignal, name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(toGatewayError(signal.reason, name, signal))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

/** Frees the connection: reads little and drops the rest. */
async function discard(response: Dispatcher.ResponseData): Promise<void> {
  await response.body.dump({ limit: 64 * 1024 }).catch(() => undefined)
}

async function readJson(
  response: Dispatcher.ResponseData,
  signal: AbortSignal,
  limits: UpstreamLimits,
  name: string,
): Promise<JsonValue> {
  let bytes: Buffer
  try {
    bytes = await collect(response.body, limits.maxAnswerBytes, name)
  } catch (error) {
    throw toGatewayError(error, name, signal)
  }
  try {
    return parseJson(utf8.decode(bytes))
  } catch {
    throw new GatewayError('upstream_error', `The upstream ${name} answered with something that is no valid JSON.`)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** By events: an async iterator over the stream costs as much as the rest of the call. */
function collect(body: Dispatcher.ResponseData['body'], maxBytes: number, name: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let size = 0
    body.on('data', (piece: Buffer) => {
      size += piece.length
      if (size <= maxBytes) {
        pieces.push(piece)
        return
      }
      reject(new GatewayError('upstream_error', `The answer of the upstream ${name} is larger than ${maxBytes} bytes.`))
      body.destroy()
    })
    body.on('end', () => resolve(pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)))
    body.on('error', reject)
    body.on('close', () => {
      if (body.readableEnded) return
      reject(new GatewayError('upstream_error', `The connection to the upstream ${name} failed.`))
    })
  })
}

function passedHeaders(response: Dispatcher.ResponseData): PassedHeaders {
  const passed: Record<string, string> = {}
  for (const [header, value] of Object.entries(response.headers)) {
    if (PASSED_HEADERS.test(header) && typeof value === 'string' && PASSED_VALUE.test(value)) passed[header] = value
  }
  return passed
}

function modelIds(body: JsonValue): readonly string[] {
  const list = typeof body === 'object' && body !== null && !Array.isArray(body) ? body['data'] : undefined
  if (!Array.isArray(list)) return []
  const ids = list.map((item) => (item as JsonObject | null)?.['id'])
  return ids
    .filter((id): id is string => typeof id === 'string' && /^[A-Za-z0-9][\w.:/@+-]{0,199}$/.test(id))
    .slice(0, 1_000)
}
