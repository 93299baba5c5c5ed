import { gateExchange, type HttpOptions } from './guard-route.ts'

/** What is used of Hono's context. */
interface HonoContext {
  readonly req: { raw: Request }
  res: Response | undefined
}

/**
 * Hono middleware: `app.use('/chat', honoGate())`. The route below it reads the gated body.
 */
export function honoGate(
  options: HttpOptions = {},
): (context: HonoContext, next: () => Promise<void>) => Promise<void> {
  return async (context, next) => {
    const gated = await gateExchange(
      context.req.raw,
      async (request) => {
        context.req.raw = request
        await next()
        return context.res ?? new Response(null, { status: 404 })
      },
      options,
    )
    // Hono adds the headers of the answer before to one that replaces it, unless there is none.
    context.res = undefined
    context.res = gated
  }
}

/** What is used of a request of Express or Fastify. */
interface NodeRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The parsed JSON body: Express needs `express.json()`, Fastify parses it by itself. */
  readonly body?: unknown
}

/** What is used of Node's response. */
interface NodeResponse {
  writeHead(status: number, headers: Record<string, string | string[]>): unknown
  write(chunk: Uint8Array): boolean
  end(): unknown
  destroy(): unknown
  once(event: 'drain' | 'close', listener: () => void): unknown
}

type WebHandler = (request: Request) => Response | Promise<Response>

/** A Web handler as an Express route: `app.post('/chat', express.json(), expressRoute(handler))`. */
export function expressRoute(
  handler: WebHandler,
  options: HttpOptions = {},
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => send(await gateExchange(webRequest(request), handler, options), response)
}

/** A Web handler as a Fastify route: `app.post('/chat', fastifyRoute(handler))`. */
export function fastifyRoute(
  handler: WebHandler,
  options: HttpOptions = {},
): (request: NodeRequest, reply: { readonly raw: NodeResponse; hijack(): unknown }) => Promise<void> {
  return async (request, reply) => {
    const response = await gateExchange(webRequest(request), handler, options)
    reply.hijack()
    await send(response, reply.raw)
  }
}

function webRequest({ method, url, headers, body }: NodeRequest): Request {
  const all = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) all.append(name, each)
  }
  all.delete('content-length')
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD'
  // The host is not trusted with anything: handlers get the path.
  return new Request(new URL(url, 'http://localhost'), {
    method,
    headers: all,
    ...(hasBody && { body: JSON.stringify(body) }),
  })
}

async function send(answer: Response, response: NodeResponse): Promise<void> {
  const cookies = answer.headers.getSetCookie()
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    // Each is a header of its own; as entries of one object only the last would be left.
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
  })
  const reader = answer.body?.getReader()
  let gone = false
  response.once('close', () => {
    gone = true
  })
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done || value === undefined) break
      if (gone) {
        await reader?.cancel()
        return
      }
      if (!response.write(value)) {
        await new Promise<void>((resolve) => {
          response.once('drain', resolve)
          response.once('close', resolve)
        })
      }
    }
    response.end()
  } catch {
    // The head is sent: a stream that a gate broke off must not look complete.
    response.destroy()
  }
}
