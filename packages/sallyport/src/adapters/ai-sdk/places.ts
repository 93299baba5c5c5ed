import type { Place, PlaceOf } from '../core/read-texts.ts'

const SKIP = { stage: 'input', origin: 'developer', as: 'skip' } as const satisfies Place
const MEDIA = { stage: 'input', origin: 'user', as: 'media' } as const satisfies Place
const DEVELOPER = { stage: 'input', origin: 'developer' } as const satisfies Place
const USER = { stage: 'input', origin: 'user' } as const satisfies Place
const MODEL = { stage: 'input', origin: 'model' } as const satisfies Place
const TOOL = { stage: 'tool-result', origin: 'tool' } as const satisfies Place
/** Tool definitions often come from an MCP server that the developer did not write. */
const DEFINITION = { stage: 'input', origin: 'tool' } as const satisfies Place
const OUTPUT = { stage: 'output', origin: 'model' } as const satisfies Place
const CALL = { stage: 'tool-call', origin: 'model' } as const satisfies Place

/** Ids, kinds and the developer's settings. Provider options and metadata may hold signatures that no edit survives. */
const NO_TEXT: ReadonlySet<string> = new Set([
  'type',
  'role',
  'id',
  'toolCallId',
  'approvalId',
  'mediaType',
  'sourceType',
  'providerOptions',
  'providerMetadata',
  'signature',
])
const MEDIA_TYPES: ReadonlySet<unknown> = new Set([
  'file',
  'image',
  'reasoning-file',
  'file-data',
  'file-url',
  'file-id',
  'image-data',
  'image-url',
  'image-file-id',
])

/** Where texts stand in the options of a call. */
export const requestPlace: PlaceOf = (key, value, holder, above) => {
  // The top level of the options is the only place that is nobody's.
  if (above === OPTIONS) return OPTION_FIELDS[key] ?? SKIP
  if (above === PROMPT) return roleOf(value)
  return partField(key, holder, above)
}

export const OPTIONS: Place = { stage: 'input', origin: 'user' }
const PROMPT: Place = { stage: 'input', origin: 'user' }
const OPTION_FIELDS: Readonly<Record<string, Place>> = Object.assign(Object.create(null) as Record<string, Place>, {
  prompt: PROMPT,
  tools: DEFINITION,
  toolChoice: DEVELOPER,
  responseFormat: DEVELOPER,
  stopSequences: DEVELOPER,
})

function roleOf(message: unknown): Place {
  const role = typeof message === 'object' && message !== null && 'role' in message ? message.role : undefined
  if (role === 'system') return DEVELOPER
  if (role === 'assistant') return MODEL
  if (role === 'tool') return TOOL
  return USER
}

/** Where texts stand in the parts of an answer and of its stream. */
export const answerPlace: PlaceOf = (key, value, holder, above) => {
  if (above === OUTPUT || above === JSON_OUTPUT) {
    const kind = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
    if (kind === 'tool-call') return CALL
    if (kind === 'tool-result') return TOOL
  }
  if (above === CALL && key === 'input') return { ...CALL, as: typeof value === 'string' ? 'json' : 'free' }
  if (above === JSON_OUTPUT && key === 'text' && holder['type'] === 'text') return { ...OUTPUT, as: 'json' }
  return partField(key, holder, above)
}

/** The content of an answer, whose text is JSON when the call asked for an object. */
export const OUTPUT_CONTENT: Place = OUTPUT
export const JSON_OUTPUT: Place = { ...OUTPUT }

function partField(key: string, holder: Readonly<Record<string, unknown>>, above: Place): Place {
  if (Array.isArray(holder)) return above
  if (NO_TEXT.has(key)) return SKIP
  const { type } = holder
  if (MEDIA_TYPES.has(type)) return key === 'filename' ? above : MEDIA
  if (type === 'tool-call' && key === 'input') return { ...above, as: 'free' }
  if ((type === 'tool-result' && key === 'result') || (type === 'json' && key === 'value'))
    return { ...above, as: 'free' }
  if (type === 'error-json' && key === 'value') return { ...above, as: 'free' }
  if (key === 'inputSchema' || key === 'schema') return { ...above, as: 'free' }
  if (type === 'custom' || key === 'inputExamples') return { ...above, as: 'free' }
  return above
}
