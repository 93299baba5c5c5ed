import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { VaultCrypto } from '../vault-crypto.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16
/** Keys of scopes kept at hand. */
const MAX_KEYS = 1_000

/**
 * HMAC-SHA-256 and AES-256-GCM with keys derived (HKDF) from one key of the installation.
 *
 * @param key At least 32 random bytes. Whoever has it and the store has the values.
 * @throws TypeError when the key is shorter.
 */
export function nodeVaultCrypto(key: Uint8Array): VaultCrypto {
  if (key.length < 32) throw new TypeError('The key of a vault must have at least 32 bytes.')
  const derived = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, '', `sallyport vault ${purpose}`, 32))
  const digestKeys = new Map<string, Buffer>()
  const sealRoot = derived('seal')
  const sealKeys = new Map<string, Buffer>()

  const sealKey = (scope: string): Buffer => {
    let known = sealKeys.get(scope)
    if (known === undefined) {
      if (sealKeys.size >= MAX_KEYS) sealKeys.clear()
      sealKeys.set(scope, (known = Buffer.from(hkdfSync('sha256', sealRoot, '', scope, 32))))
    }
    return known
  }
  return {
    digest: (purpose, parts) => {
      let digestKey = digestKeys.get(purpose)
      if (digestKey === undefined) digestKeys.set(purpose, (digestKey = derived(`digest ${purpose}`)))
      return createHmac('sha256', digestKey).update(joined(parts)).digest()
    },
    seal: (scope, text, bound) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealKey(scope), nonce).setAAD(Buffer.from(joined(bound)))
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    unseal: (scope, sealed, bound) => {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', sealKey(scope), bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(joined(bound)))
        .setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

/** Lengths go before the parts, so that no two lists read alike. */
function joined(parts: readonly string[]): string {
  return parts.map((part) => `${part.length}:${part}`).join('')
}
