export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined }

const LONE_SURROGATE = /\p{Surrogate}/u

/**
 * The one way of writing a JSON value (RFC 8785, JSON Canonicalization Scheme), so that equal values have equal hashes.
 * Properties that are `undefined` are left out.
 *
 * @throws TypeError for what I-JSON cannot say: NaN, infinities, lone surrogates.
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('A number that is not finite has no JSON form.')
    // ECMAScript's Number-to-string is the number form of RFC 8785 section 3.2.2.3; only -0 differs from String().
    return JSON.stringify(value)
  }
  if (typeof value === 'string') return quote(value)
  if (isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  let members = ''
  // Array.sort compares UTF-16 code units, as section 3.2.3 asks.
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${quote(key)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}

// JSON.stringify escapes as section 3.2.2.2 asks, but would hide a lone surrogate behind an escape.
function quote(text: string): string {
  const quoted = JSON.stringify(text)
  const isEscaped = quoted.length !== text.length + 2
  if (isEscaped && LONE_SURROGATE.test(text)) throw new TypeError('A lone surrogate has no JSON form.')
  return quoted
}

// Array.isArray does not narrow readonly arrays.
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
