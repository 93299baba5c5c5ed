/** Remainder mod 97 of a text of digits and letters, A = 10 … Z = 35 (ISO/IEC 7064 MOD 97-10), case ignored. */
export function mod97(text: string): number {
  let remainder = 0
  for (const character of text) {
    const value = parseInt(character, 36)
    if (Number.isNaN(value)) return -1
    remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97
  }
  return remainder
}
