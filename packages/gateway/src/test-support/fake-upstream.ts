import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** What the upstream was asked. */
export interface SeenRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface FakeUpstream {
  readonly baseUrl: string
  /** Requests so far, oldest first. */
  readonly seen: readonly SeenRequest[]
  /** Decides the answer of the following requests. */
  answer(script: (response: ServerResponse, request: SeenRequest) => void): void
  close(): Promise<void>
}

/** A real HTTP server on loopback that answers as a test tells it: also slowly, wrongly, halfway or not at all. */
export async function fakeUpstream(): Promise<FakeUpstream> {
  const seen: SeenRequest[] = []
  let script: (response: ServerResponse, request: SeenRequest) => void = (response) =>
    sendJson(response, completion('ok'))
  const server = createServer((request, response) => void receive(request, response))
  const receive = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = ''
    incoming.setEncoding('utf8')
    for await (const piece of incoming) body += String(piece)
    const request = { path: incoming.url ?? '', headers: incoming.headers, body }
    seen.push(request)
    script(response, request)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    seen,
    answer: (next) => {
      script = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** Sends raw pieces of a stream, one write each, and ends it unless `open`. */
export function sendStream(
  response: ServerResponse,
  pieces: readonly string[],
  options: { readonly open?: boolean } = {},
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  let at = 0
  const next = (): void => {
    const piece = pieces[at++]
    if (piece === undefined) {
      if (options.open !== true) response.end()
      return
    }
    response.write(piece)
    setImmediate(next)
  }
  next()
}

/** A server-sent event with a chunk of one choice. */
export function chunkEvent(
  delta: object,
  options: { readonly finish?: string; readonly index?: number; readonly more?: object } = {},
): string {
  const choices = [{ index: options.index ?? 0, delta, finish_reason: options.finish ?? null }]
  const chunk = {
    id: 'chatcmpl-up',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'up',
    choices,
    ...options.more,
  }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

export const DONE = 'data: [DONE]\n\n'

/** A whole answer; `message` and `choice` add fields or replace them. */
export function completion(content: string | null, message: object = {}, choice: object = {}): object {
  return {
    id: 'chatcmpl-up',
    object: 'chat.completion',
    created: 1,
    model: 'up',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        logprobs: null,
        message: { role: 'assistant', content, refusal: null, ...message },
        ...choice,
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }
}
