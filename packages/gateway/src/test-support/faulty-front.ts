import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Target } from '../checklist/target.ts'

/** One thing that a deployment in front of a gateway, or a home-made one, gets wrong. */
export interface Fault {
  /** Headers left out of every answer. */
  readonly dropHeaders?: readonly string[]
  /** Answers instead of the gateway. */
  readonly answer?: (request: {
    readonly path: string
    readonly body: string
  }) => { readonly status: number; readonly json: unknown } | undefined
  /** Changes what the gateway answered. */
  readonly rewrite?: (path: string, text: string) => string
  /** Sends the gateway another key than the caller's. */
  readonly replaceKey?: (given: string | undefined, target: Target) => string | undefined
  /** Turns a status into another. */
  readonly status?: (status: number) => number
}

/** A server that passes everything on to a target, but for its fault. */
export async function faultyFront(
  target: Target,
  fault: Fault,
): Promise<{ readonly target: Target; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const pieces: Buffer[] = []
      for await (const piece of incoming) pieces.push(piece as Buffer)
      const body = Buffer.concat(pieces)
      const path = incoming.url ?? '/'
      const own = fault.answer?.({ path, body: body.toString('utf8') })
      if (own !== undefined) {
        outgoing.writeHead(own.status, { 'content-type': 'application/json' }).end(JSON.stringify(own.json))
        return
      }
      const given = incoming.headers.authorization?.replace('Bearer ', '')
      const key = fault.replaceKey === undefined ? given : fault.replaceKey(given, target)
      const headers: Record<string, string> = {}
      for (const name of ['content-type', 'origin'])
        if (typeof incoming.headers[name] === 'string') headers[name] = incoming.headers[name]
      if (key !== undefined) headers['authorization'] = `Bearer ${key}`
      const method = incoming.method ?? 'GET'
      const answer = await fetch(`${target.origin}${path}`, {
        method,
        headers,
        ...(method === 'GET' || body.length === 0 ? {} : { body }),
      })
      const text = await answer.text()
      const passed = Object.fromEntries(
        [...answer.headers].filter(
          ([name]) =>
            !['content-length', 'content-encoding', 'transfer-encoding', ...(fault.dropHeaders ?? [])].includes(name),
        ),
      )
      outgoing
        .writeHead(fault.status?.(answer.status) ?? answer.status, passed)
        .end(answer.status === 204 ? undefined : (fault.rewrite?.(path, text) ?? text))
    })().catch(() => outgoing.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const { withLimit } = target
  return {
    target: {
      ...target,
      origin: `http://127.0.0.1:${port}`,
      ...(withLimit === undefined
        ? {}
        : {
            withLimit: async (limit?: number) => {
              const lowered = await withLimit(limit)
              const front = await faultyFront(lowered.target, fault)
              return {
                target: front.target,
                close: async () => {
                  await front.close()
                  await lowered.close()
                },
              }
            },
          }),
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** An OpenAI-compatible API without any protection: it repeats what it is asked to. */
export async function openDoor(): Promise<{ readonly target: Target; close(): Promise<void> }> {
  const nothing: Target = { origin: 'http://127.0.0.1:9', prefix: '/v1', kind: 'openai', model: 'any' }
  return faultyFront(nothing, {
    answer: ({ path, body }) => {
      if (path === '/v1/models') return { status: 200, json: { object: 'list', data: [{ id: 'any' }] } }
      if (path !== '/v1/chat/completions') return { status: 404, json: {} }
      let said = ''
      let streams = false
      try {
        const request = JSON.parse(body) as { messages?: { content?: string }[]; stream?: boolean }
        const last = request.messages?.at?.(-1)?.content ?? ''
        said = last.includes('stands above')
          ? (request.messages?.[0]?.content ?? '')
          : last.slice(last.indexOf('\n') + 1)
        streams = request.stream === true
      } catch {
        said = 'I did not understand that.'
      }
      const choice = streams
        ? { index: 0, delta: { content: said } }
        : { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: said } }
      return { status: 200, json: { choices: [choice] } }
    },
  })
}
