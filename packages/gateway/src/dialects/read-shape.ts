import type { Origin, Stage } from '../contract.ts'
import { GatewayError } from '../gateway-error.ts'
import type { GatewayErrorCode } from '../gateway-error.ts'
import { jsonLeaves, replaceLeaves } from 'sallyport'
import type { JsonLeaf } from 'sallyport'
import { paramOf } from '../json/parse-json.ts'
import type { JsonObject, JsonValue } from '../json/parse-json.ts'
import { nearestName } from './nearest-name.ts'
import type { Permit, Shape } from './shape.ts'

/** A text of the conversation. `path` is a JSON pointer; `#` at its end means the key itself. */
export interface TextPart {
  readonly path: string
  readonly text: string
  readonly stage: Stage
  readonly origin: Origin
  /** `key` for property names, so that a text split over keys is put together again. */
  readonly kind: 'text' | 'key'
}

export interface ReadOptions {
  /** `refuse` throws at the first thing the shape does not know (requests); `drop` leaves it out (answers). */
  readonly unknown: 'refuse' | 'drop'
  readonly permits?: ReadonlySet<Permit>
  /** False: text in the developer's name counts as the user's. Default true. */
  readonly claimsDeveloper?: boolean
  /** Depth to which JSON inside a string is read. */
  readonly maxDepth?: number
}

/** A copy of the JSON with known fields only, its texts, and the way back from edited texts into the copy. */
export interface ShapedJson {
  readonly value: JsonValue
  readonly parts: readonly TextPart[]
  /** What was passed unread because it is permitted. */
  readonly unscannable: readonly Permit[]
  /** Writes edited texts into `value`, by the index of the part. Call at most once. */
  apply(edits: ReadonlyMap<number, string>): void
}

/**
 * Reads JSON by a shape.
 *
 * @throws GatewayError with `param` when something does not fit (with `drop`: only when the whole does not).
 */
export function readShape(shape: Shape, value: JsonValue, options: ReadOptions): ShapedJson {
  const reader = new ShapeReader(options)
  const root: JsonObject = {}
  const clean = reader.read(shape, value, { holder: root, key: 'value' })
  if (clean === undefined) throw new GatewayError('invalid_type', 'The JSON has not the expected form.')
  root['value'] = clean
  return {
    get value() {
      return root['value'] as JsonValue
    },
    parts: reader.parts,
    unscannable: reader.unscannable,
    apply: (edits) => reader.apply(edits),
  }
}

/** Where a value will stand in the copy. */
interface Place {
  readonly holder: JsonObject | JsonValue[]
  readonly key: string | number
}

/** How an edited text gets back into the copy. */
type Slot =
  | { readonly kind: 'value'; readonly place: Place }
  | { readonly kind: 'key'; readonly object: JsonObject; readonly key: string }
  | { readonly kind: 'leaf'; readonly source: JsonSource; readonly leaf: number }

/** JSON inside a string, put together again once all its edits are known. */
interface JsonSource {
  readonly place: Place
  readonly text: string
  readonly leaves: readonly JsonLeaf[]
  readonly edits: Map<number, string>
}

class ShapeReader {
  readonly parts: TextPart[] = []
  readonly unscannable: Permit[] = []
  readonly #slots: Slot[] = []
  readonly #options: ReadOptions
  readonly #strict: boolean
  readonly #trail: (string | number)[] = []
  #path = ''
  #stage: Stage = 'input'
  #origin: Origin = 'user'

  constructor(options: ReadOptions) {
    this.#options = options
    this.#strict = options.unknown === 'refuse'
  }

  /** The clean copy; undefined when it is left out. */
  read(shape: Shape, value: JsonValue, place: Place): JsonValue | undefined {
    switch (shape.kind) {
      case 'text':
        return typeof value === 'string' ? this.#text(value, place) : this.#wrongType('a string')
      case 'opaque':
        if (typeof value !== 'string') return this.#wrongType('a string')
        return shape.link && !value.startsWith('data:') ? this.#text(value, place) : value
      case 'word':
        if (typeof value === 'string' && shape.words.has(value)) return value
        if (!this.#strict && shape.fallback !== undefined) return shape.fallback
        return this.#misfit('invalid_value', `must be one of ${[...shape.words].join(', ')}`)
      case 'number':
        if (typeof value !== 'number' || (shape.integer && !Number.isSafeInteger(value))) {
          return this.#wrongType(shape.integer ? 'an integer' : 'a number')
        }
        if (value >= shape.min && value <= shape.max) return value
        return this.#misfit('invalid_value', `must be from ${shape.min} to ${shape.max}`)
      case 'boolean':
        return typeof value === 'boolean' ? value : this.#wrongType('true or false')
      case 'json-text':
        return typeof value === 'string' ? this.#jsonText(value, place) : this.#wrongType('a string')
      case 'json':
        return this.#json(value, place)
      case 'record':
      case 'table':
        return this.#record(shape, value)
      case 'object':
        return this.#object(shape, value)
      case 'array':
        return this.#array(shape, value)
      case 'variants':
        return this.#variants(shape, value, place)
      case 'either':
        return this.#either(shape, value, place)
      case 'from':
        return this.#from(shape, value, place)
      case 'gated':
        return this.#gated(shape, value, place)
      default:
        return shape satisfies never
    }
  }

  apply(edits: ReadonlyMap<number, string>): void {
    const sources = new Set<JsonSource>()
    const keys: { readonly object: JsonObject; readonly key: string; readonly renamed: string }[] = []
    for (const [index, edited] of edits) {
      const slot = this.#slots[index]
      if (slot === undefined) continue
      if (slot.kind === 'value') put(slot.place, edited)
      else if (slot.kind === 'key') keys.push({ object: slot.object, key: slot.key, renamed: edited })
      else {
        slot.source.edits.set(slot.leaf, edited)
        sources.add(slot.source)
      }
    }
    for (const source of sources) put(source.place, replaceLeaves(source.text, source.leaves, source.edits))
    // Keys last: until here values are found under their old keys.
    for (const { object, key, renamed } of keys) renameKey(object, key, renamed)
  }

  #text(value: string, place: Place): string {
    this.#part(value, this.#path, { kind: 'value', place })
    return value
  }

  #part(text: string, path: string, slot: Slot): void {
    if (text === '' || SCHEMA_WORDS.has(text)) return
    const kind = path.endsWith('#') ? 'key' : 'text'
    this.parts.push({ path, text, stage: this.#stage, origin: this.#origin, kind })
    this.#slots.push(slot)
  }

  #jsonText(value: string, place: Place): string {
    const leaves = jsonLeaves(value, this.#options.maxDepth)
    if (leaves === undefined) return this.#text(value, place)
    const source: JsonSource = { place, text: value, leaves, edits: new Map() }
    for (const [index, leaf] of leaves.entries()) {
      const mark = leaf.kind === 'key' ? '#' : ''
      this.#part(leaf.text, `${this.#path}/${index}${mark}`, { kind: 'leaf', source, leaf: index })
    }
    return value
  }

  #json(value: JsonValue, place: Place): JsonValue {
    if (typeof value === 'string') return this.#text(value, place)
    if (typeof value === 'number') {
      this.#part(String(value), this.#path, { kind: 'value', place })
      return value
    }
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      const copy: JsonValue[] = []
      for (const [index, item] of value.entries()) {
        copy.push(this.#step(index, index, () => this.#json(item, { holder: copy, key: index })))
      }
      return copy
    }
    const copy: JsonObject = {}
    // Members are counted in the path: a key may itself be the secret, and findings carry paths.
    for (const [index, key] of Object.keys(value).entries()) {
      this.#part(key, `${this.#path}/${index}#`, { kind: 'key', object: copy, key })
      copy[key] = this.#step(key, index, () => this.#json(value[key] as JsonValue, { holder: copy, key }))
    }
    return copy
  }

  #record(shape: Extract<Shape, { kind: 'record' | 'table' }>, value: JsonValue): JsonValue | undefined {
    if (!isObject(value)) return this.#wrongType('an object')
    const keys = Object.keys(value)
    if (keys.length > shape.max) return this.#misfit('invalid_value', `may have at most ${shape.max} entries`)
    const copy: JsonObject = {}
    for (const [index, key] of keys.entries()) {
      if (shape.kind === 'record') this.#part(key, `${this.#path}/${index}#`, { kind: 'key', object: copy, key })
      else if (!shape.key.test(key)) {
        this.#misfit('invalid_value', 'has a key of the wrong form')
        continue
      }
      const clean = this.#member(shape.value, value[key] as JsonValue, { holder: copy, key }, index)
      if (clean !== undefined) copy[key] = clean
    }
    return copy
  }

  #object(shape: Extract<Shape, { kind: 'object' }>, value: JsonValue): JsonValue | undefined {
    if (!isObject(value)) return this.#wrongType('an object')
    const copy: JsonObject = {}
    for (const key of Object.keys(value)) {
      const field = shape.fields.get(key)
      if (field === undefined) {
        if (this.#strict) throw this.#unknownField(key, shape)
        continue
      }
      const inner = value[key] as JsonValue
      if (inner === null && !field.required) {
        if (field.nullable) copy[key] = null
        continue
      }
      const clean = this.#member(field.shape, inner, { holder: copy, key }, key)
      if (clean !== undefined) copy[key] = clean
    }
    for (const [key, field] of shape.fields) {
      if (!field.required || Object.hasOwn(copy, key)) continue
      this.#trail.push(key)
      const param = paramOf(this.#trail)
      this.#trail.pop()
      if (!this.#strict) return undefined
      throw new GatewayError('missing_required_parameter', `Missing required parameter: '${param}'.`, { param })
    }
    return copy
  }

  #array(shape: Extract<Shape, { kind: 'array' }>, value: JsonValue): JsonValue | undefined {
    if (!Array.isArray(value)) return this.#wrongType('an array')
    if (value.length > shape.max) return this.#misfit('invalid_value', `may have at most ${shape.max} items`)
    const copy: JsonValue[] = []
    for (const [index, item] of value.entries()) {
      const clean = this.#member(shape.item, item, { holder: copy, key: copy.length }, index)
      if (clean !== undefined) copy.push(clean)
    }
    return copy
  }

  #variants(shape: Extract<Shape, { kind: 'variants' }>, value: JsonValue, place: Place): JsonValue | undefined {
    if (!isObject(value)) return this.#wrongType('an object')
    const tag = Object.hasOwn(value, shape.tag) ? value[shape.tag] : undefined
    const known = typeof tag === 'string' ? shape.cases.get(tag) : undefined
    if (known !== undefined) return this.read(known, value, place)
    this.#trail.push(shape.tag)
    try {
      if (tag === undefined && this.#strict) {
        const param = paramOf(this.#trail)
        throw new GatewayError('missing_required_parameter', `Missing required parameter: '${param}'.`, { param })
      }
      return this.#misfit('invalid_value', `must be one of ${[...shape.cases.keys()].join(', ')}`)
    } finally {
      this.#trail.pop()
    }
  }

  #either(shape: Extract<Shape, { kind: 'either' }>, value: JsonValue, place: Place): JsonValue | undefined {
    const fitting = shape.shapes.find((one) => jsonTypeOf(one) === typeOf(value))
    return fitting === undefined ? this.#wrongType('of another type') : this.read(fitting, value, place)
  }

  #from(shape: Extract<Shape, { kind: 'from' }>, value: JsonValue, place: Place): JsonValue | undefined {
    const stage = this.#stage
    const origin = this.#origin
    this.#stage = shape.stage
    // min(role, what the key may claim): a role is written by the caller and proves nothing.
    this.#origin = shape.origin === 'developer' && this.#options.claimsDeveloper === false ? 'user' : shape.origin
    try {
      return this.read(shape.shape, value, place)
    } finally {
      this.#stage = stage
      this.#origin = origin
    }
  }

  #gated(shape: Extract<Shape, { kind: 'gated' }>, value: JsonValue, place: Place): JsonValue | undefined {
    if (shape.when !== undefined && !shape.when(value)) return this.read(shape.shape, value, place)
    if (this.#options.permits?.has(shape.what) === true) {
      this.unscannable.push(shape.what)
      return this.read(shape.shape, value, place)
    }
    if (!this.#strict) return undefined
    throw new GatewayError('content_filter', PERMIT_REASONS[shape.what], {
      param: paramOf(this.#trail),
      rule: `gateway/${shape.what === 'hosted-tool' || shape.what === 'stored-conversation' ? shape.what : 'unscannable-part'}`,
      reason: PERMIT_REASONS[shape.what],
    })
  }

  /** Reads what lies inside; if it is left out, so are the texts found in it, whose places others will take. */
  #member(shape: Shape, value: JsonValue, place: Place, pathStep: string | number): JsonValue | undefined {
    const known = this.parts.length
    const clean = this.#step(place.key, pathStep, () => this.read(shape, value, place))
    if (clean === undefined) this.parts.length = this.#slots.length = known
    return clean
  }

  #step<Result>(name: string | number, pathStep: string | number, next: () => Result): Result {
    const path = this.#path
    this.#path = `${path}/${pathStep}`
    this.#trail.push(name)
    const result = next()
    this.#trail.pop()
    this.#path = path
    return result
  }

  #wrongType(expected: string): undefined {
    return this.#misfit('invalid_type', expected === 'of another type' ? 'has the wrong type' : `must be ${expected}`)
  }

  #misfit(code: GatewayErrorCode, what: string): undefined {
    if (!this.#strict) return undefined
    const param = paramOf(this.#trail)
    throw new GatewayError(
      code,
      `Invalid '${param === '' ? 'body' : param}': it ${what}.`,
      param === '' ? {} : { param },
    )
  }

  #unknownField(key: string, shape: Extract<Shape, { kind: 'object' }>): GatewayError {
    this.#trail.push(key)
    const param = paramOf(this.#trail)
    this.#trail.pop()
    const nearest = nearestName(key, [...shape.fields.keys()])
    const hint = nearest === undefined ? '' : ` Did you mean '${nearest}'?`
    return new GatewayError('unknown_parameter', `Unknown parameter: '${param}'.${hint}`, { param })
  }
}

// The vocabulary of JSON Schema: constants that say nothing, a third of the texts of a request with tools.
const SCHEMA_WORDS: ReadonlySet<string> = new Set(
  (
    'type properties required items enum description title default object string number integer boolean array null ' +
    'additionalProperties anyOf oneOf allOf minimum maximum minLength maxLength minItems maxItems format pattern ' +
    '$schema $ref $defs definitions const examples'
  ).split(' '),
)

const PERMIT_REASONS: Readonly<Record<Permit, string>> = {
  image: 'Images cannot be scanned and this gateway does not allow them.',
  audio: 'Audio cannot be scanned and this gateway does not allow it.',
  file: 'Files cannot be scanned and this gateway does not allow them.',
  'hosted-tool': "The provider's own tools act past the gates and this gateway does not allow them.",
  'stored-conversation': 'Content kept by the provider does not pass the gates and this gateway does not allow it.',
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type JsonType = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'null'

function typeOf(value: JsonValue): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value as 'string' | 'number' | 'boolean' | 'object'
}

function jsonTypeOf(shape: Shape): JsonType {
  switch (shape.kind) {
    case 'array':
      return 'array'
    case 'object':
    case 'variants':
    case 'record':
    case 'table':
      return 'object'
    case 'number':
    case 'boolean':
      return shape.kind
    case 'from':
    case 'gated':
      return jsonTypeOf(shape.shape)
    default:
      return 'string'
  }
}

function put(place: Place, value: JsonValue): void {
  if (Array.isArray(place.holder)) place.holder[place.key as number] = value
  else place.holder[place.key] = value
}

/** Keeps the order of the members, and both of two keys that were edited to the same. */
function renameKey(object: JsonObject, key: string, renamed: string): void {
  const entries = Object.entries(object)
  for (const [name] of entries) delete object[name]
  for (const [name, value] of entries) {
    let free = name === key ? renamed : name
    for (let count = 2; Object.hasOwn(object, free) || free === '__proto__'; count++) free = `${renamed} ${count}`
    object[free] = value
  }
}
