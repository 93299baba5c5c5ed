/** JSON of the chat completions API, read by what it holds: it comes from outside. */
export type Json = Readonly<Record<string, unknown>>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

export function wantsJson(request: Json): boolean {
  const { response_format: format } = request
  return isJson(format) && (format['type'] === 'json_schema' || format['type'] === 'json_object')
}

/** The calls in the messages, with their arguments, as a person who must approve them sees them. */
export function callsOf(
  messages: readonly Json[],
): { readonly tool: string; readonly input: unknown; readonly callId: string }[] {
  return messages.flatMap((message) => {
    const legacy = isJson(message['function_call']) ? [{ function: message['function_call'] }] : []
    return [...listOf(message['tool_calls']), ...legacy].map((call: Json) => {
      const target = isJson(call['function']) ? call['function'] : isJson(call['custom']) ? call['custom'] : {}
      const { name, arguments: args, input } = target
      return {
        tool: String(name),
        // A custom tool takes free text.
        input: args === undefined ? { input } : typeof args === 'string' ? parsed(args) : args,
        callId: String(call['id']),
      }
    })
  })
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
