/** What a pending result says, signed. */
export interface TokenContent {
  readonly id: string
  readonly digest: string
  readonly expiresAt: number
  /** Digest of the policy that asked. */
  readonly policyDigest: string
}

const encoder = new TextEncoder()

/** Signs pending results with HMAC-SHA-256, so that only what this installation gave out is taken back. */
export class TokenSigner {
  readonly #key: ReturnType<typeof crypto.subtle.importKey>

  /** @throws RangeError for a key of less than 32 bytes. */
  constructor(key: Uint8Array) {
    if (key.length < 32) throw new RangeError('The key for approvals needs 32 bytes or more.')
    this.#key = crypto.subtle.importKey('raw', key.slice(), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
      'verify',
    ])
    // Reported where it is used.
    this.#key.catch(() => undefined)
  }

  async sign({ id, digest, expiresAt, policyDigest }: TokenContent): Promise<string> {
    const payload = encode(encoder.encode(JSON.stringify([id, digest, expiresAt, policyDigest])))
    const mac = await crypto.subtle.sign('HMAC', await this.#key, encoder.encode(PURPOSE + payload))
    return `${payload}.${encode(new Uint8Array(mac))}`
  }

  /** Undefined for a token this key did not sign. */
  async read(token: string): Promise<TokenContent | undefined> {
    const [, payload, mac] = /^([\w-]{1,1000})\.([\w-]{43})$/.exec(token) ?? []
    if (payload === undefined || mac === undefined) return undefined
    const signed = encoder.encode(PURPOSE + payload)
    if (!(await crypto.subtle.verify('HMAC', await this.#key, decode(mac), signed))) return undefined
    const content = JSON.parse(new TextDecoder().decode(decode(payload))) as [string, string, number, string]
    const [id, digest, expiresAt, policyDigest] = content
    return { id, digest, expiresAt, policyDigest }
  }
}

/** The key may sign other things elsewhere. */
const PURPOSE = 'sallyport approval\0'

function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}
