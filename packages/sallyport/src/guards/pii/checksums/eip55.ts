import { keccak256 } from './keccak256.ts'

/**
 * Mixed-case checksum of Ethereum addresses (EIP-55): `true` when it fits, `false` when it does not, undefined when the
 * address is all lower or all upper case and so carries none. Expects `0x` and 40 hex digits.
 */
export function eip55(address: string): boolean | undefined {
  const digits = address.slice(2)
  const lower = digits.toLowerCase()
  if (digits === lower || digits === digits.toUpperCase()) return undefined
  const hash = keccak256(Uint8Array.from(lower, (character) => character.charCodeAt(0)))
  for (let index = 0; index < 40; index++) {
    const character = digits[index] ?? ''
    if (character >= '0' && character <= '9') continue
    const nibble = ((hash[index >> 1] ?? 0) >> (index % 2 === 0 ? 4 : 0)) & 15
    if (nibble > 7 !== character < 'a') return false
  }
  return true
}
