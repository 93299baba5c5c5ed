import type { Place, PlaceOf } from '../core/read-texts.ts'

const SKIP = { stage: 'input', origin: 'developer', as: 'skip' } as const satisfies Place
const MEDIA = { stage: 'input', origin: 'user', as: 'media' } as const satisfies Place
const CALL = { stage: 'tool-call', origin: 'model' } as const satisfies Place

/** A list of messages, as plain fields: where each stands follows from its type. */
export const MESSAGES: Place = { stage: 'input', origin: 'user' }
export const ANSWER: Place = { stage: 'output', origin: 'model' }

const BY_TYPE: Readonly<Record<string, Place>> = Object.assign(Object.create(null) as Record<string, Place>, {
  system: { stage: 'input', origin: 'developer' },
  developer: { stage: 'input', origin: 'developer' },
  ai: { stage: 'input', origin: 'model' },
  tool: { stage: 'tool-result', origin: 'tool' },
  function: { stage: 'tool-result', origin: 'tool' },
} satisfies Record<string, Place>)

const NO_TEXT: ReadonlySet<string> = new Set([
  'type',
  'id',
  'tool_call_id',
  'call_id',
  'status',
  'index',
  'signature',
  'usage_metadata',
  'mime_type',
  'source_type',
])
const CALLS: ReadonlySet<string> = new Set(['tool_calls', 'invalid_tool_calls', 'tool_call_chunks'])
const MEDIA_TYPES: ReadonlySet<unknown> = new Set([
  'image',
  'image_url',
  'input_image',
  'audio',
  'input_audio',
  'video',
  'file',
  'document',
  'media',
  'text-plain',
])

export const messagePlace: PlaceOf = (key, value, holder, above) => {
  if (above === MESSAGES) {
    const type = typeof value === 'object' && value !== null && 'type' in value ? String(value.type) : ''
    return BY_TYPE[type] ?? { ...MESSAGES }
  }
  if (Array.isArray(holder)) return above
  if (NO_TEXT.has(key)) return SKIP
  if (MEDIA_TYPES.has(holder['type'])) return MEDIA
  if (CALLS.has(key) && above.stage === 'output') return CALL
  if (above.stage === 'tool-call' || holder['type'] === 'tool_call' || holder['type'] === 'tool_use') {
    // Chunks and invalid calls carry arguments as JSON, complete calls as an object.
    if (key === 'args' || key === 'input')
      return { ...CALL, stage: above.stage, as: typeof value === 'string' ? 'json' : 'free' }
  }
  if (key === 'args' || key === 'input' || key === 'artifact' || key === 'additional_kwargs')
    return { ...above, as: 'free' }
  return above
}
