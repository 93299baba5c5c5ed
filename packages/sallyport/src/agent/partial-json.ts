/** What became known of a field of the top-level object. */
export type FieldStep =
  | { readonly kind: 'growing'; readonly name: string; readonly text: string }
  | { readonly kind: 'complete'; readonly name: string; readonly value: unknown }

type State = 'before' | 'first-key' | 'next-key' | 'key' | 'colon' | 'value' | 'text' | 'raw' | 'after' | 'stopped'

/**
 * Reads a JSON object while it arrives, in time linear in its length. A text value is reported as it grows (`text` is what
 * came since the last report), any other value when it is complete. Whatever is not strict JSON, and a name that comes
 * twice, stops it: a stream shows less then, never something else than the whole answer would.
 */
export class PartialJson {
  #state: State = 'before'
  #name = ''
  #string = new StringReader()
  #raw: string[] = []
  #depth = 0
  #inString = false
  #escaped = false
  readonly #seen = new Set<string>()

  push(chunk: string): FieldStep[] {
    const steps: FieldStep[] = []
    let rawFrom = 0
    for (let at = 0; at < chunk.length && this.#state !== 'stopped'; at++) {
      const char = chunk.charAt(at)
      if (this.#state === 'raw') {
        if (!this.#endsRaw(char)) continue
        this.#raw.push(chunk.slice(rawFrom, at))
        this.#completeRaw(steps)
        if (this.#stopped()) break
      }
      if (this.#state === 'text' || this.#state === 'key') {
        this.#readString(char, steps)
        continue
      }
      this.#readStructure(char)
      // The state may just have become `raw`, with this character as its first.
      if (this.#is('raw')) rawFrom = at
    }
    if (this.#state === 'raw') this.#raw.push(chunk.slice(rawFrom))
    if (this.#state === 'text') this.#report(steps)
    return steps
  }

  #is(state: State): boolean {
    return this.#state === state
  }

  #stopped(): boolean {
    return this.#state === 'stopped'
  }

  #readStructure(char: string): void {
    if (this.#state === 'before') {
      // Prose and a code fence may stand before the object.
      if (char === '{') this.#state = 'first-key'
      return
    }
    if (/[ \t\r\n]/.test(char)) return
    if (this.#state === 'value') {
      if (char === '"') this.#openString('text')
      else if (/[[{\-\dtfn]/.test(char)) this.#openRaw(char)
      else this.#state = 'stopped'
      return
    }
    const key = char === '"' && (this.#state === 'first-key' || this.#state === 'next-key')
    if (key) this.#openString('key')
    else if (char === ':' && this.#state === 'colon') this.#state = 'value'
    else if (char === ',' && this.#state === 'after') this.#state = 'next-key'
    else this.#state = 'stopped'
  }

  #openString(state: 'key' | 'text'): void {
    this.#state = state
    this.#string = new StringReader()
  }

  #openRaw(char: string): void {
    this.#state = 'raw'
    this.#raw = []
    this.#depth = 0
    this.#inString = false
    this.#escaped = false
    this.#endsRaw(char)
  }

  /** True for the first character after a value that is no text. */
  #endsRaw(char: string): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (char === '\\') this.#escaped = true
      else if (char === '"') this.#inString = false
      return false
    }
    if (this.#depth === 0 && (char === ',' || char === '}')) return true
    if (char === '"') this.#inString = true
    else if (char === '{' || char === '[') this.#depth++
    else if (char === '}' || char === ']') this.#depth--
    return false
  }

  #completeRaw(steps: FieldStep[]): void {
    try {
      steps.push({ kind: 'complete', name: this.#name, value: JSON.parse(this.#raw.join('')) })
      this.#state = 'after'
    } catch {
      this.#state = 'stopped'
    }
  }

  #readString(char: string, steps: FieldStep[]): void {
    const more = this.#string.push(char)
    if (more === 'invalid') this.#state = 'stopped'
    if (more !== 'end') return
    if (this.#state === 'text') {
      this.#report(steps)
      steps.push({ kind: 'complete', name: this.#name, value: this.#string.text })
      this.#state = 'after'
      return
    }
    this.#name = this.#string.text
    this.#state = this.#seen.has(this.#name) ? 'stopped' : 'colon'
    this.#seen.add(this.#name)
  }

  #report(steps: FieldStep[]): void {
    const text = this.#string.take()
    if (text !== '') steps.push({ kind: 'growing', name: this.#name, text })
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Decodes the inside of a JSON string, character by character. */
class StringReader {
  text = ''
  #taken = 0
  #escape = ''

  push(char: string): 'more' | 'end' | 'invalid' {
    if (this.#escape !== '') return this.#readEscape(char)
    if (char === '"') return 'end'
    if (char === '\\') this.#escape = char
    else if (char < ' ') return 'invalid'
    else this.text += char
    return 'more'
  }

  /** What is new since the last time; half of a surrogate pair waits for the other half. */
  take(): string {
    const end = /[\ud800-\udbff]$/.test(this.text) ? this.text.length - 1 : this.text.length
    const fresh = this.text.slice(this.#taken, end)
    this.#taken = Math.max(this.#taken, end)
    return fresh
  }

  #readEscape(char: string): 'more' | 'invalid' {
    this.#escape += char
    if (this.#escape.startsWith('\\u')) {
      if (!/^\\u[\da-f]*$/i.test(this.#escape)) return 'invalid'
      if (this.#escape.length < 6) return 'more'
      this.text += String.fromCharCode(Number.parseInt(this.#escape.slice(2), 16))
    } else {
      const plain = ESCAPES[char]
      if (plain === undefined) return 'invalid'
      this.text += plain
    }
    this.#escape = ''
    return 'more'
  }
}
