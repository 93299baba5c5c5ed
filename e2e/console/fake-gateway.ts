import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { AlertInfo, CheckResult, KeyInfo, SecurityEvent, Session, Summary } from '@sallyport/gateway/contract'
import { STREAM_EVENT_NAME } from '@sallyport/gateway/contract'

/** A gateway that only plays its part: for states of the console the real one does not show on demand. */
export interface FakeGateway {
  readonly url: string
  /** Adds an event and sends it to every open stream. */
  emit(event: SecurityEvent): void
  /** Adds an event that no stream carries: only catching up finds it. */
  record(event: SecurityEvent): void
  /** Breaks every open event stream. */
  dropStreams(): void
  /** From now on, sessions are over. */
  expireSessions(): void
  close(): Promise<void>
}

export interface FakeGatewayOptions {
  readonly distFolder: string
  readonly key: string
  readonly summary?: Partial<Summary>
  readonly events?: readonly SecurityEvent[]
  readonly keys?: readonly KeyInfo[]
  /** Open, and as if resolved. */
  readonly alerts?: readonly AlertInfo[]
  readonly checkResult?: (text: string) => CheckResult
  /** Text the model answers with. */
  readonly reply?: string
}

/** Stricter than anything the gateway could send: what works here works there. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export async function startFakeGateway(options: FakeGatewayOptions): Promise<FakeGateway> {
  const events: SecurityEvent[] = [...(options.events ?? [])]
  const streams = new Set<ServerResponse>()
  let isExpired = false
  const session: Session = {
    role: 'admin',
    csrfToken: 'fake-csrf',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  }
  const startedAt = new Date().toISOString()
  const summary: Summary = {
    version: '0.1.0',
    preset: 'recommended',
    presets: ['recommended', 'strict', 'monitor', 'everything'],
    policyDigest: '0'.repeat(64),
    models: ['demo'],
    startedAt,
    uptimeSeconds: 1,
    counts: { requests: 0, blocked: 0, redacted: 0, events: 0 },
    ...options.summary,
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://fake')
    if (!pathname.startsWith('/admin/') && !pathname.startsWith('/v1/')) return sendFile(response, pathname)
    const route = `${request.method} ${pathname}`
    const body = await readJson(request)
    if (route === 'POST /admin/api/session') {
      if (body['key'] !== options.key) return sendError(response, 401, 'The key is wrong.')
      isExpired = false
      response.setHeader('set-cookie', 'fake-session=1; HttpOnly; SameSite=Strict; Path=/')
      return sendJson(response, session)
    }
    if (isExpired || !request.headers.cookie?.includes('fake-session=1'))
      return sendError(response, 401, 'Sign in first.')
    switch (route) {
      case 'GET /admin/api/session':
        return sendJson(response, session)
      case 'DELETE /admin/api/session':
        response.setHeader('set-cookie', 'fake-session=; Max-Age=0; Path=/')
        return void response.writeHead(204).end()
      case 'GET /admin/api/summary':
        return sendJson(response, summary)
      case 'GET /admin/api/guards':
        return sendJson(response, { guards: [] })
      case 'GET /admin/api/alerts':
        return sendJson(response, { open: options.alerts ?? [], recent: options.alerts ?? [], sinks: [] })
      case 'GET /admin/api/keys':
        return sendJson(response, { keys: options.keys ?? [] })
      case 'GET /admin/api/events':
        return sendJson(response, { events: events.toReversed() })
      case 'GET /admin/api/events/stream':
        response
          .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
          .write(': hello\n\n')
        streams.add(response)
        return void response.on('close', () => streams.delete(response))
      case 'POST /admin/api/check':
        return sendJson(response, options.checkResult?.(String(body['text'])))
      case 'POST /v1/chat/completions':
        return sendChat(response, options.reply ?? '')
      default:
        return sendError(response, 404, 'There is no such route.')
    }
  }

  async function sendFile(response: ServerResponse, pathname: string): Promise<void> {
    const file = pathname === '/' ? '/index.html' : normalize(pathname)
    const content = await readFile(join(options.distFolder, file)).catch(() => undefined)
    if (!content) return void response.writeHead(404).end()
    response.writeHead(200, {
      'content-type': MEDIA_TYPES[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    })
    response.end(content)
  }

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    emit(event) {
      events.push(event)
      for (const stream of streams) {
        stream.write(`event: ${STREAM_EVENT_NAME}\nid: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`)
      }
    },
    record: (event) => void events.push(event),
    dropStreams() {
      for (const stream of streams) stream.destroy()
    },
    expireSessions() {
      isExpired = true
      for (const stream of streams) stream.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function sendError(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message } }))
}

/** One character a chunk: every way of cutting the text occurs. */
function sendChat(response: ServerResponse, reply: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_fake' })
  const send = (delta: object, finish: string | null) =>
    response.write(
      `data: ${JSON.stringify({ model: 'demo', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    )
  for (const content of reply) send({ content }, null)
  send({}, 'stop')
  response.end('data: [DONE]\n\n')
}
