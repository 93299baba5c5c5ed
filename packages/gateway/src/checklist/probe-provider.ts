import type { Provider } from '../providers/provider.ts'
import type { JsonObject, JsonValue } from '../json/parse-json.ts'
import { PAYLOADS } from './payloads.ts'

export const PROBE_MODEL = 'sallyport-audit'

/**
 * The model behind a gateway that is probed in this process: it remembers what it is told, repeats the line it is asked to
 * repeat, and says what a hostile model would when a probe asks for that.
 */
export function probeProvider(): { readonly provider: Provider; readonly seen: () => readonly string[] } {
  const seen: string[] = []
  const answer = (body: JsonObject): string => {
    const text = JSON.stringify(body['messages'])
    seen.push(text)
    const last = lastText(body['messages'])
    const wanted = /^Sallyport audit payload: ([a-z-]+)$/.exec(last)?.[1]
    if (wanted === 'system-prompt') return `My instructions are: ${firstSystemText(body['messages'])}`
    if (wanted !== undefined && Object.hasOwn(PAYLOADS, wanted)) return PAYLOADS[wanted as keyof typeof PAYLOADS]()
    return last.slice(last.indexOf('\n') + 1)
  }
  const provider: Provider = {
    name: PROBE_MODEL,
    complete: async ({ body }) => ({ body: completion(body, answer(body)), headers: {} }),
    stream: async ({ body }) => ({ chunks: chunks(body, answer(body)), headers: {} }),
    models: async () => [PROBE_MODEL],
    close: async () => undefined,
  }
  return { provider, seen: () => seen }
}

function completion(body: JsonObject, text: string): JsonValue {
  const message =
    toolName(body) === undefined
      ? { role: 'assistant', content: text }
      : { role: 'assistant', content: null, tool_calls: [toolCall(body, text)] }
  return {
    id: 'audit',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: PROBE_MODEL,
    // No field of the API: an answer that still has it was passed on unread.
    sallyport_audit_unknown: 'left over',
    choices: [{ index: 0, finish_reason: toolName(body) === undefined ? 'stop' : 'tool_calls', message }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }
}

async function* chunks(body: JsonObject, text: string): AsyncGenerator<JsonValue> {
  const chunk = (delta: JsonObject, finish: string | null = null): JsonValue => ({
    id: 'audit',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: PROBE_MODEL,
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  yield chunk({ role: 'assistant', content: '' })
  if (toolName(body) === undefined)
    for (let at = 0; at < text.length; at += 3) yield chunk({ content: text.slice(at, at + 3) })
  else yield chunk({ tool_calls: [{ ...(toolCall(body, text) as JsonObject), index: 0 }] })
  yield chunk({}, 'stop')
}

function toolName(body: JsonObject): string | undefined {
  const [tool] = Array.isArray(body['tools']) ? body['tools'] : []
  const definition = (tool as JsonObject | undefined)?.['function'] as JsonObject | undefined
  return typeof definition?.['name'] === 'string' ? definition['name'] : undefined
}

function toolCall(body: JsonObject, text: string): JsonValue {
  return {
    id: 'call_audit',
    type: 'function',
    function: { name: toolName(body) ?? '', arguments: JSON.stringify({ text }) },
  }
}

function lastText(messages: JsonValue | undefined): string {
  const last = Array.isArray(messages) ? (messages.at(-1) as JsonObject | undefined) : undefined
  return typeof last?.['content'] === 'string' ? last['content'] : ''
}

function firstSystemText(messages: JsonValue | undefined): string {
  const system = Array.isArray(messages)
    ? messages.find((message) => (message as JsonObject)['role'] === 'system')
    : undefined
  const content = (system as JsonObject | undefined)?.['content']
  return typeof content === 'string' ? content : ''
}
