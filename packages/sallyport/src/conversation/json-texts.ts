import type { Origin, Stage } from '../guard/stage.ts'
import type { TextPart } from './text-part.ts'

/** Tells values that are no JSON and are left alone. */
export type IsOpaque = (value: object) => boolean

const nothing: IsOpaque = () => false

/** Every text in a JSON value, property names included, with its JSON pointer. */
export function jsonTexts(value: unknown, stage: Stage, origin: Origin, isOpaque: IsOpaque = nothing): TextPart[] {
  const parts: TextPart[] = []
  collect(value, '', parts, { stage, origin }, isOpaque)
  return parts
}

function collect(
  value: unknown,
  path: string,
  parts: TextPart[],
  where: { readonly stage: Stage; readonly origin: Origin },
  isOpaque: IsOpaque,
): void {
  if (typeof value === 'string') {
    if (value !== '') parts.push({ path, text: value, ...where })
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) collect(item, `${path}/${at}`, parts, where, isOpaque)
  } else if (typeof value === 'object' && value !== null && !isOpaque(value)) {
    for (const [name, item] of Object.entries(value)) {
      const inner = `${path}/${escapePointer(name)}`
      if (name !== '') parts.push({ path: keyPath(inner), text: name, ...where, kind: 'key' })
      collect(item, inner, parts, where, isOpaque)
    }
  }
}

/** The value with other texts, by pointer. What has none stays as it is. */
export function withJsonTexts(
  value: unknown,
  texts: ReadonlyMap<string, string>,
  isOpaque: IsOpaque = nothing,
  path = '',
): unknown {
  if (texts.size === 0) return value
  if (typeof value === 'string') return texts.get(path) ?? value
  if (Array.isArray(value)) return value.map((item, at) => withJsonTexts(item, texts, isOpaque, `${path}/${at}`))
  if (typeof value !== 'object' || value === null || isOpaque(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const inner = `${path}/${escapePointer(name)}`
      return [texts.get(keyPath(inner)) ?? name, withJsonTexts(item, texts, isOpaque, inner)]
    }),
  )
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A name and its value need a pointer each; `~` followed by a letter is free in RFC 6901. */
function keyPath(path: string): string {
  return `${path}~name`
}
