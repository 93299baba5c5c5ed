import type { Origin, Stage } from '../contract.ts'
import type { JsonValue } from '../json/parse-json.ts'

/**
 * What a dialect knows of a piece of JSON. One description serves four ends, so that they cannot drift apart: it is the
 * allow-list of fields, the check of types, the list of texts to be scanned, and the form that is sent on.
 */
export type Shape =
  /** Any string; scanned. */
  | { readonly kind: 'text' }
  /** One of a few words. `fallback` stands in for an unknown word of an answer. */
  | { readonly kind: 'word'; readonly words: ReadonlySet<string>; readonly fallback?: string }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly integer: boolean }
  | { readonly kind: 'boolean' }
  /** Encoded bytes (audio, files): passed on unread, only below `gated`. A link that is no `data:` URL is still text. */
  | { readonly kind: 'opaque'; readonly link: boolean }
  /** JSON inside a string: every key, string and number in it is scanned; scanned as it stands when it is no JSON. */
  | { readonly kind: 'json-text' }
  /** Free JSON: every key, string and number is scanned. */
  | { readonly kind: 'json' }
  /** An object with free keys and values of one shape; keys are scanned. */
  | { readonly kind: 'record'; readonly value: Shape; readonly max: number }
  /** Like `record`, but keys must match and are no text (token ids). */
  | { readonly kind: 'table'; readonly key: RegExp; readonly value: Shape; readonly max: number }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Field> }
  | { readonly kind: 'array'; readonly item: Shape; readonly max: number }
  /** Told apart by the word in `tag`. */
  | { readonly kind: 'variants'; readonly tag: string; readonly cases: ReadonlyMap<string, Shape> }
  /** Told apart by JSON type; at most one shape per type. */
  | { readonly kind: 'either'; readonly shapes: readonly Shape[] }
  /** Sets where the texts below come from. */
  | { readonly kind: 'from'; readonly stage: Stage; readonly origin: Origin; readonly shape: Shape }
  /** Something no guard can read, or a door past the gates: refused unless the operator opened it. */
  | {
      readonly kind: 'gated'
      readonly what: Permit
      readonly shape: Shape
      /** Which values need the permit. Default all. */
      readonly when?: (value: JsonValue) => boolean
    }

/** What an operator may open although the gates cannot see into it. */
export type Permit = 'image' | 'audio' | 'file' | 'hosted-tool' | 'stored-conversation'

export interface Field {
  readonly shape: Shape
  readonly required: boolean
  /** `null` is a value of its own here; elsewhere `null` in an optional field counts as absent. */
  readonly nullable: boolean
}

export const text: Shape = { kind: 'text' }
export const jsonText: Shape = { kind: 'json-text' }
export const json: Shape = { kind: 'json' }
export const boolean: Shape = { kind: 'boolean' }
export const opaque: Shape = { kind: 'opaque', link: false }
export const link: Shape = { kind: 'opaque', link: true }

export function word(...words: readonly string[]): Shape {
  return { kind: 'word', words: new Set(words) }
}

export function wordOr(fallback: string, ...words: readonly string[]): Shape {
  return { kind: 'word', words: new Set([fallback, ...words]), fallback }
}

export function number(min = -Number.MAX_VALUE, max = Number.MAX_VALUE): Shape {
  return { kind: 'number', min, max, integer: false }
}

export function integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Shape {
  return { kind: 'number', min, max, integer: true }
}

export function array(item: Shape, max: number): Shape {
  return { kind: 'array', item, max }
}

export function record(value: Shape, max: number): Shape {
  return { kind: 'record', value, max }
}

export function either(...shapes: readonly Shape[]): Shape {
  return { kind: 'either', shapes }
}

export function variants(tag: string, cases: Readonly<Record<string, Shape>>): Shape {
  return { kind: 'variants', tag, cases: new Map(Object.entries(cases)) }
}

export function from(stage: Stage, origin: Origin, shape: Shape): Shape {
  return { kind: 'from', stage, origin, shape }
}

export function gated(what: Permit, shape: Shape, when?: (value: JsonValue) => boolean): Shape {
  return { kind: 'gated', what, shape, ...(when === undefined ? {} : { when }) }
}

/** Field names end in `!` when required, in `?` when `null` is a value: `object({ 'role!': …, 'content?': … })`. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields).map(([name, shape]): [string, Field] => {
    const mark = name.at(-1)
    const bare = mark === '!' || mark === '?' ? name.slice(0, -1) : name
    return [bare, { shape, required: mark === '!', nullable: mark === '?' }]
  })
  return { kind: 'object', fields: new Map(entries) }
}
