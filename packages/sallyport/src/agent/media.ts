import { z } from 'zod'
import { growsBy } from './growth.ts'

export type MediaKind = 'image' | 'audio' | 'file'

/**
 * An image, a sound or a file in a message. Only a validated media field makes one: a look-alike object in a model's
 * answer stays data, so that no answer can make a provider fetch an address. Paths of the local disk are not taken.
 */
export class Media {
  readonly kind: MediaKind
  /** Such as `image/png`. */
  readonly mediaType: string
  /** An https: or data: URL. */
  readonly url: string

  constructor({ kind, mediaType, url }: { kind: MediaKind; mediaType: string; url: string }) {
    this.kind = kind
    this.mediaType = mediaType
    this.url = url
  }
}

/** A schema field for media: `{ mediaType, url }` with an https: or data: URL. */
export function mediaField(kind: MediaKind): z.ZodType<Media, { readonly mediaType: string; readonly url: string }> {
  const field = z
    .object({
      kind: z.literal(kind).default(kind),
      mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+*-]+$/, { error: 'Not a media type.' }),
      url: z.string().regex(/^(?:https:\/\/|data:)/i, { error: 'Only https: and data: URLs are taken.' }),
    })
    .transform((value) => new Media(value))
  return growsBy(field, () => undefined)
}

/** Splits a value into its media, in order, and the rest without them. `rest` is undefined when nothing else was there. */
export function splitMedia(value: unknown): { readonly media: readonly Media[]; readonly rest: unknown } {
  const media: Media[] = []
  return { rest: withoutMedia(value, media), media }
}

function withoutMedia(value: unknown, media: Media[]): unknown {
  if (value instanceof Media) {
    media.push(value)
    return undefined
  }
  if (typeof value !== 'object' || value === null) return value
  const before = media.length
  if (Array.isArray(value)) {
    const kept = value.map((item) => withoutMedia(item, media)).filter((item) => item !== undefined)
    return kept.length === 0 && media.length > before ? undefined : kept
  }
  const kept = Object.entries(value).map(([key, item]) => [key, withoutMedia(item, media)] as const)
  const rest = kept.filter(([, item]) => item !== undefined)
  return rest.length === 0 && media.length > before ? undefined : Object.fromEntries(rest)
}

/** The value as JSON would carry it, media kept: what gates read is then what models get. */
export function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Media) return value
  if (Array.isArray(value)) return value.map(toPlain)
  if ('toJSON' in value && typeof value.toJSON === 'function') return toPlain(value.toJSON())
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]))
}

/** A deep copy that keeps media as they are. */
export function copyValue<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || value instanceof Media) return value
  if (Array.isArray(value)) return value.map(copyValue) as Value
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) {
    return structuredClone(value)
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyValue(item)])) as Value
}
