import type { AuditContext } from './context.ts'
import { type Answer, ask, type Target } from './target.ts'

export interface LimitProbe {
  readonly limited: boolean
  readonly sent: number
  /** How many were answered as asked, neither refused nor failed. */
  readonly answered: number
  readonly retryAfter: boolean
  /** Headers announce a limit. */
  readonly advertised: boolean
  /** The limit was set lower for the probe, as it is too high to be tried. */
  readonly lowered: boolean
  readonly requestId: string | undefined
  /** Types of the events of the refused request; undefined where they cannot be read. */
  readonly events: readonly string[] | undefined
}

/** Most requests sent to an API that is not ours: enough for a limit that protects anybody, too few to disturb. */
const MOST = 150
/** A limit up to here is tried as it stands. */
const TRIED_AS_IT_IS = 1_000

/** Sends the same request until a 429 comes. */
export async function provokeLimit({ target, config, probes }: AuditContext): Promise<LimitProbe | undefined> {
  if (target === undefined || probes === undefined) return undefined
  return probes.once('limit', async () => {
    const configured = config?.rateLimits.key.requestsPerMinute
    const most = configured === undefined ? MOST : Math.min(configured, TRIED_AS_IT_IS) + 1
    if (target.withLimit !== undefined) {
      const isTooHigh = configured === undefined || configured > TRIED_AS_IT_IS
      const own = await target.withLimit(isTooHigh ? 5 : undefined)
      try {
        return { ...(await burst(own.target, listModels, isTooHigh ? 20 : most)), lowered: isTooHigh }
      } finally {
        await own.close()
      }
    }
    // What a limit is for is the model: many APIs let the list be read as often as one likes.
    const isModelLimited = target.kind === 'openai' && (await probes.silence()) === undefined
    const fresh = await withOwnKey(target)
    try {
      return { ...(await burst(fresh.target, isModelLimited ? askBriefly : listModels, most)), lowered: false }
    } finally {
      await fresh.close()
    }
  })
}

type Send = (target: Target) => Promise<Answer>
const listModels: Send = (target) => ask(target, `${target.prefix}/models`)
const askBriefly: Send = (target) =>
  ask(target, `${target.prefix}/chat/completions`, {
    method: 'POST',
    body: { model: target.model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] },
  })

/** A key of its own where one can be made, so that nobody else is held back. */
async function withOwnKey(target: Target): Promise<{ readonly target: Target; close(): Promise<void> }> {
  const unchanged = { target, close: async () => undefined }
  if (target.kind !== 'sallyport' || target.adminKey === undefined) return unchanged
  const made = await ask(target, '/admin/api/keys', {
    method: 'POST',
    key: target.adminKey,
    body: { name: 'audit limit probe', role: 'client' },
  })
  const { key, info } = (made.json ?? {}) as { readonly key?: string; readonly info?: { readonly id: string } }
  if (key === undefined || info === undefined) return unchanged
  return {
    target: { ...target, clientKey: key },
    close: async () => {
      await ask(target, `/admin/api/keys/${encodeURIComponent(info.id)}`, {
        method: 'DELETE',
        key: target.adminKey ?? null,
      })
    },
  }
}

async function burst(target: Target, send: Send, most: number): Promise<Omit<LimitProbe, 'lowered'>> {
  let sent = 0
  let answered = 0
  let advertised = false
  while (sent < most) {
    const batch = await Promise.all(Array.from({ length: Math.min(25, most - sent) }, () => send(target)))
    for (const answer of batch) {
      sent++
      if (answer.status >= 200 && answer.status < 300) answered++
      advertised ||= [
        'ratelimit',
        'ratelimit-policy',
        'ratelimit-limit',
        'x-ratelimit-limit',
        'x-ratelimit-limit-requests',
      ].some((name) => answer.headers.has(name))
      if (answer.status !== 429) continue
      const { requestId } = answer
      return {
        limited: true,
        sent,
        answered,
        retryAfter: answer.headers.has('retry-after'),
        advertised,
        requestId,
        events: await eventsOf(target, requestId),
      }
    }
  }
  return { limited: false, sent, answered, retryAfter: false, advertised, requestId: undefined, events: undefined }
}

async function eventsOf(target: Target, requestId: string | undefined): Promise<readonly string[] | undefined> {
  if (target.kind !== 'sallyport' || target.adminKey === undefined || requestId === undefined) return undefined
  const answer = await ask(target, `/admin/api/events?requestId=${encodeURIComponent(requestId)}`, {
    key: target.adminKey,
  })
  return ((answer.json as { readonly events?: readonly { readonly type: string }[] } | undefined)?.events ?? []).map(
    ({ type }) => type,
  )
}
