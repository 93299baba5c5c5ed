import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alertMessage, slackMessage } from './alert-message.ts'
import type { Alert } from './alert.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import type { Attempt, Delivery } from './delivery-queue.ts'
import { signWebhook, verifyWebhook } from './webhook-signature.ts'

const NOW = Date.UTC(2026, 0, 5)
const parts = { id: 'msg_1', timestamp: NOW / 1_000, body: '{"type":"sallyport.alert"}' }
const now = (): number => NOW

describe('a webhook signature', () => {
  it('is HMAC-SHA256 over id, timestamp and body, as others compute it', async () => {
    const raw = 'a secret of the receiver'
    const expected = createHmac('sha256', raw).update(`${parts.id}.${parts.timestamp}.${parts.body}`).digest('base64')
    expect(await signWebhook(raw, parts)).toBe(`v1,${expected}`)
    expect(await signWebhook(`whsec_${Buffer.from(raw).toString('base64')}`, parts)).toBe(`v1,${expected}`)
  })

  it('verifies what was signed, among other signatures too, and nothing that was changed', async () => {
    const signature = await signWebhook('secret', parts)
    expect(await verifyWebhook('secret', { ...parts, signature }, { now })).toBe(true)
    expect(await verifyWebhook('secret', { ...parts, signature: `v1,AAAA v2,x ${signature}` }, { now })).toBe(true)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('id', 'body', 'signature', 'secret', 'timestamp'),
        fc.string({ minLength: 1 }),
        async (what, change) => {
          const given = { ...parts, signature, secret: 'secret', timestamp: parts.timestamp }
          const forged =
            what === 'timestamp'
              ? { ...given, timestamp: parts.timestamp + 1 }
              : { ...given, [what]: `${given[what as 'id']}${change}` }
          if (what === 'signature' && change.startsWith(' ')) return
          expect(await verifyWebhook(forged.secret, forged, { now })).toBe(false)
        },
      ),
    )
  })

  it.each([-301, 301, Number.NaN])('is not taken %d seconds away from now: a replay', async (seconds) => {
    const old = { ...parts, timestamp: parts.timestamp + seconds }
    expect(await verifyWebhook('secret', { ...old, signature: await signWebhook('secret', old) }, { now })).toBe(false)
  })
})

function setUp(script: (delivery: Delivery, attempt: number) => Attempt, capacity = 100) {
  const posts: string[] = []
  const pauses: number[] = []
  const lost: string[] = []
  const queue = new DeliveryQueue({
    post: async (delivery) => {
      posts.push(delivery.body)
      return script(delivery, posts.length)
    },
    onLost: (reason) => lost.push(reason),
    wait: async (ms) => void pauses.push(ms),
    random: () => 0.5,
    capacity,
  })
  return { queue, posts, pauses, lost }
}

describe('a queue of deliveries', () => {
  it('tries again with growing pauses while the receiver is not well, and keeps the order', async () => {
    const { queue, posts, pauses, lost } = setUp((_, attempt) => ({ status: attempt < 4 ? 503 : 204 }))
    queue.push('one')
    queue.push('two')
    await queue.idle()
    expect(posts).toEqual(['one', 'one', 'one', 'one', 'two'])
    expect(pauses).toEqual([1_500, 3_000, 6_000])
    expect(lost).toEqual([])
  })

  it('gives up after six attempts and says why', async () => {
    const { queue, posts, lost } = setUp(() => ({ reason: 'nobody answers' }))
    queue.push('one')
    await queue.idle()
    expect(posts).toHaveLength(6)
    expect(lost).toEqual(['nobody answers'])
  })

  it.each([400, 401, 404, 410])('does not ask again a receiver that answered %d', async (status) => {
    const { queue, posts, lost } = setUp(() => ({ status }))
    queue.push('one')
    await queue.idle()
    expect([posts.length, lost]).toEqual([1, [`status ${status}`]])
  })

  it('waits as long as the receiver asks for, within bounds', async () => {
    const { queue, pauses } = setUp((_, attempt) =>
      attempt === 1 ? { status: 429, retryAfterMs: 900_000 } : { status: 200 },
    )
    queue.push('one')
    await queue.idle()
    expect(pauses).toEqual([60_000])
  })

  it('holds no more than it may: the oldest are given up', async () => {
    const { queue, posts, lost } = setUp(() => ({ status: 200 }), 3)
    for (let each = 0; each < 10; each++) queue.push(String(each))
    await queue.idle()
    expect(lost).toHaveLength(6)
    expect(posts).toEqual(['0', '7', '8', '9'])
  })

  it('sends a message under the same id however often it tries', async () => {
    const ids = new Set<string>()
    const { queue } = setUp(({ id }, attempt) => {
      ids.add(id)
      return { status: attempt < 3 ? 500 : 200 }
    })
    queue.push('one')
    await queue.idle()
    expect(ids.size).toBe(1)
  })

  it('can be closed in the middle of a pause', async () => {
    const lost: string[] = []
    const queue = new DeliveryQueue({
      post: async () => ({ status: 503 }),
      onLost: (reason) => lost.push(reason),
      pauseMs: 60_000,
    })
    queue.push('one')
    await new Promise((resolve) => setImmediate(resolve))
    await queue.close()
    expect(lost).toEqual(['the gateway stopped'])
  })
})

describe('a message for Slack', () => {
  it('cannot be made to mention or link anything', () => {
    const alert: Alert = {
      id: 'a1',
      kind: 'injection-burst',
      kinds: ['injection-burst'],
      severity: 'high',
      subject: 'rule:<!channel>&<https://evil.example|x>',
      subjects: ['rule:<!channel>&<https://evil.example|x>'],
      reason: '10 injection attempts within five minutes; none are usual.',
      value: 10,
      expected: 0,
      openedAt: new Date(NOW).toISOString(),
      lastSeenAt: new Date(NOW).toISOString(),
      reopened: 0,
    }
    const { text } = slackMessage(alertMessage({ change: 'opened', alert }, NOW))
    expect(text).toContain('*injection-burst* opened')
    expect(text).not.toMatch(/[<>]/)
    expect(text).toContain('&lt;!channel&gt;&amp;')
  })
})
