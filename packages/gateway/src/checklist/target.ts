import { Agent, fetch as fetchWith } from 'undici'

/** The API that is probed. */
export interface Target {
  /** Without a slash at the end: `http://127.0.0.1:8711`. */
  readonly origin: string
  /** Where the API begins: `/v1`. */
  readonly prefix: string
  /** `sallyport` has events and keys that can be looked at, with an admin key. */
  readonly kind: 'sallyport' | 'openai'
  /** Model that answers. */
  readonly model: string
  readonly clientKey?: string
  readonly adminKey?: string
  /** Present when the model is ours (a gateway in this process): what it was told, newest last. */
  readonly seen?: () => readonly string[]
  /** Starts the same gateway with its limits, or with so many requests a minute; only where the gateway is ours. */
  readonly withLimit?: (perMinute?: number) => Promise<{ readonly target: Target; close(): Promise<void> }>
  /** Checks the log on disk; only where the gateway is ours. */
  readonly verifyLog?: () => Promise<{ readonly isIntact: boolean; readonly records: number } | undefined>
  /** Sends a test alert to a receiver of the audit and says whether it arrived; only where the gateway is ours. */
  readonly deliverAlert?: () => Promise<boolean>
  /** A test alert may be sent to the receivers that the API has: people will see it. */
  readonly mayAlertPeople?: boolean
  /** Code of why its certificate or its TLS is refused. It is probed all the same, and so no key of anybody stands here. */
  readonly distrusted?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined when the answer is no JSON. */
  readonly json: unknown
  readonly requestId: string | undefined
}

export interface Asking {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /** JSON, or the bytes of a body that is meant to be wrong. */
  readonly body?: object | string
  /** Default: the client key. `null` sends none. */
  readonly key?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** Longest wait for one answer, and most of an answer that is read. */
const TIMEOUT_MS = 20_000
const MAX_ANSWER_LENGTH = 4 * 1024 * 1024

/** One request; a connection that fails throws. Redirects are not followed: they would take the key elsewhere. */
export async function ask(target: Target, path: string, asking: Asking = {}): Promise<Answer> {
  const { method = 'GET', body, key = target.clientKey, headers } = asking
  const response = await send(`${target.origin}${path}`, target.distrusted !== undefined, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      ...(key === null || key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = (await response.text()).slice(0, MAX_ANSWER_LENGTH)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  const { status } = response
  return { status, headers: response.headers, text, json, requestId: response.headers.get('x-request-id') ?? undefined }
}

interface Sending {
  readonly method: string
  readonly redirect: 'manual'
  readonly signal: AbortSignal
  readonly headers: Record<string, string>
  readonly body?: string
}

function send(
  url: string,
  isDistrusted: boolean,
  sending: Sending,
): Promise<Pick<Response, 'status' | 'text' | 'headers'>> {
  if (!isDistrusted) return fetch(url, sending)
  return fetchWith(url, { ...sending, dispatcher: (uncheckedAgent ??= new Agent({ connect: UNCHECKED_TLS })) })
}

let uncheckedAgent: Agent | undefined
/** Accepts any certificate and what OpenSSL by itself would not offer any more, to see what stands behind them. */
const UNCHECKED_TLS = { rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const

/** Why TLS was refused: a certificate that is not to be trusted, or versions and ciphers that nobody should speak. */
export function tlsRefusal(error: unknown): string | undefined {
  const { code = '' } = ((error as Error).cause ?? {}) as { readonly code?: string }
  return /CERT|SIGNATURE|ISSUER|CRL|^ERR_SSL_|^ERR_TLS_|^EPROTO$|^INVALID_(?:CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH/.test(
    code,
  )
    ? code
    : undefined
}
