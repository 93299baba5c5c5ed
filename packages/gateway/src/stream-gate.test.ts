import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chunkEvent, DONE, fakeUpstream, sendStream } from './test-support/fake-upstream.ts'
import type { FakeUpstream } from './test-support/fake-upstream.ts'
import { CARD, joined, readChunks, say, testGateway } from './test-support/test-gateway.ts'
import type { Chunk, TestGateway } from './test-support/test-gateway.ts'

describe('a streamed answer', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway

  beforeAll(async () => {
    upstream = await fakeUpstream()
    gateway = await testGateway({
      // A rule that blocks on output, so that a stream can be denied halfway.
      policy: { preset: 'recommended', guards: { pii: { rules: { IBAN_CODE: { output: 'block' } } } } },
      config: {
        upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }],
        limits: { maxAnswerBytes: 200_000, maxEventBytes: 20_000 },
      },
    })
  })
  afterAll(async () => {
    await gateway.close()
    await upstream.close()
  })

  const ask = async (
    pieces: readonly string[],
    request: object = {},
  ): Promise<{ readonly chunks: readonly Chunk[]; readonly done: boolean; readonly text: string }> => {
    upstream.answer((response) => sendStream(response, pieces))
    const response = await gateway.chat({ ...say('Hi'), stream: true, ...request })
    const text = await response.text()
    return { ...readChunks(text), text }
  }
  const finishes = (chunks: readonly Chunk[]) =>
    chunks
      .flatMap((chunk) => chunk.choices ?? [])
      .flatMap(({ index, finish_reason: finish }) => (finish === null ? [] : [[index, finish]]))
  const contents = (text: string) => [...text].map((content) => chunkEvent({ content }))
  const stop = chunkEvent({}, { finish: 'stop' })

  it('comes through letter by letter and ends once', async () => {
    const { chunks, done } = await ask([
      chunkEvent({ role: 'assistant' }),
      ...contents('The quick brown fox.'),
      stop,
      DONE,
    ])
    expect(joined(chunks)).toBe('The quick brown fox.')
    expect(finishes(chunks)).toEqual([[0, 'stop']])
    expect(done).toBe(true)
  })

  it('has a card number redacted however it is cut', async () => {
    for (const size of [1, 3, 7, 16, 40]) {
      const text = `Pay with ${CARD} today.`
      const pieces = text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
      const { chunks, text: raw } = await ask([...pieces.map((content) => chunkEvent({ content })), stop, DONE])
      expect(joined(chunks)).toBe('Pay with [CREDIT_CARD] today.')
      expect(raw).not.toContain(CARD.slice(0, 8))
    }
  })

  it('says everything it holds back before it says that it ended', async () => {
    const { chunks } = await ask([
      chunkEvent({ content: `Card ${CARD}` }),
      chunkEvent({ content: '' }, { finish: 'stop' }),
      DONE,
    ])
    expect(joined(chunks)).toBe('Card [CREDIT_CARD]')
    expect(chunks.at(-1)?.choices?.[0]?.finish_reason).toBe('stop')
  })

  it('is stopped at a denied span: nothing from it leaves, and the reason is given', async () => {
    const iban = ['GB82', 'WEST', '1234', '5698', '7654', '32'].join('')
    const { chunks, done, text } = await ask([...contents(`Send it to ${iban} please, and thank you.`), stop, DONE])
    expect(joined(chunks)).toMatch(/^Send it to ?$/)
    expect(text).not.toContain('WEST')
    expect(text).not.toContain('thank you')
    expect(finishes(chunks)).toEqual([[0, 'content_filter']])
    expect(chunks.at(-1)?.sallyport).toMatchObject({
      rule: expect.stringMatching(/^pii\//),
      reason: expect.any(String),
      request_id: expect.stringMatching(/^req_/),
    })
    expect(done).toBe(true)
    expect(gateway.events()[0]).toMatchObject({ type: 'policy_violation', outcome: 'block', stage: 'output' })
  })

  it('gates reasoning and refusals as texts of their own', async () => {
    const { text, chunks } = await ask([
      chunkEvent({ reasoning_content: `think ${CARD.slice(0, 9)}` }),
      chunkEvent({ reasoning_content: `${CARD.slice(9)} more` }),
      chunkEvent({ refusal: `no ${CARD}` }),
      stop,
      DONE,
    ])
    expect(text).not.toContain(CARD.slice(9))
    expect(joined(chunks, 0, 'reasoning_content')).toBe('think [CREDIT_CARD] more')
    expect(joined(chunks, 0, 'refusal')).toBe('no [CREDIT_CARD]')
  })

  it('keeps choices apart and ends each', async () => {
    const { chunks } = await ask(
      [
        chunkEvent({ content: `A ${CARD.slice(0, 8)}` }, { index: 0 }),
        chunkEvent({ content: 'B is ' }, { index: 1 }),
        chunkEvent({ content: CARD.slice(8) }, { index: 0 }),
        chunkEvent({ content: 'fine' }, { index: 1 }),
        chunkEvent({}, { index: 0, finish: 'stop' }),
        chunkEvent({}, { index: 1, finish: 'length' }),
        DONE,
      ],
      { n: 2 },
    )
    expect(joined(chunks, 0)).toBe('A [CREDIT_CARD]')
    expect(joined(chunks, 1)).toBe('B is fine')
    expect(finishes(chunks)).toEqual([
      [0, 'stop'],
      [1, 'length'],
    ])
  })

  it('sends a tool call in one piece when it is complete and gated', async () => {
    const piece = (call: object) => chunkEvent({ tool_calls: [{ index: 0, ...call }] })
    const { chunks, text } = await ask([
      piece({ id: 'call_1', type: 'function', function: { name: 'pay', arguments: '' } }),
      piece({ function: { arguments: '{"card":"' } }),
      piece({ function: { arguments: CARD.slice(0, 5) } }),
      piece({ function: { arguments: `${CARD.slice(5)}","note":"ok"}` } }),
      chunkEvent({}, { finish: 'tool_calls' }),
      DONE,
    ])
    const deltas = chunks
      .flatMap((chunk) => chunk.choices ?? [])
      .flatMap(({ delta }) => (delta['tool_calls'] === undefined ? [] : [delta['tool_calls']]))
    expect(deltas).toEqual([
      [
        {
          index: 0,
          id: 'call_1',
          type: 'function',
          function: { name: 'pay', arguments: '{"card":"[CREDIT_CARD]","note":"ok"}' },
        },
      ],
    ])
    expect(text).not.toContain(CARD.slice(5))
    expect(finishes(chunks)).toEqual([[0, 'tool_calls']])
  })

  it('gives usage only to callers who asked for it', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, secret: CARD }
    const tail = chunkEvent({}, { more: { choices: [], usage } })
    const without = await ask([...contents('ok'), stop, tail, DONE])
    expect(without.text).not.toContain('usage')
    const asked = await ask([...contents('ok'), stop, tail, DONE], { stream_options: { include_usage: true } })
    expect(asked.chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
    })
    expect(asked.text).not.toContain(CARD)
  })

  it('drops fields and chunks parts it does not know', async () => {
    const { text, chunks } = await ask([
      chunkEvent({ content: 'ok', note: CARD }, { more: { id: CARD, obfuscation: CARD, model: `m ${CARD}` } }),
      stop,
      DONE,
    ])
    expect(text).not.toContain(CARD)
    expect(joined(chunks)).toBe('ok')
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  })

  it.each([
    [
      'carriage returns for line ends',
      [chunkEvent({ content: 'ok' }).replaceAll('\n', '\r'), stop.replaceAll('\n', '\r\n'), DONE],
    ],
    [
      'comments and other fields',
      [': hello\n\n', `event: message\nid: 7\nretry: 10\n${chunkEvent({ content: 'ok' })}`, stop, ': bye\n\n', DONE],
    ],
    ['events cut anywhere', [...`${chunkEvent({ content: 'ok' })}${stop}${DONE}`]],
    ['data over several lines', [chunkEvent({ content: 'ok' }).replace('"choices"', '\ndata: "choices"'), stop, DONE]],
    ['a byte order mark', [`\ufeff${chunkEvent({ content: 'ok' })}`, stop, DONE]],
    ['no [DONE] after the finish', [chunkEvent({ content: 'ok' }), stop]],
    ['no finish before [DONE]', [chunkEvent({ content: 'ok' }), DONE]],
    ['text after the finish', [chunkEvent({ content: 'ok' }), stop, chunkEvent({ content: CARD }), DONE]],
    ['two finishes', [chunkEvent({ content: 'ok' }), stop, stop, DONE]],
  ])('is understood with %s', async (_, pieces) => {
    const { chunks, done } = await ask(pieces)
    expect(joined(chunks)).toBe('ok')
    expect(finishes(chunks)).toEqual([[0, 'stop']])
    expect(done).toBe(true)
  })

  it.each([
    ['breaks off in the middle', [chunkEvent({ content: 'So far ' })], 'upstream_error'],
    ['holds no JSON', [chunkEvent({ content: 'So far ' }), 'data: {oops\n\n', DONE], 'upstream_error'],
    ['holds JSON that is no chunk', [chunkEvent({ content: 'So far ' }), 'data: [1,2]\n\n', DONE], 'upstream_error'],
    [
      'holds an error of the upstream',
      [chunkEvent({ content: 'So far ' }), `data: {"error":{"message":"${CARD}"}}\n\n`, DONE],
      'upstream_error',
    ],
    [
      'has an absurd choice index',
      [chunkEvent({ content: 'So far ' }), chunkEvent({ content: 'x' }, { index: 99 }), DONE],
      'upstream_error',
    ],
    [
      'has a line without end',
      [chunkEvent({ content: 'So far ' }), 'data: ', ...Array.from({ length: 30 }, () => 'x'.repeat(1_000))],
      'upstream_error',
    ],
    [
      'floods',
      [
        chunkEvent({ content: 'So far ' }),
        ...Array.from({ length: 400 }, () => chunkEvent({ content: 'flood '.repeat(100) })),
      ],
      'upstream_error',
    ],
  ])('that %s ends with an error event and no [DONE]', async (_, pieces, code) => {
    const { chunks, done, text } = await ask(pieces)
    expect(joined(chunks)).toMatch(/^(So|$)/)
    expect(chunks.at(-1)?.error).toMatchObject({ code, request_id: expect.stringMatching(/^req_/) })
    expect(done).toBe(false)
    expect(text).not.toContain(CARD)
    expect(gateway.faults).toEqual([])
  })

  it('closes the upstream when the caller goes away', async () => {
    let closed: () => void = () => undefined
    const gone = new Promise<void>((resolve) => (closed = resolve))
    upstream.answer((response) => {
      response.on('close', closed)
      sendStream(response, contents('Some words to begin with. '), { open: true })
    })
    const caller = new AbortController()
    const response = await gateway.chat({ ...say('Hi'), stream: true }, { signal: caller.signal })
    await response.body?.getReader().read()
    caller.abort()
    await gone
  })

  it('reads from the upstream no faster than the caller takes it', async () => {
    let written = 0
    upstream.answer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const more = (): void => {
        while (written < 150_000_000 && response.write(chunkEvent({ content: 'word '.repeat(800) }))) written += 4_000
        response.once('drain', more)
      }
      more()
    })
    const slow = await testGateway({
      policy: 'monitor',
      config: {
        upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }],
        limits: { maxAnswerBytes: 1_000_000_000 },
      },
    })
    const caller = new AbortController()
    const response = await slow.chat({ ...say('Hi'), stream: true }, { signal: caller.signal })
    await response.body?.getReader().read()
    await new Promise((resolve) => setTimeout(resolve, 500))
    // Buffers of sockets and streams on the way hold some megabytes at most.
    expect(written).toBeLessThan(40_000_000)
    caller.abort()
    await slow.close()
  })
})
