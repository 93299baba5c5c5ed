import { setImmediate } from 'node:timers/promises'
import type { AuditEvent } from 'sallyport/audit'
import { describe, expect, it } from 'vitest'
import { PendingEvents } from './events/pending-events.ts'
import { unaccountable } from './events/unaccountable.ts'
import { createGateway } from './gateway.ts'
import type { Provider } from './providers/provider.ts'
import { CARD, INJECTION, joined, readChunks } from './test-support/test-gateway.ts'

/** A log whose disk syncs when it is told to. */
class SlowLog {
  readonly held: {
    readonly event: AuditEvent
    readonly resolve: () => void
    readonly reject: (error: Error) => void
  }[] = []
  append(event: AuditEvent): Promise<void> {
    return new Promise((resolve, reject) => void this.held.push({ event, resolve, reject }))
  }
  write(event: AuditEvent): void {
    this.append(event).catch(() => undefined)
  }
  sync(): void {
    for (const { resolve } of this.held.splice(0)) resolve()
  }
}

/** A model that says a card number, and tells when it has said all. */
class Speaker implements Provider {
  readonly name = 'speaker'
  hasSpoken = false
  signal: AbortSignal | undefined
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  async complete() {
    this.hasSpoken = true
    return { body: { ...HEAD, object: 'chat.completion', choices: [whole(this.#text)] }, headers: {} }
  }
  async stream({ signal }: { readonly signal: AbortSignal }) {
    this.signal = signal
    return { chunks: this.#chunks(), headers: {} }
  }
  async *#chunks() {
    for (const content of this.#text.match(/.{1,5}/g) ?? []) yield chunk({ content }, null)
    yield chunk({}, 'stop')
    this.hasSpoken = true
  }
  async models() {
    return ['up']
  }
  async close() {}
}

const HEAD = { id: 'x', created: 0, model: 'up' }
const whole = (content: string) => ({ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' })
const chunk = (delta: Readonly<Record<string, string>>, finish: string | null) => ({
  ...HEAD,
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta, finish_reason: finish }],
})

/** Long enough for everything that is not waiting for a disk. */
async function calm(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await setImmediate()
}

interface Setup {
  readonly durability?: 'before-answer' | 'batched'
  readonly onFailure?: 'block' | 'drop'
  readonly answer?: string
}

async function setUp({ durability = 'before-answer', onFailure = 'block', answer = 'Fine.' }: Setup = {}) {
  const log = new SlowLog()
  const speaker = new Speaker(answer)
  const pending = new PendingEvents(log, onFailure === 'block' ? unaccountable : undefined)
  const gateway = createGateway({
    providers: { up: speaker },
    ...(durability === 'batched'
      ? { sinks: [{ write: (event) => log.write(event) }] }
      : { sinks: [pending], settled: (requestId) => pending.settled(requestId) }),
  })
  const { key } = await gateway.keys.create('test', 'client')
  await gateway.warmUp()
  let answered = false
  let text = ''
  const ask = async (content: string, stream = true, bearer = key) => {
    const request = new Request('http://127.0.0.1/v1/chat/completions', {
      method: 'POST',
      headers: { host: '127.0.0.1', authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'up', stream, messages: [{ role: 'user', content }] }),
    })
    const response = await gateway.fetch(request)
    answered = true
    const decoder = new TextDecoder()
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes as Uint8Array, { stream: true })
    return response.status
  }
  return { log, pending, speaker, ask, hasAnswer: () => answered, read: () => text, close: () => gateway.close() }
}

describe('an answer whose events are to be on disk before it', () => {
  it('sends no byte of a stream before the verdict on the input is, and no end before the verdict on the output', async () => {
    const { log, ask, hasAnswer, read, close } = await setUp({ answer: `Your card is ${CARD}, is it not? Good.` })
    const done = ask(`My card is ${CARD}.`)
    await calm()
    expect(log.held.map(({ event }) => [event.type, event.stage])).toContainEqual(['policy_violation', 'input'])
    expect([hasAnswer(), read()]).toEqual([false, ''])
    log.sync()
    await calm()
    expect(hasAnswer()).toBe(true)
    expect(joined(readChunks(read()).chunks)).toContain('Your card is ')
    expect(log.held.map(({ event }) => [event.type, event.stage])).toContainEqual(['policy_violation', 'output'])
    expect(readChunks(read()).done).toBe(false)
    log.sync()
    expect(await done).toBe(200)
    expect(readChunks(read()).done).toBe(true)
    await close()
  })

  it('does not wait when the configuration says batched: the test above sees bytes leave where they may', async () => {
    const { log, ask, read, close } = await setUp({ durability: 'batched', answer: `Your card is ${CARD}. Good.` })
    expect(await ask(`My card is ${CARD}.`)).toBe(200)
    expect(readChunks(read()).done).toBe(true)
    expect(log.held).not.toEqual([])
    await close()
  })

  it.each([
    ['a refusal', INJECTION, true, 400],
    ['a whole answer', `My card is ${CARD}.`, false, 200],
  ])('waits with %s as well', async (_, content, stream, status) => {
    const { log, ask, hasAnswer, close } = await setUp()
    const done = ask(content, stream)
    await calm()
    expect(hasAnswer()).toBe(false)
    log.sync()
    expect(await done).toBe(status)
    await close()
  })

  it('waits for its own events only: a request that had none is not held up by a slow disk', async () => {
    const { log, ask, read, close } = await setUp()
    const first = ask('Hello.')
    await calm()
    log.sync()
    await first
    // Of somebody else, and not synced.
    const other = ask(`My card is ${CARD}.`, false)
    await calm()
    expect(log.held).not.toEqual([])
    expect(await ask('Hello again.')).toBe(200)
    expect(readChunks(read()).done).toBe(true)
    log.sync()
    await other
    await close()
  })

  it('lets strangers be told at once: nobody may make the disk wait for them', async () => {
    const { log, ask, close } = await setUp()
    expect(await ask('Hello.', true, `sp-client-${'x'.repeat(43)}`)).toBe(401)
    expect(log.held).toHaveLength(1)
    await close()
  })

  it.each([
    ['block', 503],
    ['drop', 200],
  ] as const)('while the log cannot be written and the mode is %s, is %d', async (onFailure, status) => {
    const { pending, speaker, ask, hasAnswer, read, close } = await setUp({ onFailure, answer: 'Fine. '.repeat(50) })
    const done = ask(`My card is ${CARD}.`)
    await calm()
    expect(hasAnswer()).toBe(false)
    pending.setFailing(true)
    expect(await done).toBe(status)
    if (status === 503) expect([read().includes('Fine'), speaker.signal?.aborted]).toEqual([false, true])
    // The next one finds the log failing when it comes to its end.
    expect(await ask(`My card is ${CARD}.`, false)).toBe(status)
    pending.setFailing(false)
    await close()
  })

  it.each([
    ['block', 503],
    ['drop', 200],
  ] as const)('whose event the log let go in mode %s is %d', async (onFailure, status) => {
    const { log, ask, close } = await setUp({ onFailure })
    const done = ask(`My card is ${CARD}.`, false)
    await calm()
    for (const { reject } of log.held.splice(0)) reject(new Error('dropped'))
    expect(await done).toBe(status)
    await close()
  })
})
