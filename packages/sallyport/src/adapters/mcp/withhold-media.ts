import { isJson, type Json } from './json-rpc.ts'

const NOTE = 'cannot be read by a gate and is not allowed (option allowMedia).'

/** The result with a note where an image, a sound or a blob was that no gate can read. The same object if there is none. */
export function withholdMedia(result: Json): Json {
  return rewrite(result) as Json
}

function rewrite(value: unknown, depth = 0): unknown {
  if (depth > 64) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, depth + 1))
    return items.some((item, at) => item !== value[at]) ? items : value
  }
  if (!isJson(value)) return value
  const { type } = value
  if ((type === 'image' || type === 'audio') && value['data'] !== undefined) {
    return { type: 'text', text: `[${type} withheld: it ${NOTE}]` }
  }
  if (typeof value['blob'] === 'string') {
    const { blob: _blob, mimeType: _mimeType, ...rest } = value
    return { ...rest, text: `[content withheld: it ${NOTE}]` }
  }
  const entries = Object.entries(value).map(([key, item]) => [key, rewrite(item, depth + 1)] as const)
  return entries.some(([key, item]) => item !== value[key]) ? Object.fromEntries(entries) : value
}
