import { request } from 'node:http'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { memoryPins } from 'sallyport/mcp'
import { type HttpGuard, type HttpGuardOptions, serveHttp, type ServerTarget } from 'sallyport/mcp/node'
import { describe, expect, it } from 'vitest'
import { call, SERVER, toolNames } from './session.ts'

const server = (kind: string): ServerTarget => ({ command: process.execPath, args: [SERVER, kind] })

async function withGuard<Result>(
  target: ServerTarget,
  options: Partial<HttpGuardOptions>,
  use: (guard: HttpGuard) => Promise<Result>,
): Promise<Result> {
  const guard = await serveHttp(target, { server: 'web', pins: memoryPins(), ...options })
  try {
    return await use(guard)
  } finally {
    await guard.close()
  }
}

async function withClient<Result>(url: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(new URL(url)) as never)
  try {
    return await use(client)
  } finally {
    await client.close()
  }
}

/** Status of a raw request with the headers a browser would send. */
function statusOf(url: string, headers: Record<string, string>, method = 'POST'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const all = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers }
    const sent = request(url, { method, headers: all }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject)
    sent.end(method === 'POST' ? INITIALIZE : undefined)
  })
}

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
})

describe('the MCP guard over streamable HTTP', () => {
  it('serves a command, each session with a server of its own', () =>
    withGuard(server('rug-pull'), {}, ({ url }) =>
      withClient(url, async (first) => {
        expect(await toolNames(first)).toContain('add')
        expect(await call(first, 'add', { a: 1, b: 2 })).toBe('3')
        expect(await toolNames(first)).not.toContain('add')
        expect(await call(first, 'page')).not.toContain('Ignore all previous')
        // The first session's server changed; this one's did not yet.
        await withClient(url, async (second) => expect(await toolNames(second)).toContain('add'))
      }),
    ))

  it('guards a server that is reached over HTTP itself', () =>
    withGuard(server('progress'), { allowMedia: true }, (inner) =>
      withGuard({ url: new URL(inner.url) }, {}, ({ url }) =>
        withClient(url, async (client) => {
          expect(await toolNames(client)).toContain('add')
          const steps: unknown[] = []
          const options = { onprogress: (step: unknown) => void steps.push(step) }
          const result = await client.callTool({ name: 'add', arguments: { a: 2, b: 2 } }, undefined, options)
          expect(result.content).toEqual([{ type: 'text', text: '4' }])
          expect(steps).toEqual([{ progress: 1, total: 2, message: 'half' }])
          expect(await call(client, 'picture')).toContain('image withheld')
        }),
      ),
    ))

  it('answers no foreign host and no origin that was not named', () =>
    withGuard(server('harmless'), { allowedOrigins: ['https://app.example.com'] }, async ({ url }) => {
      expect(await statusOf(url, { host: 'evil.example' })).toBe(403)
      expect(await statusOf(url, { origin: 'https://evil.example' })).toBe(403)
      expect(await statusOf(url, { origin: 'null' })).toBe(403)
      expect(await statusOf(url, { origin: 'https://app.example.com' })).toBe(200)
      expect(await statusOf(url, {})).toBe(200)
    }))

  it('knows its sessions, and limits them', () =>
    withGuard(server('harmless'), { maxSessions: 1 }, async ({ url }) => {
      expect(await statusOf(url, { 'mcp-session-id': 'guessed' })).toBe(404)
      expect(await statusOf(url, {}, 'GET')).toBe(400)
      expect(await statusOf(url.replace('/mcp', '/other'), {})).toBe(404)
      await withClient(url, async () => {
        expect(await statusOf(url, {})).toBe(503)
      })
    }))
})
