import type { Place, PlaceOf } from '../core/read-texts.ts'

const SKIP = { stage: 'tool-result', origin: 'tool', as: 'skip' } as const satisfies Place
const MEDIA = { stage: 'tool-result', origin: 'tool', as: 'media' } as const satisfies Place
const NO_TEXT: ReadonlySet<string> = new Set(['type', 'role', 'mimeType', 'cursor', 'nextCursor', 'progressToken'])

/** What a server sends: untrusted text, wherever it stands. */
export const FROM_SERVER: Place = { stage: 'tool-result', origin: 'tool' }
/** What a client sends to a server: it leaves the house. */
export const TO_SERVER: Place = { stage: 'tool-call', origin: 'model', as: 'free' }

/** Where texts stand in what a server sends. Structured content and metadata are free JSON. */
export const serverPlace: PlaceOf = (key, _value, holder, above) => {
  if (Array.isArray(holder)) return above
  if (NO_TEXT.has(key)) return SKIP
  if (key === 'data' && (holder['type'] === 'image' || holder['type'] === 'audio')) return MEDIA
  if (key === 'blob') return MEDIA
  if (key === 'structuredContent' || key === '_meta' || key === 'data' || key === 'requestedSchema') {
    return { ...above, as: 'free' }
  }
  return above
}
