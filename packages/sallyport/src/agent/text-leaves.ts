import type { Origin, Stage } from '../guard/stage.ts'
import type { TextPart } from '../conversation/text-part.ts'
import { Media } from './media.ts'

/** Every text in a value, property names included, with its JSON pointer. */
export function textLeaves(value: unknown, stage: Stage, origin: Origin): TextPart[] {
  const parts: TextPart[] = []
  collect(value, '', parts, stage, origin)
  return parts
}

function collect(value: unknown, path: string, parts: TextPart[], stage: Stage, origin: Origin): void {
  if (typeof value === 'string') {
    if (value !== '') parts.push({ path, text: value, stage, origin })
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) collect(item, `${path}/${at}`, parts, stage, origin)
  } else if (typeof value === 'object' && value !== null && !(value instanceof Media)) {
    for (const [name, item] of Object.entries(value)) {
      const inner = `${path}/${escapePointer(name)}`
      if (name !== '') parts.push({ path: keyPath(inner), text: name, stage, origin, kind: 'key' })
      collect(item, inner, parts, stage, origin)
    }
  }
}

/** The value with other texts, by pointer. What has none stays as it is. */
export function withTexts(value: unknown, texts: ReadonlyMap<string, string>, path = ''): unknown {
  if (texts.size === 0 || value instanceof Media) return value
  if (typeof value === 'string') return texts.get(path) ?? value
  if (Array.isArray(value)) return value.map((item, at) => withTexts(item, texts, `${path}/${at}`))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const inner = `${path}/${escapePointer(name)}`
      return [texts.get(keyPath(inner)) ?? name, withTexts(item, texts, inner)]
    }),
  )
}

/** Whether a value carries media, which no gate reads. */
export function hasMedia(value: unknown): boolean {
  if (value instanceof Media) return true
  return typeof value === 'object' && value !== null && Object.values(value).some(hasMedia)
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A name and its value need a pointer each; `~` followed by a letter is free in RFC 6901. */
function keyPath(path: string): string {
  return `${path}~name`
}
