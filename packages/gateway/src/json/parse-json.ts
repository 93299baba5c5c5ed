import { GatewayError } from '../gateway-error.ts'
import { keySkeleton } from './key-skeleton.ts'

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

export interface ParseJsonOptions {
  /** Objects and arrays inside each other. Default 64. */
  readonly maxDepth?: number
}

// Names by which one object reaches another's prototype; no field of any dialect is called so.
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const LONE_SURROGATE = /\p{Cs}/u
// RFC 8259 section 7 forbids exactly these unescaped.
const CONTROL = /[\u0000-\u001f]/

/**
 * Parses JSON (RFC 8259) as strictly as a gate must: two parsers that disagree about a body let a text pass unseen, so
 * duplicate keys, keys that look alike, keys that reach a prototype and half surrogate pairs are refused, each with its
 * place. `JSON.parse` takes the last duplicate silently, other parsers the first.
 *
 * @throws GatewayError `invalid_json`, `duplicate_key`, `confusable_key`, `forbidden_key` or `too_deep`.
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): JsonValue {
  return new Parser(text, options.maxDepth ?? 64).document()
}

class Parser {
  readonly #text: string
  readonly #maxDepth: number
  #at = 0
  // Where we are, for messages: keys and indexes from the root.
  readonly #trail: (string | number)[] = []

  constructor(text: string, maxDepth: number) {
    this.#text = text
    this.#maxDepth = maxDepth
  }

  document(): JsonValue {
    const value = this.#value()
    this.#blank()
    if (this.#at < this.#text.length) throw this.#unexpected()
    return value
  }

  #value(): JsonValue {
    this.#blank()
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x22:
        return this.#string()
      case 0x7b:
        return this.#object()
      case 0x5b:
        return this.#array()
      case 0x74:
        return this.#word('true', true)
      case 0x66:
        return this.#word('false', false)
      case 0x6e:
        return this.#word('null', null)
      default:
        return this.#number()
    }
  }

  #object(): JsonObject {
    this.#enter()
    this.#at++
    const object: JsonObject = {}
    let skeletons: Set<string> | undefined
    let anyFolded = false
    this.#blank()
    if (this.#text.charCodeAt(this.#at) === 0x7d) return this.#leave(object)
    for (;;) {
      this.#blank()
      if (this.#text.charCodeAt(this.#at) !== 0x22) throw this.#unexpected()
      const key = this.#string()
      if (FORBIDDEN_KEYS.has(key)) throw this.#refuse('forbidden_key', `the key ${key} is not allowed`)
      if (Object.hasOwn(object, key)) throw this.#refuse('duplicate_key', 'a key occurs twice in one object')
      const skeleton = keySkeleton(key)
      if (skeleton !== key) {
        if (FORBIDDEN_KEYS.has(skeleton)) throw this.#refuse('forbidden_key', `a key looks like ${skeleton}`)
        // Only a folded key can collide with another one: plain ASCII keys are their own skeleton.
        if (!anyFolded) skeletons = new Set(Object.keys(object))
        anyFolded = true
      }
      if (skeletons !== undefined) {
        if (skeletons.has(skeleton)) throw this.#refuse('confusable_key', 'two keys of one object look alike')
        skeletons.add(skeleton)
      }
      this.#blank()
      if (this.#text.charCodeAt(this.#at) !== 0x3a) throw this.#unexpected()
      this.#at++
      this.#trail.push(key)
      object[key] = this.#value()
      this.#trail.pop()
      this.#blank()
      const next = this.#text.charCodeAt(this.#at)
      if (next === 0x7d) return this.#leave(object)
      if (next !== 0x2c) throw this.#unexpected()
      this.#at++
    }
  }

  #array(): JsonValue[] {
    this.#enter()
    this.#at++
    const array: JsonValue[] = []
    this.#blank()
    if (this.#text.charCodeAt(this.#at) === 0x5d) return this.#leave(array)
    for (;;) {
      this.#trail.push(array.length)
      array.push(this.#value())
      this.#trail.pop()
      this.#blank()
      const next = this.#text.charCodeAt(this.#at)
      if (next === 0x5d) return this.#leave(array)
      if (next !== 0x2c) throw this.#unexpected()
      this.#at++
    }
  }

  #depth = 0
  #enter(): void {
    if (++this.#depth > this.#maxDepth) {
      throw new GatewayError('too_deep', `The JSON nests deeper than ${this.#maxDepth} levels.`)
    }
  }

  #leave<Value>(value: Value): Value {
    this.#depth--
    this.#at++
    return value
  }

  #string(): string {
    const start = this.#at
    let end = start
    let escaped = false
    for (;;) {
      end = this.#text.indexOf('"', end + 1)
      if (end < 0) {
        this.#at = this.#text.length
        throw this.#unexpected()
      }
      let slashes = 0
      while (this.#text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++
      if (slashes > 0) escaped = true
      if (slashes % 2 === 0) break
    }
    const raw = this.#text.slice(start + 1, end)
    if (CONTROL.test(raw)) throw this.#unexpected()
    const value = escaped || raw.includes('\\') ? this.#unescape(start, end) : raw
    if (LONE_SURROGATE.test(value)) throw this.#refuse('invalid_json', 'a string holds half a surrogate pair')
    this.#at = end + 1
    return value
  }

  #unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.#text.slice(start, end + 1)) as string
    } catch {
      throw this.#unexpected()
    }
  }

  #number(): number {
    NUMBER.lastIndex = this.#at
    const match = NUMBER.exec(this.#text)
    if (match === null) throw this.#unexpected()
    const value = Number(match[0])
    if (!Number.isFinite(value)) throw this.#refuse('invalid_json', 'a number is too large')
    this.#at += match[0].length
    return value
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected()
    this.#at += word.length
    return value
  }

  #blank(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  #unexpected(): GatewayError {
    const what = this.#at >= this.#text.length ? 'it ends too early' : `unexpected character at offset ${this.#at}`
    return new GatewayError('invalid_json', `The body is not valid JSON: ${what}.`)
  }

  #refuse(code: 'invalid_json' | 'duplicate_key' | 'confusable_key' | 'forbidden_key', what: string): GatewayError {
    const param = paramOf(this.#trail)
    const place = param === '' ? 'at the top level' : `in ${param}`
    return new GatewayError(code, `The body is refused: ${what} (${place}).`, param === '' ? {} : { param })
  }
}

/** Path in OpenAI's notation (`messages[0].content`). Keys that are no plain names are left out of it. */
export function paramOf(trail: readonly (string | number)[]): string {
  let param = ''
  for (const step of trail) {
    if (typeof step === 'number') param += `[${step}]`
    else if (/^[A-Za-z_][A-Za-z_-]{0,40}$/.test(step)) param += param === '' ? step : `.${step}`
    else param += param === '' ? '*' : '.*'
  }
  return param
}
