import type { Place, PlaceOf } from '../core/read-texts.ts'

const SKIP = { stage: 'input', origin: 'user', as: 'skip' } as const satisfies Place
const MEDIA = { stage: 'input', origin: 'user', as: 'media' } as const satisfies Place
const USER = { stage: 'input', origin: 'user' } as const satisfies Place
const MODEL = { stage: 'input', origin: 'model' } as const satisfies Place
const TOOL = { stage: 'tool-result', origin: 'tool' } as const satisfies Place
const NO_TEXT: ReadonlySet<string> = new Set(['id', 'type', 'role', 'toolCallId', 'tool_call_id', 'mediaType', 'state'])
const MEDIA_TYPES: ReadonlySet<unknown> = new Set(['file', 'image', 'image_url', 'input_audio', 'audio'])

export const BODY: Place = { stage: 'input', origin: 'user' }
const MESSAGES: Place = { stage: 'input', origin: 'user' }

/** Where texts stand in what a browser sends. It writes every role: what it calls the system's is the user's. */
export const bodyPlace: PlaceOf = (key, value, holder, above) => {
  if (above === BODY && key === 'messages') return MESSAGES
  if (above === MESSAGES) return roleOf(value)
  if (Array.isArray(holder)) return above
  if (NO_TEXT.has(key)) return SKIP
  if (MEDIA_TYPES.has(holder['type'])) return MEDIA
  if (key === 'output' || key === 'result') return { ...TOOL, as: 'free' }
  if (key === 'input' || key === 'args') return { ...above, as: 'free' }
  return above
}

function roleOf(message: unknown): Place {
  const role = typeof message === 'object' && message !== null && 'role' in message ? message.role : undefined
  if (role === 'assistant') return MODEL
  return role === 'tool' ? TOOL : USER
}
