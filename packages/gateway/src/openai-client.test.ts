import OpenAI, { AuthenticationError, BadRequestError } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CARD, INJECTION, testGateway } from './test-support/test-gateway.ts'
import type { TestGateway } from './test-support/test-gateway.ts'

const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'The weather at a place',
    parameters: { type: 'object', properties: { location: { type: 'string' } }, required: ['location'] },
  },
}

describe('the official openai client, unchanged', () => {
  let gateway: TestGateway
  let client: OpenAI

  beforeAll(async () => {
    gateway = await testGateway()
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.clientKey, maxRetries: 0 })
  })
  afterAll(() => gateway.close())

  it('gets an answer of the demo model', async () => {
    const answer = await client.chat.completions.create({
      model: 'demo',
      messages: [
        { role: 'system', content: 'You are a helpful assistant.' },
        { role: 'user', content: 'Hello there' },
      ],
    })
    expect(answer.object).toBe('chat.completion')
    expect(answer.choices[0]?.message.content).toContain('Hello there')
    expect(answer.usage?.total_tokens).toBeGreaterThan(0)
  })

  it('gets the same text as a stream, with usage when it asks for it', async () => {
    const request = { model: 'demo', messages: [{ role: 'user' as const, content: 'Tell me something long' }] }
    const whole = await client.chat.completions.create(request)
    const stream = await client.chat.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let usage: OpenAI.CompletionUsage | null | undefined
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? ''
      usage = chunk.usage ?? usage
    }
    expect(text).toBe(whole.choices[0]?.message.content)
    expect(usage?.completion_tokens).toBeGreaterThan(0)
  })

  it('runs a tool call to its end', async () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'What is the weather in Berlin?' }]
    const first = await client.chat.completions.create({ model: 'demo', messages, tools: [weather] })
    const call = first.choices[0]?.message.tool_calls?.[0]
    expect(first.choices[0]?.finish_reason).toBe('tool_calls')
    expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({ location: 'Berlin' })
    messages.push(first.choices[0]?.message as OpenAI.ChatCompletionMessage)
    messages.push({ role: 'tool', tool_call_id: call?.id ?? '', content: 'Sunny, 21 degrees' })
    const second = await client.chat.completions.create({ model: 'demo', messages, tools: [weather] })
    expect(second.choices[0]?.message.content).toContain('Sunny, 21 degrees')
  })

  it('runs a streamed tool call with its own accumulator', async () => {
    const stream = client.chat.completions.stream({
      model: 'demo',
      messages: [{ role: 'user', content: 'What is the weather in Berlin?' }],
      tools: [weather],
    })
    const answer = await stream.finalChatCompletion()
    const call = answer.choices[0]?.message.tool_calls?.[0]
    expect(call?.type === 'function' && JSON.parse(call.function.arguments)).toEqual({ location: 'Berlin' })
  })

  it('is told why an injection is refused', async () => {
    const attempt = client.chat.completions.create({ model: 'demo', messages: [{ role: 'user', content: INJECTION }] })
    const error = await attempt.catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(BadRequestError)
    const { status, code, requestID, error: body } = error as InstanceType<typeof BadRequestError>
    expect({ status, code }).toEqual({ status: 400, code: 'content_filter' })
    expect(body).toMatchObject({
      rule: expect.stringMatching(/^prompt-injection\//),
      reason: expect.any(String),
      request_id: requestID,
    })
    const events = gateway.events().filter((event) => event.requestId === requestID)
    expect(events).toMatchObject([{ type: 'injection_attempt', outcome: 'block', stage: 'input' }])
  })

  it('gets the same refusal for a stream, before anything is sent', async () => {
    const attempt = client.chat.completions.create({
      model: 'demo',
      messages: [{ role: 'user', content: INJECTION }],
      stream: true,
    })
    await expect(attempt).rejects.toMatchObject({ status: 400, code: 'content_filter' })
  })

  it('never gets personal data out of the model, in one piece or in awkward ones', async () => {
    const request = { model: 'demo', messages: [{ role: 'user' as const, content: 'Show me personal data' }] }
    const whole = (await client.chat.completions.create(request)).choices[0]?.message.content
    let streamed = ''
    for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? ''
    }
    expect(whole).toContain('[CREDIT_CARD]')
    expect(whole?.replaceAll(/\D/g, '')).not.toContain(CARD)
    expect(streamed).toBe(whole)
  })

  it('sees a wrong key as an authentication error and a missing model as not found', async () => {
    const stranger = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: `sp-client-${'x'.repeat(43)}`, maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toBeInstanceOf(AuthenticationError)
    const nobody = client.chat.completions.create({ model: 'nobody', messages: [{ role: 'user', content: 'Hi' }] })
    await expect(nobody).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
  })

  it('lists and finds models', async () => {
    const names = []
    for await (const model of client.models.list()) names.push(model.id)
    expect(names).toContain('demo')
    expect((await client.models.retrieve('demo')).owned_by).toBe('demo')
  })
})
