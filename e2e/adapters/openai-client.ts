import OpenAI from 'openai'
import { guardOpenAI } from 'sallyport/openai'
import {
  chunkEvent,
  completion,
  DONE,
  fakeUpstream,
  type FakeUpstream,
  sendJson,
  sendStream,
} from '../../packages/gateway/src/test-support/fake-upstream.ts'
import { pieces } from './ai-sdk-harness.ts'
import type { Asked, Harness, Mode, Observed, Scripted } from './cases.ts'
import { SEARCH, settingsOf } from './cases.ts'

const USAGE = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 }

/** The `openai` client in front of a real HTTP server on loopback. */
export const openaiClient: Harness = {
  name: 'openai client, guardOpenAI',
  tools: true,
  ask: async (asked, scripted, mode, guarded) => {
    const upstream = await fakeUpstream()
    try {
      script(upstream, scripted, mode)
      const plain = new OpenAI({ baseURL: upstream.baseUrl, apiKey: 'none', maxRetries: 0 })
      const observed = await ask(guarded ? guardOpenAI(plain, settingsOf(guarded)) : plain, asked, mode)
      return { ...observed, sent: upstream.seen.map(({ body }) => body) }
    } finally {
      await upstream.close()
    }
  },
}

async function ask(client: OpenAI, asked: Asked, mode: Mode): Promise<Omit<Observed, 'sent'>> {
  const request = {
    model: 'up',
    messages: messagesOf(asked),
    tools: [{ type: 'function' as const, function: { ...SEARCH, parameters: { ...SEARCH.parameters } } }],
  }
  try {
    if (mode === 'whole') {
      const { choices, usage } = await client.chat.completions.create(request)
      const [choice] = choices
      const calls = choice?.message.tool_calls ?? []
      return {
        refused: false,
        text: choice?.message.content ?? '',
        toolCalls: calls.flatMap((call) => (call.type === 'function' ? [call.function] : [])),
        finish: choice?.finish_reason,
        usage,
      }
    }
    const stream = await client.chat.completions.create({
      ...request,
      stream: true,
      stream_options: { include_usage: true },
    })
    let text = ''
    let finish: string | undefined
    let usage: unknown
    const calls: { name: string; arguments: string }[] = []
    for await (const chunk of stream) {
      const [choice] = chunk.choices
      text += choice?.delta.content ?? ''
      for (const { index, function: piece } of choice?.delta.tool_calls ?? []) {
        const call = (calls[index] ??= { name: '', arguments: '' })
        call.name += piece?.name ?? ''
        call.arguments += piece?.arguments ?? ''
      }
      finish = choice?.finish_reason ?? finish
      usage = chunk.usage ?? usage
    }
    return { refused: finish === 'content_filter', text, toolCalls: calls, finish, usage }
  } catch (error) {
    if (!(error instanceof OpenAI.APIError) || error.code !== 'content_filter') throw error
    return { refused: true, text: '', toolCalls: [], finish: undefined, usage: undefined }
  }
}

function messagesOf({ system, user, toolResult }: Asked): OpenAI.ChatCompletionMessageParam[] {
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
    { role: 'user', content: user },
  ]
  if (toolResult === undefined) return messages
  const call = { name: toolResult.name, arguments: JSON.stringify(toolResult.input) }
  return [
    ...messages,
    { role: 'assistant', content: null, tool_calls: [{ id: 'call_0', type: 'function', function: call }] },
    { role: 'tool', tool_call_id: 'call_0', content: JSON.stringify(toolResult.result) },
  ]
}

function script(upstream: FakeUpstream, scripted: Scripted, mode: Mode): void {
  const calls = (scripted.toolCalls ?? []).map(({ id, name, arguments: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  }))
  const finish = calls.length > 0 ? 'tool_calls' : 'stop'
  upstream.answer((response) => {
    if (mode === 'whole') {
      const message = calls.length > 0 ? { tool_calls: calls } : {}
      sendJson(response, { ...completion(scripted.text, message, { finish_reason: finish }), usage: USAGE })
      return
    }
    const callEvents = calls.flatMap(({ id, type, function: { name, arguments: args } }, index) => [
      chunkEvent({ tool_calls: [{ index, id, type, function: { name, arguments: '' } }] }),
      ...pieces(args, scripted.chunk).map((piece) =>
        chunkEvent({ tool_calls: [{ index, function: { arguments: piece } }] }),
      ),
    ])
    sendStream(response, [
      chunkEvent({ role: 'assistant', content: '' }),
      ...pieces(scripted.text, scripted.chunk).map((content) => chunkEvent({ content })),
      ...callEvents,
      chunkEvent({}, { finish }),
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [], usage: USAGE })}\n\n`,
      DONE,
    ])
  })
}
