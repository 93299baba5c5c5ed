import { sha256 } from './sha256.ts'

/**
 * Version byte of a Base58Check text of 25 bytes (Bitcoin addresses and their relatives), or undefined when the four
 * checksum bytes (double SHA-256) do not fit.
 */
export function base58CheckVersion(text: string): number | undefined {
  const bytes = new Uint8Array(25)
  for (const character of text) {
    let carry = ALPHABET.indexOf(character)
    if (carry < 0) return undefined
    for (let index = 24; index >= 0; index--) {
      carry += (bytes[index] ?? 0) * 58
      bytes[index] = carry & 0xff
      carry >>= 8
    }
    if (carry > 0) return undefined
  }
  const check = sha256(sha256(bytes.subarray(0, 21)))
  for (let index = 0; index < 4; index++) if (check[index] !== bytes[21 + index]) return undefined
  return bytes[0]
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
