import type { Place, PlaceOf } from '../core/read-texts.ts'

const SKIP = { stage: 'input', origin: 'developer', as: 'skip' } as const satisfies Place
const MEDIA = { stage: 'input', origin: 'user', as: 'media' } as const satisfies Place
const DEVELOPER = { stage: 'input', origin: 'developer' } as const satisfies Place
const USER = { stage: 'input', origin: 'user' } as const satisfies Place
const MODEL = { stage: 'input', origin: 'model' } as const satisfies Place
const TOOL = { stage: 'tool-result', origin: 'tool' } as const satisfies Place
/** Tool definitions often come from an MCP server that the developer did not write. */
const DEFINITION = { stage: 'input', origin: 'tool' } as const satisfies Place
const CALL = { stage: 'tool-call', origin: 'model' } as const satisfies Place

export const REQUEST: Place = { stage: 'input', origin: 'user' }
const MESSAGES: Place = { stage: 'input', origin: 'user' }
export const ANSWER: Place = { stage: 'output', origin: 'model' }
/** An answer whose content is JSON. */
export const JSON_ANSWER: Place = { stage: 'output', origin: 'model' }

const REQUEST_FIELDS = table({
  model: SKIP,
  messages: MESSAGES,
  tools: DEFINITION,
  functions: DEFINITION,
  tool_choice: DEVELOPER,
  response_format: DEVELOPER,
  stop: DEVELOPER,
  prediction: DEVELOPER,
})
const MEDIA_FIELDS: ReadonlySet<string> = new Set(['image_url', 'input_audio', 'file', 'audio'])

/** Where texts stand in a request to `/chat/completions`. What is not listed is read as the user's. */
export const requestPlace: PlaceOf = (key, value, holder, above) => {
  if (above === REQUEST) return REQUEST_FIELDS[key] ?? USER
  if (above === MESSAGES) return roleOf(value)
  return field(key, holder, above)
}

const ANSWER_FIELDS = table({
  id: SKIP,
  object: SKIP,
  created: SKIP,
  model: SKIP,
  system_fingerprint: SKIP,
  service_tier: SKIP,
  usage: SKIP,
  obfuscation: SKIP,
  // Held against the text apart from it.
  logprobs: SKIP,
  finish_reason: SKIP,
})

/** Where texts stand in an answer of `/chat/completions` and in its choices. */
export const answerPlace: PlaceOf = (key, _value, holder, above) => {
  if (above === CALL || above.stage === 'tool-call') return field(key, holder, above)
  if (!Array.isArray(holder) && Object.hasOwn(ANSWER_FIELDS, key)) return ANSWER_FIELDS[key] ?? SKIP
  if (key === 'tool_calls' || key === 'function_call') return CALL
  if (above === JSON_ANSWER && key === 'content') return { ...ANSWER, as: 'json' }
  return field(key, holder, above)
}

function field(key: string, holder: Readonly<Record<string, unknown>>, above: Place): Place {
  if (Array.isArray(holder)) return above
  if (key === 'type' || key === 'role' || key === 'id' || key === 'tool_call_id') return SKIP
  if (MEDIA_FIELDS.has(key)) return MEDIA
  if (key === 'arguments') return { ...above, as: 'json' }
  if (key === 'parameters' || key === 'schema' || key === 'allowed_tools') return { ...above, as: 'free' }
  return above
}

function roleOf(message: unknown): Place {
  const role = typeof message === 'object' && message !== null && 'role' in message ? message.role : undefined
  if (role === 'system' || role === 'developer') return DEVELOPER
  if (role === 'assistant') return MODEL
  if (role === 'tool' || role === 'function') return TOOL
  return USER
}

function table(rows: Readonly<Record<string, Place>>): Readonly<Record<string, Place>> {
  return Object.assign(Object.create(null) as Record<string, Place>, rows)
}
