/** The JSON object in an answer, or why there is none. */
export type ReadAnswer =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: string }

/** Deepest nesting of an answer: what validates and walks it is recursive. */
const MAX_DEPTH = 64

/**
 * Reads the one JSON object of an answer. Prose and code fences around it, trailing commas and raw line breaks in strings
 * are forgiven, because their meaning is plain; two objects are not, because nobody can say which one was meant.
 */
export function readAnswer(text: string): ReadAnswer {
  const whole = parse(text.trim())
  if (whole !== undefined) return checked(whole)
  const objects = findObjects(text)
  if (objects.length > 1) return { ok: false, reason: 'The answer holds more than one JSON object.' }
  const [only] = objects
  const value = only === undefined ? undefined : (parse(only) ?? parse(mended(only)))
  return value === undefined ? { ok: false, reason: 'The answer is not a JSON object.' } : checked(value)
}

function checked(value: unknown): ReadAnswer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'The answer is not a JSON object.' }
  }
  if (isDeeperThan(value, MAX_DEPTH)) return { ok: false, reason: 'The answer is nested too deeply.' }
  return { ok: true, value: value as Readonly<Record<string, unknown>> }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The outermost `{…}` of the text, at most two of them: more need no counting. */
function findObjects(text: string): string[] {
  const found: string[] = []
  let start = -1
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length && found.length < 2; at++) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at++
      else if (char === '"') inString = false
    } else if (depth > 0 && char === '"') inString = true
    else if (char === '{') {
      if (depth++ === 0) start = at
    } else if (char === '}' && depth > 0 && --depth === 0) found.push(text.slice(start, at + 1))
  }
  return found
}

/** Drops commas before a closing bracket and escapes raw control characters in strings. */
function mended(text: string): string {
  let result = ''
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (inString) {
      if (char === '\\') result += char + text.charAt(++at)
      else {
        if (char === '"') inString = false
        result += char < ' ' ? JSON.stringify(char).slice(1, -1) : char
      }
    } else if (char === ',' && /^\s{0,1000}[}\]]/.test(text.slice(at + 1, at + 1_002))) continue
    else {
      inString = char === '"'
      result += char
    }
  }
  return result
}

function isDeeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value]
  for (let at = 0; level.length > 0; at++) {
    if (at > depth) return true
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return false
}
