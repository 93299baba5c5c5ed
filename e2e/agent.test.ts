import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { startGateway, type RunningGateway } from '@sallyport/gateway'
import { MockLanguageModelV3, simulateReadableStream } from 'ai/test'
import { createSecureAgent, defineTool, ioSchema, probability, safeHtml, type LanguageModel } from 'sallyport/agent'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const CARD = ['4111', '1111', '1111', '1111'].join(' ')
const REPLY = {
  reply: `It is <b>on its way</b>.<script>steal()</script> Your card is ${CARD}.`,
  topic: 'order',
  confidence: 0.9,
}

const SupportAnswer = ioSchema('SupportAnswer', 'What the support desk answers.', {
  reply: safeHtml({ max: 2_000 }),
  topic: z.enum(['order', 'refund']),
  confidence: probability(),
})

/** A run with a tool and a typed answer, streamed: what the caller saw and what the tool was given. */
async function ask(model: LanguageModel) {
  const orders: string[] = []
  const findOrder = defineTool({
    name: 'find_order',
    description: 'Finds an order.',
    input: z.object({ order: z.string() }),
    run: ({ order }) => {
      orders.push(order)
      return { order, status: 'shipped' }
    },
  })
  const agent = createSecureAgent({ model, output: SupportAnswer, tools: [findOrder], user: 'u-1' })
  const stream = agent.runStream({ message: 'Where is my order 1042?' })
  const partials: unknown[] = []
  for await (const partial of stream) partials.push(partial)
  return { orders, partials, result: await stream.result(), agent }
}

function expectAnswered({ orders, partials, result, agent }: Awaited<ReturnType<typeof ask>>): void {
  expect(orders).toEqual(['1042'])
  expect(result).toMatchObject({ status: 'done', modelCalls: 2, output: { topic: 'order', confidence: 0.9 } })
  expect(partials.length).toBeGreaterThan(1)
  expect(result.status === 'done' && result.output.reply).toMatch(/^It is <b>on its way<\/b>\./)
  expect(JSON.stringify([partials, result])).not.toMatch(/<script|4111/)
  expect(JSON.stringify(result)).toContain('[CREDIT_CARD]')
  expect(agent.history.getMessageCount()).toBe(2)
}

describe('a streaming agent with a tool and a typed answer', () => {
  it('runs over the mock model of the AI SDK', async () => {
    const usage = {
      inputTokens: { total: 3, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 2, text: undefined, reasoning: undefined },
    }
    const finish = (unified: 'stop' | 'tool-calls') =>
      ({ type: 'finish', usage, finishReason: { unified, raw: undefined } }) as const
    const pieces = JSON.stringify(REPLY).match(/[^]{1,6}/g) ?? []
    const model = new MockLanguageModelV3({
      doStream: [
        {
          stream: simulateReadableStream({
            chunks: [
              { type: 'tool-call', toolCallId: 'c1', toolName: 'find_order', input: '{"order":"1042"}' },
              finish('tool-calls'),
            ],
          }),
        },
        {
          stream: simulateReadableStream({
            chunks: [
              { type: 'text-start', id: '1' },
              ...pieces.map((delta) => ({ type: 'text-delta', id: '1', delta }) as const),
              { type: 'text-end', id: '1' },
              finish('stop'),
            ],
          }),
        },
      ],
    })
    expectAnswered(await ask(model))
    expect(model.doStreamCalls[1]?.prompt.map((message) => message.role)).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
    ])
  })

  describe('through the gateway, with the OpenAI-compatible provider', () => {
    const bodies: { readonly messages: readonly { readonly role: string }[]; readonly response_format?: unknown }[] = []
    const upstream = createServer(async (request, response) => {
      let body = ''
      for await (const piece of request.setEncoding('utf8')) body += String(piece)
      const asked = JSON.parse(body)
      bodies.push(asked)
      const isAnswered = asked.messages.some(({ role }: { role: string }) => role === 'tool')
      const deltas: object[] = isAnswered
        ? (JSON.stringify(REPLY).match(/[^]{1,6}/g) ?? []).map((content) => ({ content }))
        : [
            {
              tool_calls: [
                { index: 0, id: 'c1', type: 'function', function: { name: 'find_order', arguments: '{"order":' } },
              ],
            },
            { tool_calls: [{ index: 0, function: { arguments: '"1042"}' } }] },
          ]
      const chunk = (delta: object, finish_reason: string | null = null): string =>
        `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ role: 'assistant', content: isAnswered ? '' : null }))
      for (const delta of deltas) response.write(chunk(delta))
      response.end(`${chunk({}, isAnswered ? 'stop' : 'tool_calls')}data: [DONE]\n\n`)
    })
    let gateway: RunningGateway
    let folder: string
    const key = `sp-client-${'k3Y'.repeat(12)}`

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sallyport-agent-'))
      await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
      const { port } = upstream.address() as AddressInfo
      gateway = await startGateway({
        environment: { SALLYPORT_PORT: '0', SALLYPORT_DATA: folder, SALLYPORT_BOOTSTRAP_CLIENT_KEY: key },
        config: { upstreams: [{ name: 'scripted', baseUrl: `http://127.0.0.1:${port}/v1`, models: ['up'] }] },
      })
    })
    afterAll(async () => {
      await gateway.close()
      upstream.closeAllConnections()
      await new Promise((resolve) => upstream.close(resolve))
      await rm(folder, { recursive: true })
    })

    it('is answered in its types, and the schema reaches the model', async () => {
      const provider = createOpenAICompatible({
        name: 'gateway',
        baseURL: `${gateway.url}/v1`,
        apiKey: key,
        supportsStructuredOutputs: true,
      })
      expectAnswered(await ask(provider('up')))
      expect(bodies).toHaveLength(2)
      expect(bodies[1]?.messages.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'tool'])
      expect(bodies[1]?.response_format).toMatchObject({
        type: 'json_schema',
        json_schema: {
          name: 'SupportAnswer',
          schema: { title: 'SupportAnswer', required: ['reply', 'topic', 'confidence'] },
        },
      })
    })
  })
})
