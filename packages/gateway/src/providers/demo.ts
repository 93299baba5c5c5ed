import type { JsonObject, JsonValue } from '../json/parse-json.ts'
import { demoReply } from './demo-replies.ts'
import type { DemoReply } from './demo-replies.ts'
import type { Provider } from './provider.ts'

// Cut so that names, numbers and tags fall between chunks: what a gate that looks at chunks one by one would miss.
const CHUNK_LENGTHS = [1, 5, 2, 7, 3] as const
const CREATED = 1_700_000_000

/**
 * The built-in model `demo`: no network, no key, the same answer to the same request. Its replies contain, when asked,
 * what an output gate has to deal with.
 */
export function demoProvider(options: { readonly chunkDelayMs?: number } = {}): Provider {
  return {
    name: 'demo',
    complete: async ({ body }) => ({ body: completion(body), headers: {} }),
    stream: async ({ body, signal }) => ({ chunks: chunks(body, signal, options.chunkDelayMs ?? 0), headers: {} }),
    models: async () => ['demo'],
    close: async () => undefined,
  }
}

function completion(request: JsonObject): JsonValue {
  const reply = demoReply(request)
  const choices = Array.from({ length: choiceCount(request) }, (_, index) => ({
    index,
    finish_reason: reply.toolCall === undefined ? 'stop' : 'tool_calls',
    logprobs: null,
    message: {
      role: 'assistant',
      content: reply.toolCall === undefined ? reply.text : null,
      refusal: null,
      ...(reply.toolCall === undefined ? {} : { tool_calls: [toolCall(reply.toolCall)] }),
    },
  }))
  return {
    id: 'demo',
    object: 'chat.completion',
    created: CREATED,
    model: 'demo',
    choices,
    usage: usage(request, reply),
  }
}

async function* chunks(request: JsonObject, signal: AbortSignal, delayMs: number): AsyncGenerator<JsonValue> {
  const reply = demoReply(request)
  const count = choiceCount(request)
  const chunk = (index: number, delta: JsonObject, finish: string | null = null): JsonValue => ({
    id: 'demo',
    object: 'chat.completion.chunk',
    created: CREATED,
    model: 'demo',
    choices: [{ index, delta, finish_reason: finish }],
  })
  for (let index = 0; index < count; index++) {
    yield chunk(index, { role: 'assistant', content: '' })
    for (const piece of pieces(reply.text)) {
      if (signal.aborted) return
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      yield chunk(index, { content: piece })
    }
    if (reply.toolCall !== undefined) {
      const { name, arguments: given } = reply.toolCall
      yield chunk(index, { tool_calls: [{ ...toolCall({ name, arguments: '' }), index: 0 }] })
      for (const piece of pieces(given))
        yield chunk(index, { tool_calls: [{ index: 0, function: { arguments: piece } }] })
    }
    yield chunk(index, {}, reply.toolCall === undefined ? 'stop' : 'tool_calls')
  }
  const options = request['stream_options'] as JsonObject | undefined
  if (options?.['include_usage'] === true) {
    yield {
      id: 'demo',
      object: 'chat.completion.chunk',
      created: CREATED,
      model: 'demo',
      choices: [],
      usage: usage(request, reply),
    }
  }
}

function toolCall(call: NonNullable<DemoReply['toolCall']>): JsonObject {
  return { id: 'call_demo_0', type: 'function', function: { name: call.name, arguments: call.arguments } }
}

function* pieces(text: string): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn++) {
    const length = CHUNK_LENGTHS[turn % CHUNK_LENGTHS.length] ?? 1
    yield text.slice(at, at + length)
    at += length
  }
}

function choiceCount(request: JsonObject): number {
  return typeof request['n'] === 'number' ? Math.min(request['n'], 8) : 1
}

/** Estimated at four characters a token, good enough for a model that charges nothing. */
function usage(request: JsonObject, reply: DemoReply): JsonObject {
  const prompt = Math.ceil(JSON.stringify(request['messages']).length / 4)
  const answer = Math.ceil((reply.text.length + (reply.toolCall?.arguments.length ?? 0)) / 4)
  return { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer }
}
