import { Agent } from 'undici'
import { signWebhook, WEBHOOK_HEADERS } from 'sallyport/alerts'
import type { Attempt, Delivery } from 'sallyport/alerts'
import { checkedLookup, mayDialHost, REFUSED_ADDRESS } from './checked-lookup.ts'

const TIMEOUT_MS = 10_000

export interface SenderOptions {
  readonly url: string
  /** Signs each delivery. Without it: unsigned, as Slack takes it. */
  readonly secret?: string
  readonly allowAddresses: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export interface WebhookSender {
  /** One attempt. Never throws. */
  post(delivery: Delivery): Promise<Attempt>
  close(): Promise<void>
}

/**
 * Posts to one receiver. Redirects are not followed, proxies of the environment not used, and the address is checked
 * where the socket is dialled; of the answer nothing is read but the status.
 */
export function webhookSender({ url, secret, allowAddresses, now }: SenderOptions): WebhookSender {
  const target = new URL(url)
  const agent = new Agent({
    connect: { lookup: checkedLookup(allowAddresses), timeout: 5_000 },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: 4_000,
  })
  return {
    post: async ({ id, body }) => {
      if (!mayDialHost(target.hostname, allowAddresses)) return REFUSED
      const timestamp = Math.floor(now() / 1_000)
      try {
        const signature = secret === undefined ? undefined : await signWebhook(secret, { id, timestamp, body })
        const response = await agent.request({
          origin: target.origin,
          path: `${target.pathname}${target.search}`,
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': 'Sallyport',
            ...(signature === undefined
              ? {}
              : {
                  [WEBHOOK_HEADERS.id]: id,
                  [WEBHOOK_HEADERS.timestamp]: String(timestamp),
                  [WEBHOOK_HEADERS.signature]: signature,
                }),
          },
          body,
          signal: AbortSignal.timeout(TIMEOUT_MS),
        })
        await response.body.dump({ limit: 16 * 1024 }).catch(() => undefined)
        const wait = response.headers['retry-after']
        const retryAfterMs = typeof wait === 'string' && /^\d{1,6}$/.test(wait) ? Number(wait) * 1_000 : undefined
        return { status: response.statusCode, retryAfterMs }
      } catch (error) {
        return failure(error)
      }
    },
    close: () => agent.destroy(),
  }
}

const REFUSED: Attempt = {
  reason: 'its address is private or reserved; write it out in allowAddresses if it is meant',
  isFinal: true,
}

/** What the network said stays inside: it may hold addresses. */
function failure(error: unknown): Attempt {
  const { name = '', code = '' } = (error ?? {}) as { readonly name?: string; readonly code?: string }
  if (code === REFUSED_ADDRESS) return REFUSED
  if (name === 'TimeoutError' || /TIMEOUT|ETIMEDOUT/.test(code)) return { reason: 'no answer in time' }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { reason: 'its name cannot be resolved' }
  if (/^(?:ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED)/.test(code))
    return { reason: 'its certificate is not trusted' }
  return { reason: 'it cannot be reached' }
}
