import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import { REQUEST_ID_HEADER } from './contract.ts'
import { actorOf, eventOrigin } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import { reportError } from './events/report-error.ts'
import { unaccountable } from './events/unaccountable.ts'
import { GatewayError } from './gateway-error.ts'
import { checkCaller } from './http/check-caller.ts'
import type { CallerOrigin, CallerRules } from './http/check-caller.ts'
import { clientAddress } from './http/client-address.ts'
import { readBody } from './http/read-body.ts'
import { errorResponse } from './http/respond.ts'
import { CONSOLE_HEADERS } from './http/security-headers.ts'
import { authenticate } from './identity/authenticate.ts'
import { authorize, refuseProof } from './identity/authorize.ts'
import { readTraceParent } from './observe/trace-context.ts'
import { RequestSpans } from './observe/request-spans.ts'
import { Trail } from './observe/trail.ts'
import type { Route } from './routes/route.ts'
import { ROUTES } from './routes/route-table.ts'
import type { Services } from './services.ts'

/** What the server hands over with a request; absent when a test calls `fetch` itself. */
export type GatewayBindings = Partial<HttpBindings>

type App = Hono<{ Bindings: GatewayBindings }>

/** The HTTP application: every route of the table behind the same checks, and a 404 for everything else. */
export function createApp(services: Services, callerRules: CallerRules): App {
  const app: App = new Hono<{ Bindings: GatewayBindings }>()
  const methods = new Map<string, string[]>()
  for (const route of ROUTES) {
    methods.set(route.path, [...(methods.get(route.path) ?? []), route.method])
    app.on(route.method, route.path, (c) =>
      answer(c.req.raw, c.env, c.req.param() as Readonly<Record<string, string>>, route, services, callerRules),
    )
  }
  for (const [path, allowed] of methods) {
    app.all(path, (c) => wrongMethod(c.req.raw, allowed, crossOriginMethods(path), services, callerRules))
  }
  app.notFound((c) => unknownUrl(c.req.raw, services, callerRules))
  app.onError((_, c) =>
    errorResponse('none', new GatewayError('internal_error', `The gateway failed on ${c.req.method}.`)),
  )
  return app
}

/** The way of a request: caller, identity, permission, then the route. */
async function answer(
  request: Request,
  bindings: GatewayBindings | undefined,
  params: Readonly<Record<string, string>>,
  route: Route,
  services: Services,
  rules: CallerRules,
): Promise<Response> {
  const pattern = `${route.method} ${route.path}`
  services.counts.requests++
  let origin: CallerOrigin = { kind: 'none' }
  const address = clientAddress(request.headers, bindings?.incoming, services.config.trustedProxies)
  const trail = openTrail(request.headers, pattern, services, address)
  const { requestId, traceId } = trail
  const stranger: Exchange = {
    requestId,
    traceId,
    trail,
    ...(address === undefined ? {} : { address }),
    route: pattern,
    startedAt: Date.now(),
    request,
    onGone: (listener) => onGone(request, bindings, listener),
    params,
    body: () => readBody(request, bindings?.incoming, services.config.limits),
  }
  let exchange = stranger
  // The console and its events stay within reach of the operator, whatever the log does.
  const isAccounted = route.path.startsWith('/v1/')
  try {
    origin = checkOrigin(request, route.crossOrigin === true, stranger, services, rules)
    if (route.permission !== 'public') exchange = { ...stranger, ...identify(stranger, route, services) }
    if (isAccounted && !services.isAccountable()) throw unaccountable()
    trail.actor = actorOf(exchange)
    trail.step('identity')
    if (route.isLimited === true) {
      await services.rateLimits.admit(exchange)
      trail.step('limits')
    }
    const response = await route.handle(exchange, services)
    if (route.isLimited === true) setHeaders(response, services.rateLimits.headersOf(request))
    if (origin.kind === 'listed') setHeaders(response, corsHeaders(origin))
    trail.answered(response.status)
    if (isAccounted) await settled(response, requestId, services)
    return response
  } catch (error) {
    let known = reportError(error, exchange, services)
    trail.error = known.code
    trail.answered(known.status)
    if (isAccounted) {
      await services.settled(requestId)?.catch((fault: unknown) => (known = reportError(fault, exchange, services)))
    }
    const { holdMs = 0 } = known.details
    if (holdMs > 0) await new Promise((resolve) => setTimeout(resolve, holdMs))
    return errorResponse(requestId, known, { ...services.rateLimits.headersOf(request), ...corsHeaders(origin) })
  }
}

function setHeaders(response: Response, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
}

/** Waits until the events of a request are on disk. A stream has sent nothing by then; one that may not begin is ended. */
async function settled(response: Response, requestId: string, services: Services): Promise<void> {
  try {
    await services.settled(requestId)
  } catch (error) {
    await response.body?.cancel()
    throw error
  }
}

function identify(exchange: Exchange, route: Route, services: Services) {
  const authentication = authenticate(exchange.request, services.keys, services.sessions)
  if (!authentication.ok) {
    const { error, why } = authentication
    // The console asks for a session before there is one: nobody tried anything.
    if (why === 'missing' && route.path === '/admin/api/session') throw error
    throw refuseProof(why, error, exchange, services)
  }
  const { principal, sessionId } = authentication
  authorize({ ...exchange, principal }, route.permission, services)
  if (services.keys.noteUse(principal.keyId, Date.now())) {
    const where = eventOrigin({ ...exchange, principal })
    services.events.record({ type: 'auth_attempt', severity: 'info', outcome: 'success', ...where })
  }
  return { principal, ...(sessionId === undefined ? {} : { sessionId }) }
}

function checkOrigin(
  request: Request,
  crossOrigin: boolean,
  exchange: EventExchange,
  services: Services,
  rules: CallerRules,
): CallerOrigin {
  try {
    // Listed pages may call the API, not the console's routes.
    return checkCaller(request.headers, crossOrigin ? rules : { ...rules, allowedOrigins: [] })
  } catch (error) {
    const detail = error instanceof GatewayError ? error.code.replaceAll('_', ' ') : 'refused'
    services.failures.record({
      type: 'authz',
      severity: 'medium',
      outcome: 'failure',
      ...eventOrigin(exchange),
      status: 403,
      detail,
    })
    throw error
  }
}

function wrongMethod(
  request: Request,
  allowed: readonly string[],
  crossOrigin: readonly string[],
  services: Services,
  rules: CallerRules,
): Response {
  const stranger = unknownRoute(request, services)
  const allow = allowed.join(', ')
  try {
    const origin = checkOrigin(request, crossOrigin.length > 0, stranger, services, rules)
    if (request.method === 'OPTIONS' && origin.kind === 'listed') {
      const headers = {
        ...corsHeaders(origin),
        'access-control-allow-methods': crossOrigin.join(', '),
        'access-control-allow-headers':
          'authorization, content-type, traceparent, x-sallyport-conversation, x-stainless-arch, x-stainless-lang, x-stainless-os, x-stainless-package-version, x-stainless-retry-count, x-stainless-runtime, x-stainless-runtime-version, x-stainless-timeout',
        'access-control-max-age': '600',
      }
      return new Response(null, { status: 204, headers })
    }
    throw new GatewayError('method_not_allowed', `Use ${allow} here.`, { headers: { allow } })
  } catch (error) {
    return errorResponse(stranger.requestId, reportError(error, stranger, services))
  }
}

/** The console's files, or nothing. */
function unknownUrl(request: Request, services: Services, rules: CallerRules): Response {
  const stranger = unknownRoute(request, services)
  try {
    checkOrigin(request, false, stranger, services, rules)
    const file = services.console.get(new URL(request.url).pathname)
    if (file === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      throw new GatewayError('unknown_url', 'There is nothing here.')
    }
    const cache = file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(request.method === 'HEAD' ? null : file.bytes, {
      headers: {
        ...CONSOLE_HEADERS,
        'content-type': file.type,
        'cache-control': cache,
        [REQUEST_ID_HEADER]: stranger.requestId,
      },
    })
  } catch (error) {
    return errorResponse(stranger.requestId, reportError(error, stranger, services))
  }
}

/** By the socket's own event where there is one: an AbortSignal for every request costs more than the rest of this. */
function onGone(request: Request, bindings: GatewayBindings | undefined, listener: () => void): () => void {
  const outgoing = bindings?.outgoing
  if (outgoing === undefined) {
    if (request.signal.aborted) listener()
    request.signal.addEventListener('abort', listener, { once: true })
    return () => request.signal.removeEventListener('abort', listener)
  }
  const onClose = (): void => {
    if (!outgoing.writableFinished) listener()
  }
  if (outgoing.destroyed) listener()
  outgoing.once('close', onClose)
  return () => void outgoing.off('close', onClose)
}

function crossOriginMethods(path: string): readonly string[] {
  return ROUTES.filter((route) => route.path === path && route.crossOrigin === true).map((route) => route.method)
}

function corsHeaders(origin: CallerOrigin): Readonly<Record<string, string>> {
  if (origin.kind !== 'listed') return {}
  // Never with credentials: a listed page brings a key of its own, not the console's cookie.
  return {
    'access-control-allow-origin': origin.origin,
    'access-control-expose-headers': `${REQUEST_ID_HEADER}, ratelimit, ratelimit-policy, retry-after`,
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Origin',
  }
}

const UNKNOWN = 'unknown'

type EventExchange = Parameters<typeof eventOrigin>[0]

/** Nobody's trail: what does not reach a route is neither measured nor traced. */
function unknownRoute(request: Request, services: Services): EventExchange {
  const trail = openTrail(request.headers, UNKNOWN, services)
  return { requestId: trail.requestId, traceId: trail.traceId, route: trail.route, trail }
}

function openTrail(headers: Headers, route: string, services: Services, address?: string): Trail {
  const id = randomUUID().replaceAll('-', '')
  const parent = readTraceParent(headers.get('traceparent'))
  const spans = route === UNKNOWN ? undefined : RequestSpans.start(route, parent)
  // A random UUID is as good a trace id as any: who knows the request id knows it too.
  const traceId = spans?.traceId ?? parent?.traceId ?? id
  return new Trail({ requestId: `req_${id}`, traceId, parent, route, address, spans }, services.onRequestEnd)
}
