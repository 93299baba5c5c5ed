import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { createShield } from 'sallyport'
import { expressRoute, fastifyRoute, guardRoute, honoGate } from 'sallyport/http'
import { pieces } from './ai-sdk-harness.ts'
import { type Asked, type Guarded, type Harness, type Mode, type Observed, type Scripted, settingsOf } from './cases.ts'

type Handler = (request: Request) => Promise<Response>
type Post = (body: string) => Promise<Response>
/** Mounts a handler, guarded or not, gives the way to it, and takes it down again. */
type Mount = (handler: Handler, guarded: Guarded, use: (post: Post) => Promise<Observed>) => Promise<Observed>

const HEADERS = { 'content-type': 'application/json' }

const next: Mount = (handler, guarded, use) => {
  const route = guarded ? guardRoute(handler, settingsOf(guarded)) : handler
  return use((body) => route(new Request('http://localhost/api/chat', { method: 'POST', headers: HEADERS, body })))
}

const hono: Mount = (handler, guarded, use) => {
  const app = new Hono()
  if (guarded) app.use('/chat', honoGate(settingsOf(guarded)) as never)
  app.post('/chat', (context) => handler(context.req.raw))
  return use(async (body) => app.request('/chat', { method: 'POST', headers: HEADERS, body }))
}

const onExpress: Mount = async (handler, guarded, use) => {
  const app = express()
  app.use(express.json())
  // The control is the same bridge with gates that do nothing.
  app.post('/chat', expressRoute(handler, guarded ? settingsOf(guarded) : OPEN) as never)
  const server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  try {
    return await use((body) => fetch(`http://127.0.0.1:${port}/chat`, { method: 'POST', headers: HEADERS, body }))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const onFastify: Mount = async (handler, guarded, use) => {
  const app = fastify()
  app.post('/chat', fastifyRoute(handler, guarded ? settingsOf(guarded) : OPEN) as never)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  try {
    return await use((body) => fetch(`${url}/chat`, { method: 'POST', headers: HEADERS, body }))
  } finally {
    await app.close()
  }
}

const OPEN = { shield: createShield('monitor') }

export const http: readonly Harness[] = (
  [
    ['Next route handler', next],
    ['Hono', hono],
    ['Express', onExpress],
    ['Fastify', onFastify],
  ] as const
).map(([name, mount]) => ({
  name: `${name}, sallyport/http`,
  tools: false,
  ask: (asked, scripted, mode, guarded) => {
    const sent: string[] = []
    return mount(handlerOf(scripted, mode, sent), guarded, (post) => ask(post, asked, sent, mode))
  },
}))

/** A chat route as an application would write it: whole as JSON, streamed as a UI message stream. */
function handlerOf(script: Scripted, mode: Mode, sent: string[]): Handler {
  return async (request) => {
    sent.push(JSON.stringify(await request.json()))
    if (mode === 'whole') return Response.json({ text: script.text })
    const parts = [
      { type: 'start' },
      { type: 'text-start', id: '1' },
      ...pieces(script.text, script.chunk).map((delta) => ({ type: 'text-delta', id: '1', delta })),
      { type: 'text-end', id: '1' },
      { type: 'finish' },
    ]
    const events = [...parts.map((part) => `data: ${JSON.stringify(part)}\n\n`), 'data: [DONE]\n\n']
    return new Response(events.join(''), { headers: { 'content-type': 'text/event-stream' } })
  }
}

async function ask(post: Post, { system, user }: Asked, sent: string[], mode: Mode): Promise<Observed> {
  const messages = [
    ...(system === undefined ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: user },
  ]
  const response = await post(JSON.stringify({ id: 'chat-1', messages }))
  const observed = { sent, toolCalls: [], usage: undefined }
  if (response.status === 400) return { ...observed, refused: true, text: '', finish: undefined }
  if (mode === 'whole') {
    const { text } = (await response.json()) as { text: string }
    return { ...observed, refused: false, text, finish: 'stop' }
  }
  const body = await response.text()
  const parts = [...body.matchAll(/^data: (\{.*\})$/gm)].map(
    ([, json = '']) => JSON.parse(json) as Record<string, string>,
  )
  const text = parts
    .filter(({ type }) => type === 'text-delta')
    .map(({ delta }) => delta ?? '')
    .join('')
  return { ...observed, refused: parts.some(({ type }) => type === 'error'), text, finish: parts.at(-1)?.['type'] }
}
