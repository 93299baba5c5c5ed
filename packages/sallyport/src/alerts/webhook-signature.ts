/** Headers of a delivery, named as the Standard Webhooks specification names them. */
export const WEBHOOK_HEADERS = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const

export interface SignedParts {
  /** The same for every attempt to deliver the same message. */
  readonly id: string
  /** Seconds since the epoch. */
  readonly timestamp: number
  readonly body: string
}

/**
 * Signs a delivery: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. A secret that begins with `whsec_` is
 * base64 behind it; any other is taken as it is.
 */
export async function signWebhook(secret: string, parts: SignedParts): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret, 'sign'), signedText(parts))
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`
}

export interface VerifyWebhookOptions {
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
  /** How old or how far ahead a delivery may be, in seconds. Default 300. */
  readonly toleranceSeconds?: number
}

/**
 * For receivers: true when the delivery was signed with the secret and is of now. `signature` is the header as it came;
 * it may hold several, separated by spaces.
 */
export async function verifyWebhook(
  secret: string,
  parts: SignedParts & { readonly signature: string },
  { now = Date.now, toleranceSeconds = 300 }: VerifyWebhookOptions = {},
): Promise<boolean> {
  if (!Number.isFinite(parts.timestamp)) return false
  if (Math.abs(now() / 1_000 - parts.timestamp) > toleranceSeconds) return false
  const key = await keyOf(secret, 'verify')
  for (const each of parts.signature.split(' ')) {
    const bytes = each.startsWith('v1,') ? decode(each.slice('v1,'.length)) : undefined
    // By the platform, in constant time.
    if (bytes !== undefined && (await crypto.subtle.verify('HMAC', key, bytes, signedText(parts)))) return true
  }
  return false
}

function signedText({ id, timestamp, body }: SignedParts): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${id}.${timestamp}.${body}`)
}

function keyOf(secret: string, use: 'sign' | 'verify') {
  const bytes = secret.startsWith('whsec_') ? decode(secret.slice('whsec_'.length)) : undefined
  const raw = bytes ?? new TextEncoder().encode(secret)
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, [use])
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
