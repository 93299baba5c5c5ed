import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { McpGuardOptions } from '../guard-options.ts'
import { McpGuard } from '../mcp-guard.ts'
import { maxBytes } from './guard-stdio.ts'
import { openServer, type ServerTarget } from './open-server.ts'

export interface HttpGuardOptions extends McpGuardOptions {
  /** Default 127.0.0.1: whoever reaches the address can use the server. */
  readonly host?: string
  /** Default 0: a free one. */
  readonly port?: number
  /** Values of `Host` that are answered. Default: the address it listens on, and `localhost` when that is loopback. */
  readonly allowedHosts?: readonly string[]
  /** Values of `Origin` that are answered. Default none: browsers are refused, other clients send no origin. */
  readonly allowedOrigins?: readonly string[]
  /** Sessions at one time, each with a server of its own. Default 32. */
  readonly maxSessions?: number
}

export interface HttpGuard {
  /** Where clients connect. */
  readonly url: string
  close(): Promise<void>
}

interface Session {
  readonly transport: StreamableHTTPServerTransport
  readonly guard: McpGuard
}

/** Guards a server for clients of the streamable HTTP transport, at `/mcp`. */
export async function serveHttp(target: ServerTarget, options: HttpGuardOptions): Promise<HttpGuard> {
  const { host = '127.0.0.1', port = 0, maxSessions = 32 } = options
  const sessions = new Map<string, Session>()
  let opening = 0
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => refuse(response, 500, 'The guard failed.'))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const { port: bound } = server.address() as AddressInfo
  const hosts = new Set(options.allowedHosts ?? defaultHosts(host, bound))
  const origins = new Set(options.allowedOrigins ?? [])

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, url = '' } = request
    // A web page that had its name rebound to this address still sends its own host and origin.
    if (!hosts.has(headers.host ?? '')) return refuse(response, 403, 'This host is not answered.')
    if (headers.origin !== undefined && !origins.has(headers.origin)) {
      return refuse(response, 403, 'This origin is not answered.')
    }
    if (url.split('?', 1)[0] !== '/mcp') return refuse(response, 404, 'MCP is at /mcp.')
    const id = headers['mcp-session-id']
    const session = typeof id === 'string' ? sessions.get(id) : undefined
    if (session) return session.transport.handleRequest(request, response)
    if (id !== undefined) return refuse(response, 404, 'There is no such session.')
    if (request.method !== 'POST') return refuse(response, 400, 'A session starts with a POST.')
    if (sessions.size + opening >= maxSessions) return refuse(response, 503, 'There are too many sessions.')
    opening++
    try {
      const opened = await open()
      await opened.transport.handleRequest(request, response)
      // What did not initialize has no session, and must not leave a server behind.
      if (opened.transport.sessionId === undefined) await opened.guard.close()
    } finally {
      opening--
    }
  }

  async function open(): Promise<Session> {
    const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, session),
      onsessionclosed: (id) => void sessions.delete(id),
    })
    const guard = new McpGuard(transport, openServer(target, maxBytes(options)), options)
    const session: Session = { transport, guard }
    void guard.closed.then(() => transport.sessionId !== undefined && sessions.delete(transport.sessionId))
    await guard.start()
    return session
  }

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/mcp`,
    close: async () => {
      await Promise.all([...sessions.values()].map(({ guard }) => guard.close()))
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

function defaultHosts(host: string, port: number): string[] {
  const isLoopback = host === '127.0.0.1' || host === '::1' || host === 'localhost'
  const names = isLoopback ? ['127.0.0.1', 'localhost', '[::1]'] : [host.includes(':') ? `[${host}]` : host]
  return names.map((name) => `${name}:${port}`)
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) {
    response.end()
    return
  }
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }))
}
