import { jsonLeaves, replaceLeaves } from '../../conversation/json-leaves.ts'
import type { TextPart } from '../../conversation/text-part.ts'
import type { Origin, Stage } from '../../guard/stage.ts'

/** What stands at a place of a request or an answer. */
export interface Place {
  readonly stage: Stage
  readonly origin: Origin
  /**
   * `text` (default): every string below is scanned. `json`: as text, and strings hold JSON of their own. `free`: free
   * JSON, so that property names and numbers are scanned, too. `skip`: ids and settings. `media`: no gate can read it.
   */
  readonly as?: 'text' | 'json' | 'free' | 'skip' | 'media'
}

type Holder = Readonly<Record<string, unknown>>

/** Says what a property is. Called for every property and array item, from the outside in. */
export type PlaceOf = (key: string, value: unknown, holder: Holder, above: Place) => Place

export interface ReadTexts<Value> {
  readonly parts: readonly TextPart[]
  /** Pointers of what no gate can read. */
  readonly media: readonly string[]
  /** The value with other texts, by pointer. What has no edit stays the same object. */
  apply(texts: ReadonlyMap<string, string>): Value
}

/** Nothing that a chat needs is deeper; a value that is must not exhaust the stack. */
const MAX_DEPTH = 100
/** Shorter numbers are no card, no account and no phone number. */
const MIN_DIGITS = 7

/** Finds every text of a value by its place. What `placeOf` does not know is text: nothing passes unread. */
export function readTexts<Value>(value: Value, root: Place, placeOf: PlaceOf): ReadTexts<Value> {
  const reading = new Reading(placeOf)
  reading.walk(value, '', root, 0)
  return {
    parts: reading.parts,
    media: reading.media,
    // Only texts were exchanged: the type stays.
    apply: (texts) => (texts.size === 0 ? value : (reading.rewrite(value, '', texts) as Value)),
  }
}

class Reading {
  readonly parts: TextPart[] = []
  readonly media: string[] = []
  readonly #jsonPaths = new Set<string>()
  readonly #placeOf: PlaceOf

  constructor(placeOf: PlaceOf) {
    this.#placeOf = placeOf
  }

  walk(value: unknown, path: string, place: Place, depth: number): void {
    const { stage, origin, as = 'text' } = place
    if (as === 'skip') return
    if (as === 'media' || isBytes(value)) {
      if (value !== undefined && value !== null) this.media.push(path)
    } else if (typeof value === 'string') {
      if (as === 'json') this.#walkJson(value, path, place)
      else if (value !== '') this.parts.push({ path, text: value, stage, origin })
    } else if (typeof value === 'number' || typeof value === 'bigint') {
      const digits = String(value)
      if (as === 'free' && digits.length >= MIN_DIGITS) this.parts.push({ path, text: digits, stage, origin })
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_DEPTH) throw new RangeError(`The value is nested deeper than ${MAX_DEPTH} levels.`)
      if (value instanceof Map || value instanceof Set) {
        this.media.push(path)
        return
      }
      for (const [key, item] of Object.entries(value)) {
        const inner = `${path}/${escapePointer(key)}`
        if (as === 'free' && !Array.isArray(value) && key !== '') {
          this.parts.push({ path: nameOf(inner), text: key, stage, origin, kind: 'key' })
        }
        const below = as === 'free' ? place : this.#placeOf(key, item, value as Holder, place)
        this.walk(item, inner, below, depth + 1)
      }
    }
  }

  #walkJson(text: string, path: string, { stage, origin }: Place): void {
    const leaves = jsonLeaves(text, MAX_DEPTH)
    if (leaves === undefined) {
      if (text !== '') this.parts.push({ path, text, stage, origin })
      return
    }
    this.#jsonPaths.add(path)
    for (const [index, leaf] of leaves.entries()) {
      if (leaf.text === '' || (leaf.kind === 'number' && leaf.text.length < MIN_DIGITS)) continue
      const kind = leaf.kind === 'key' ? ({ kind: 'key' } as const) : {}
      this.parts.push({ path: leafOf(path, index), text: leaf.text, stage, origin, ...kind })
    }
  }

  rewrite(value: unknown, path: string, texts: ReadonlyMap<string, string>): unknown {
    if (typeof value === 'string') {
      return this.#jsonPaths.has(path) ? rewriteJson(value, path, texts) : (texts.get(path) ?? value)
    }
    if (typeof value === 'number' || typeof value === 'bigint') return texts.get(path) ?? value
    if (typeof value !== 'object' || value === null || isBytes(value)) return value
    if (Array.isArray(value)) {
      const items = value.map((item, at) => this.rewrite(item, `${path}/${at}`, texts))
      return items.some((item, at) => item !== value[at]) ? items : value
    }
    let changed = false
    const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
      const inner = `${path}/${escapePointer(key)}`
      const entry: [string, unknown] = [texts.get(nameOf(inner)) ?? key, this.rewrite(item, inner, texts)]
      changed ||= entry[0] !== key || entry[1] !== item
      return entry
    })
    return changed ? Object.fromEntries(entries) : value
  }
}

function rewriteJson(json: string, path: string, texts: ReadonlyMap<string, string>): string {
  const leaves = jsonLeaves(json, MAX_DEPTH) ?? []
  const edits = new Map<number, string>()
  for (const index of leaves.keys()) {
    const text = texts.get(leafOf(path, index))
    if (text !== undefined) edits.set(index, text)
  }
  return edits.size === 0 ? json : replaceLeaves(json, leaves, edits)
}

function isBytes(value: unknown): boolean {
  return (
    value instanceof URL ||
    ArrayBuffer.isView(value) ||
    value instanceof ArrayBuffer ||
    (typeof Blob === 'function' && value instanceof Blob)
  )
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** A name and its value need a pointer each; `~` followed by a letter is free in RFC 6901. */
function nameOf(path: string): string {
  return `${path}~name`
}

function leafOf(path: string, index: number): string {
  return `${path}~leaf/${index}`
}
