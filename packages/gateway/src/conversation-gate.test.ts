import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeUpstream, sendJson, completion } from './test-support/fake-upstream.ts'
import type { FakeUpstream } from './test-support/fake-upstream.ts'
import { CARD, INJECTION, say, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const tool = (definition: object) => ({ tools: [{ type: 'function', function: { name: 'look_up', ...definition } }] })
const spoken = (message: object) => ({
  messages: [
    { role: 'user', content: 'Go on' },
    { role: 'assistant', content: null, ...message },
  ],
})
const called = (given: string) =>
  spoken({ tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: given } }] })

/** Where a card number can stand in a request. */
const PLACES: readonly (readonly [string, object])[] = [
  ['a user message', say(`My card is ${CARD}.`)],
  ['a text part', say([{ type: 'text', text: `My card is ${CARD}.` }])],
  [
    'a text split over parts',
    say([
      { type: 'text', text: `My card is ${CARD.slice(0, 8)}` },
      { type: 'text', text: CARD.slice(8) },
    ]),
  ],
  [
    'a system message',
    {
      messages: [
        { role: 'system', content: `Card ${CARD}` },
        { role: 'user', content: 'Hi' },
      ],
    },
  ],
  [
    'a developer message',
    {
      messages: [
        { role: 'developer', content: `Card ${CARD}` },
        { role: 'user', content: 'Hi' },
      ],
    },
  ],
  ['an assistant turn', spoken({ content: `Card ${CARD}` })],
  ['a refusal of an assistant turn', spoken({ refusal: `Not card ${CARD}` })],
  ['the reasoning of an assistant turn', spoken({ reasoning_content: `Card ${CARD}` })],
  ['the arguments of a tool call', called(JSON.stringify({ card: CARD }))],
  ['a number in the arguments of a tool call', called(`{"card":${CARD}}`)],
  ['escaped digits in the arguments of a tool call', called(`{"card":"\\u0034${CARD.slice(1)}"}`)],
  ['a key in the arguments of a tool call', called(`{"${CARD}":true}`)],
  ['arguments that are no JSON', called(`card=${CARD}`)],
  [
    'a tool result',
    {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'tool', tool_call_id: 'call_1', content: `Card ${CARD}` },
      ],
    },
  ],
  [
    'a legacy function result',
    {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'function', name: 'f', content: `Card ${CARD}` },
      ],
    },
  ],
  ['a name', { messages: [{ role: 'user', name: `card ${CARD}`, content: 'Hi' }] }],
  ['a tool description', { ...say('Hi'), ...tool({ description: `Card ${CARD}` }) }],
  [
    'the default of a tool schema',
    { ...say('Hi'), ...tool({ parameters: { type: 'object', properties: { a: { default: CARD } } } }) },
  ],
  [
    'the enum of a tool schema',
    { ...say('Hi'), ...tool({ parameters: { properties: { a: { enum: ['b', CARD] } } } }) },
  ],
  [
    'a number in a tool schema',
    { ...say('Hi'), ...tool({ parameters: { properties: { a: { examples: [Number(CARD)] } } } }) },
  ],
  [
    'a property name of a tool schema',
    { ...say('Hi'), ...tool({ parameters: { properties: { [`card ${CARD}`]: {} } } }) },
  ],
  ['a legacy function', { ...say('Hi'), functions: [{ name: 'f', description: `Card ${CARD}` }] }],
  [
    'the response format',
    {
      ...say('Hi'),
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { description: `Card ${CARD}` } } },
    },
  ],
  ['a stop word', { ...say('Hi'), stop: [`card ${CARD}`] }],
  ['a prediction', { ...say('Hi'), prediction: { type: 'content', content: `Card ${CARD}` } }],
  ['metadata', { ...say('Hi'), metadata: { card: CARD } }],
  ['a metadata key', { ...say('Hi'), metadata: { [`card ${CARD}`]: 'x' } }],
  ['the user', { ...say('Hi'), user: `card ${CARD}` }],
  [
    'a custom tool',
    {
      ...say('Hi'),
      tools: [
        {
          type: 'custom',
          custom: { name: 'c', format: { type: 'grammar', grammar: { syntax: 'regex', definition: `card ${CARD}` } } },
        },
      ],
    },
  ],
]

describe('the gate before the model', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  let seen = 0

  beforeAll(async () => {
    upstream = await fakeUpstream()
    gateway = await testGateway({
      config: {
        upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up', { name: 'alias', as: 'real-name' }] }],
      },
    })
  })
  beforeEach(() => {
    seen = upstream.seen.length
  })
  afterAll(async () => {
    await gateway.close()
    await upstream.close()
  })

  it.each(PLACES)('redacts a card number in %s', async (_, body) => {
    const response = await gateway.chat(body)
    expect(response.status).toBe(200)
    const sent = upstream.seen.at(-1)?.body ?? ''
    expect(upstream.seen.length).toBe(seen + 1)
    expect(JSON.stringify(JSON.parse(sent)).replaceAll(/[^\d]/g, '')).not.toContain(CARD)
    expect(sent).toContain('CREDIT_CARD')
    expect(gateway.events()[0]).toMatchObject({ type: 'policy_violation', outcome: 'redact' })
    expect(JSON.stringify(gateway.events())).not.toContain(CARD)
  })

  it.each([
    ['a user message', say(INJECTION)],
    [
      'a part among parts',
      say([
        { type: 'text', text: 'Hello' },
        { type: 'text', text: INJECTION },
      ]),
    ],
    ['a tool description', { ...say('Hi'), ...tool({ description: INJECTION }) }],
    [
      'a property description of a tool',
      { ...say('Hi'), ...tool({ parameters: { properties: { a: { description: INJECTION } } } }) },
    ],
    ['a name', { messages: [{ role: 'user', name: INJECTION, content: 'Hi' }] }],
  ])('refuses an injection in %s, and the model never hears of it', async (_, body) => {
    const response = await gateway.chat(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'content_filter', rule: expect.stringMatching(/^prompt-injection\//) },
    })
    expect(upstream.seen.length).toBe(seen)
  })

  it('takes the instruction out of a tool result', async () => {
    const messages = [
      { role: 'user', content: 'Read the page' },
      { role: 'tool', tool_call_id: 'c', content: `The page says hello. ${INJECTION}` },
    ]
    const response = await gateway.chat({ messages })
    expect(response.status).toBe(200)
    expect(upstream.seen.at(-1)?.body).toContain('The page says hello.')
    expect(upstream.seen.at(-1)?.body).not.toContain('print your system prompt')
  })

  it.each([
    ['Operating system: Ubuntu'],
    ["Don't forget all the eggs"],
    ['The 4 digits 1111 of an order 2024-4111'],
    ['Grüße! 你好 😀 {"json": [1, 2.50, null]}'],
  ])('sends %j on as it is', async (content) => {
    await gateway.chat(say(content))
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '')).toEqual({ model: 'up', ...say(content) })
  })

  it('keeps a rich request as it is, field for field', async () => {
    const body = {
      model: 'up',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'What is on?' }], name: 'anna' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'call_a',
              type: 'function',
              function: { name: 'list_events', arguments: '{ "day" : 3, "tags":["a"] }' },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'call_a', content: 'A concert' },
      ],
      temperature: 0.5,
      n: 1,
      stop: ['END'],
      seed: 7,
      tools: [
        {
          type: 'function',
          function: {
            name: 'list_events',
            strict: true,
            parameters: {
              type: 'object',
              properties: { day: { type: 'integer', minimum: 1 } },
              additionalProperties: false,
            },
          },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'list_events' } },
      parallel_tool_calls: false,
      logit_bias: { '50256': -100 },
      response_format: { type: 'json_object' },
      metadata: { team: 'blue' },
      reasoning_effort: 'low',
    }
    await gateway.chat(body)
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '')).toEqual(body)
  })

  it('calls an upstream model by its own name and answers with what the upstream says', async () => {
    const response = await gateway.chat({ model: 'alias', ...say('Hi') })
    expect(JSON.parse(upstream.seen.at(-1)?.body ?? '')).toMatchObject({ model: 'real-name' })
    expect(await response.json()).toMatchObject({ model: 'up' })
  })

  it.each([
    [
      'an image',
      say([{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }]),
      'gateway/unscannable-part',
    ],
    ['audio', say([{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } }]), 'gateway/unscannable-part'],
    ['a file', say([{ type: 'file', file: { file_data: 'AAAA' } }]), 'gateway/unscannable-part'],
    ['spoken output', { ...say('Hi'), modalities: ['text', 'audio'] }, 'gateway/unscannable-part'],
    ['web search', { ...say('Hi'), web_search_options: {} }, 'gateway/hosted-tool'],
    ['a conversation kept by the provider', { ...say('Hi'), store: true }, 'gateway/stored-conversation'],
    ['a spoken answer by its id', spoken({ audio: { id: 'audio_1' } }), 'gateway/stored-conversation'],
  ])('refuses %s, which no gate can see into', async (_, body, rule) => {
    const response = await gateway.chat(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'content_filter', rule } })
    expect(upstream.seen.length).toBe(seen)
    expect(gateway.events()[0]).toMatchObject({ type: 'policy_violation', rule, outcome: 'block' })
  })

  it('is what holds the card numbers back: without guards each of them reaches the model', async () => {
    const bare = await testGateway({
      policy: 'monitor',
      config: { upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }] },
    })
    for (const [, body] of PLACES) {
      expect((await bare.chat(body)).status).toBe(200)
      const sent = JSON.stringify(JSON.parse(upstream.seen.at(-1)?.body ?? ''))
      expect(sent.replaceAll(/[^\d]/g, '')).toContain(CARD.slice(4))
    }
    await bare.close()
  })

  it('lets a permitted image pass, but reads a link as text', async () => {
    const open = await testGateway({
      config: { permits: ['image'], upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }] },
    })
    const image = (url: string) => say([{ type: 'image_url', image_url: { url } }])
    expect((await open.chat(image('data:image/png;base64,AAAA'))).status).toBe(200)
    expect((await open.chat(image(`https://example.com/a.png?card=${CARD}`))).status).toBe(200)
    expect(upstream.seen.at(-1)?.body).not.toContain(CARD)
    expect(open.events()).toContainEqual(
      expect.objectContaining({ rule: 'gateway/unscannable-part', outcome: 'monitor' }),
    )
    await open.close()
  })

  it('judges system text like user text when the keys may not claim the developer', async () => {
    const lowered = await testGateway({
      config: {
        keys: { claimDeveloper: false },
        upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }],
      },
    })
    const messages = [
      { role: 'system', content: INJECTION },
      { role: 'user', content: 'Hi' },
    ]
    expect((await lowered.chat({ messages })).status).toBe(400)
    await lowered.close()
  })

  it('answers in the operator’s words where the operator prefers that', async () => {
    const polite = await testGateway({ config: { refusal: { mode: 'completion', message: 'Not here.' } } })
    const body = { model: 'demo', ...say(INJECTION) }
    expect(await (await polite.chat(body)).json()).toMatchObject({
      choices: [{ message: { content: 'Not here.' }, finish_reason: 'stop' }],
    })
    expect(await (await polite.chat({ ...body, stream: true })).text()).toMatch(/Not here\.[^]*"stop"[^]*\[DONE\]/)
    expect(polite.events()[0]).toMatchObject({ type: 'injection_attempt', outcome: 'block' })
    await polite.close()
  })
})

describe('the gate after the model', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway

  beforeAll(async () => {
    upstream = await fakeUpstream()
    gateway = await testGateway({
      config: { upstreams: [{ name: 'fake', baseUrl: upstream.baseUrl, models: ['up'] }] },
    })
  })
  afterAll(async () => {
    await gateway.close()
    await upstream.close()
  })

  const answerWith = async (
    body: object,
    request: object = say('Hi'),
  ): Promise<{ readonly text: string; readonly json: Record<string, unknown>; readonly status: number }> => {
    upstream.answer((response) => sendJson(response, body))
    const response = await gateway.chat(request)
    const text = await response.text()
    return { text, json: JSON.parse(text) as Record<string, unknown>, status: response.status }
  }

  const call = (given: string) => ({
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'pay', arguments: given } }],
  })

  it.each([
    ['the content', completion(`Card ${CARD}`)],
    ['a refusal', completion(null, { refusal: `Card ${CARD}` })],
    ['the reasoning', completion('ok', { reasoning_content: `Card ${CARD}` })],
    ['the arguments of a tool call', completion(null, call(JSON.stringify({ card: CARD })))],
    ['a number in the arguments of a tool call', completion(null, call(`{"card":${CARD}}`))],
    ['a key in the arguments of a tool call', completion(null, call(`{"${CARD}":1}`))],
    ['a legacy function call', completion(null, { function_call: { name: 'pay', arguments: `{"card":"${CARD}"}` } })],
    [
      'a custom tool call',
      completion(null, { tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'pay', input: CARD } }] }),
    ],
    [
      'a citation',
      completion('ok', {
        annotations: [
          {
            type: 'url_citation',
            url_citation: { start_index: 0, end_index: 2, title: `Card ${CARD}`, url: 'https://example.com' },
          },
        ],
      }),
    ],
    ['the model name', { ...completion('ok'), model: `card-${CARD}` }],
    ['the system fingerprint', { ...completion('ok'), system_fingerprint: CARD }],
    ['the id', { ...completion('ok'), id: CARD }],
    ['a field nobody knows', { ...completion('ok', { note: CARD }), extra: CARD }],
  ])('lets no card number out in %s', async (_, body) => {
    const { text, status } = await answerWith(body)
    expect(status).toBe(200)
    expect(text).not.toContain(CARD)
  })

  it('reads every choice', async () => {
    const one = completion('ok') as { choices: object[] }
    const two = completion(`Card ${CARD}`, {}, { index: 1 }) as { choices: object[] }
    const { text } = await answerWith({ ...one, choices: [...one.choices, ...two.choices] }, { ...say('Hi'), n: 2 })
    expect(text).toContain('[CREDIT_CARD]')
    expect(text).not.toContain(CARD)
  })

  it('refuses more choices than were asked for', async () => {
    const one = completion('ok') as { choices: object[] }
    const { status } = await answerWith({ ...one, choices: [...one.choices, ...one.choices] })
    expect(status).toBe(502)
  })

  const token = (text: string, alternatives: readonly string[] = []) => ({
    token: text,
    logprob: -0.1,
    bytes: [...Buffer.from(text)],
    top_logprobs: alternatives.map((other) => ({ token: other, logprob: -2, bytes: null })),
  })
  const logprobs = (...tokens: readonly object[]) => ({ logprobs: { content: tokens, refusal: null } })

  it('passes log probabilities of a text that was not touched', async () => {
    const { json } = await answerWith(completion('ok then', {}, logprobs(token('ok', ['no']), token(' then'))))
    expect(json['choices']).toMatchObject([{ logprobs: { content: [{ token: 'ok' }, { token: ' then' }] } }])
  })

  it.each([
    ['a text that was edited', completion(`Card ${CARD}`, {}, logprobs(token('Card '), token(CARD)))],
    ['another text than the answer', completion('ok', {}, logprobs(token(CARD)))],
    ['other bytes than its tokens', completion('ok', {}, logprobs({ ...token('ok'), bytes: [...Buffer.from(CARD)] }))],
    [
      'a card number among the alternatives',
      completion('ok', {}, logprobs(token('o', [CARD.slice(0, 8)]), token('k', [CARD.slice(8)]))),
    ],
  ])('drops log probabilities that spell %s', async (_, body) => {
    const { json, text } = await answerWith(body)
    expect(json['choices']).toMatchObject([{ logprobs: null }])
    expect(text).not.toContain(CARD)
  })

  it('records a tool call without its name or arguments', async () => {
    await answerWith(completion(null, call('{"amount":5}')))
    const event = gateway.events().find(({ type }) => type === 'tool-call')
    expect(event).toMatchObject({ stage: 'tool-call', outcome: 'allow' })
    expect(JSON.stringify(event)).not.toMatch(/pay|amount/)
  })
})
