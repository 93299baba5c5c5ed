import {
  CSRF_HEADER,
  alertListSchema,
  alertTestSchema,
  checkResultSchema,
  createdKeySchema,
  errorSchema,
  eventListSchema,
  guardListSchema,
  keyListSchema,
  sessionSchema,
  summarySchema,
  type AdminCheckRequest,
  type AlertList,
  type AlertTest,
  type CheckResult,
  type CreateKeyRequest,
  type CreatedKey,
  type ErrorBody,
  type EventList,
  type GuardInfo,
  type KeyInfo,
  type RotateKeyRequest,
  type Session,
  type Summary,
} from '@sallyport/gateway/contract'

/** Anything of zod that reads a value, without depending on its types. */
interface Reader<T> {
  parse(value: unknown): T
}

/** The gateway's answer to a request it did not fulfil, or the reason there is no answer. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  /** HTTP status; 0 when the gateway could not be reached. */
  readonly status: number
  readonly body: ErrorBody['error'] | undefined

  constructor(message: string, status: number, body?: ErrorBody['error'], options?: ErrorOptions) {
    super(message, options)
    this.status = status
    this.body = body
  }
}

export interface EventQuery {
  readonly limit?: number
  readonly before?: string
  readonly requestId?: string
}

/** The gateway as the console sees it. The session is a cookie that scripts cannot read; the key is never kept. */
export interface GatewayClient {
  signIn(key: string): Promise<Session>
  /** Undefined when nobody is signed in. */
  resume(): Promise<Session | undefined>
  signOut(): Promise<void>
  summary(signal?: AbortSignal): Promise<Summary>
  guards(): Promise<readonly GuardInfo[]>
  check(request: AdminCheckRequest, signal?: AbortSignal): Promise<CheckResult>
  events(query: EventQuery): Promise<EventList>
  alerts(): Promise<AlertList>
  /** Sends a test to every receiver. */
  testAlerts(): Promise<AlertTest>
  keys(): Promise<readonly KeyInfo[]>
  createKey(request: CreateKeyRequest): Promise<CreatedKey>
  rotateKey(id: string, request: RotateKeyRequest): Promise<CreatedKey>
  revokeKey(id: string): Promise<void>
  /** The raw response, for streaming. Throws as the others do unless it is 2xx. */
  send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response>
}

/** `onSignedOut` is called when an answer says that the session is over. */
export function createGatewayClient({ onSignedOut }: { readonly onSignedOut: () => void }): GatewayClient {
  let csrfToken: string | undefined

  const send: GatewayClient['send'] = async (method, path, body, signal) => {
    const headers = new Headers({ accept: 'application/json, text/event-stream' })
    if (body !== undefined) headers.set('content-type', 'application/json')
    if (csrfToken !== undefined && method !== 'GET') headers.set(CSRF_HEADER, csrfToken)
    const response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }).catch((cause: unknown) => {
      if (signal?.aborted) throw cause
      throw new GatewayError('The gateway does not answer. Is it still running?', 0, undefined, { cause })
    })
    if (response.ok) return response
    const error = await readError(response)
    if (response.status === 401 && path !== SESSION_PATH) onSignedOut()
    throw error
  }

  const read = async <T>(reader: Reader<T>, response: Response): Promise<T> => {
    try {
      return reader.parse(await response.json())
    } catch (cause) {
      throw new GatewayError(
        'The gateway’s answer could not be read. Reload the page: it may have been upgraded.',
        0,
        undefined,
        { cause },
      )
    }
  }

  const keepSession = (session: Session): Session => {
    csrfToken = session.csrfToken
    return session
  }

  return {
    send,
    signIn: async (key) => keepSession(await read(sessionSchema, await send('POST', SESSION_PATH, { key }))),
    resume: async () => {
      try {
        return keepSession(await read(sessionSchema, await send('GET', SESSION_PATH)))
      } catch (error) {
        if (error instanceof GatewayError && error.status === 401) return undefined
        throw error
      }
    },
    signOut: async () => {
      await send('DELETE', SESSION_PATH)
      csrfToken = undefined
    },
    summary: async (signal) => read(summarySchema, await send('GET', '/admin/api/summary', undefined, signal)),
    guards: async () => (await read(guardListSchema, await send('GET', '/admin/api/guards'))).guards,
    check: async (request, signal) => read(checkResultSchema, await send('POST', '/admin/api/check', request, signal)),
    events: async (query) => read(eventListSchema, await send('GET', `/admin/api/events?${toSearch(query)}`)),
    alerts: async () => read(alertListSchema, await send('GET', '/admin/api/alerts')),
    testAlerts: async () => read(alertTestSchema, await send('POST', '/admin/api/alerts/test', {})),
    keys: async () => (await read(keyListSchema, await send('GET', '/admin/api/keys'))).keys,
    createKey: async (request) => read(createdKeySchema, await send('POST', '/admin/api/keys', request)),
    rotateKey: async (id, request) =>
      read(createdKeySchema, await send('POST', `/admin/api/keys/${encodeURIComponent(id)}/rotate`, request)),
    revokeKey: async (id) => {
      await send('DELETE', `/admin/api/keys/${encodeURIComponent(id)}`)
    },
  }
}

/** What to tell a person about anything that was thrown. */
export function describeError(error: unknown): string {
  return error instanceof GatewayError ? error.message : 'Something in this page went wrong. Reload it and try again.'
}

const SESSION_PATH = '/admin/api/session'

async function readError(response: Response): Promise<GatewayError> {
  const parsed = errorSchema.safeParse(await response.json().catch(() => undefined))
  if (parsed.success) return new GatewayError(parsed.data.error.message, response.status, parsed.data.error)
  return new GatewayError(`The gateway answered with status ${response.status}.`, response.status)
}

function toSearch(query: EventQuery): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
  return search
}
