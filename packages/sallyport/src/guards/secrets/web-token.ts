/** True when the first part of a dotted token is the base64url of a JOSE header (RFC 7515): JSON with `alg`, `enc` or `typ`. */
export function isJsonWebToken(token: string): boolean {
  const header = parseBase64Url(token.split('.')[0] ?? '')
  return (
    typeof header === 'object' && header !== null && ['alg', 'enc', 'typ'].some((name) => Object.hasOwn(header, name))
  )
}

/** True for the JSON of a private or symmetric JSON Web Key (RFC 7517). */
export function isWebKey(json: string): boolean {
  try {
    const key: unknown = JSON.parse(json)
    if (typeof key !== 'object' || key === null || !Object.hasOwn(key, 'kty')) return false
    const { kty, d, k } = key as { kty?: unknown; d?: unknown; k?: unknown }
    return (kty === 'oct' && typeof k === 'string' && k.length >= 16) || (typeof d === 'string' && d.length >= 16)
  } catch {
    return false
  }
}

function parseBase64Url(text: string): unknown {
  try {
    return JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return undefined
  }
}
