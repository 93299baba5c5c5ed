/** Bech32 (BIP 173) or Bech32m (BIP 350): true when the six check characters fit. Expects lower case, as the folded view has it. */
export function bech32(text: string): boolean {
  const separator = text.lastIndexOf('1')
  if (separator < 1 || text.length - separator < 7) return false
  let checksum = 1
  for (let index = 0; index < separator; index++) checksum = step(checksum, text.charCodeAt(index) >> 5)
  checksum = step(checksum, 0)
  for (let index = 0; index < separator; index++) checksum = step(checksum, text.charCodeAt(index) & 31)
  for (let index = separator + 1; index < text.length; index++) {
    const value = CHARSET.indexOf(text[index] ?? '')
    if (value < 0) return false
    checksum = step(checksum, value)
  }
  return checksum === 1 || checksum === 0x2bc830a3
}

function step(checksum: number, value: number): number {
  const top = checksum >>> 25
  let next = ((checksum & 0x1ffffff) << 5) ^ value
  for (let bit = 0; bit < 5; bit++) if ((top >> bit) & 1) next ^= GENERATOR[bit] ?? 0
  return next
}

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const
