import { describe, expect, it } from 'vitest'
import { streamChat, type ChatReply } from './chat-client.ts'
import { GatewayError, type GatewayClient } from './gateway-client.ts'

const answering = (send: () => Promise<Response>) => ({ send }) as unknown as GatewayClient

const chunk = (delta: object, finish: string | null = null, extra: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }], ...extra })}\n\n`

function streaming(...parts: readonly string[]): GatewayClient {
  const headers = { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' }
  return answering(async () => new Response(parts.join(''), { headers }))
}

async function last(client: GatewayClient): Promise<ChatReply | undefined> {
  let reply: ChatReply | undefined
  for await (const next of streamChat(client, { model: 'demo', messages: [] }, new AbortController().signal))
    reply = next
  return reply
}

describe('streamChat', () => {
  it('joins the pieces of an answer', async () => {
    const client = streaming(
      chunk({ role: 'assistant' }),
      chunk({ content: 'Hel' }),
      chunk({ content: 'lo' }),
      chunk({}, 'stop'),
    )
    expect(await last(client)).toEqual({
      text: 'Hello',
      toolCalls: [],
      refusal: undefined,
      requestId: 'req_1',
      isFinished: true,
    })
  })

  it('joins the pieces of tool calls and ignores an index that skips ahead', async () => {
    const client = streaming(
      chunk({ tool_calls: [{ index: 0, function: { name: 'look_up', arguments: '{"id"' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
      chunk({ tool_calls: [{ index: 1e9, function: { name: 'far' } }] }),
      chunk({}, 'tool_calls'),
    )
    expect((await last(client))?.toolCalls).toEqual([{ name: 'look_up', arguments: '{"id":1}' }])
  })

  it('gives a refusal of the input gate as an answer with rule and reason', async () => {
    const body = { message: 'Refused.', code: 'content_filter', rule: 'g/r', reason: 'Because.', request_id: 'req_2' }
    const client = answering(() => Promise.reject(new GatewayError('Refused.', 400, body)))
    expect(await last(client)).toMatchObject({
      refusal: { gate: 'input', rule: 'g/r', reason: 'Because.' },
      requestId: 'req_2',
    })
  })

  it('gives a stop by the output gate as an answer, with what came before it', async () => {
    const stop = chunk({}, 'content_filter', { sallyport: { rule: 'g/r', reason: 'Because.' } })
    expect(await last(streaming(chunk({ content: 'So ' }), stop))).toMatchObject({
      text: 'So ',
      refusal: { gate: 'output', rule: 'g/r', reason: 'Because.' },
    })
  })

  it.each([
    ['breaks off', [chunk({ content: 'So ' })], 'broke off'],
    ['carries an error', ['data: {"error":{"message":"Upstream failed."}}\n\n'], 'Upstream failed.'],
    ['is empty', [], 'broke off'],
    ['is no JSON', ['data: <html>\n\n'], 'broke off'],
  ])('throws when the stream %s', async (_, parts, message) => {
    await expect(last(streaming(...parts))).rejects.toThrow(message)
  })

  it('throws what is no refusal', async () => {
    const client = answering(() => Promise.reject(new GatewayError('Too many.', 429, { message: 'Too many.' })))
    await expect(last(client)).rejects.toThrow('Too many.')
  })
})
