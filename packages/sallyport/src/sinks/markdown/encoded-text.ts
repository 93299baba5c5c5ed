/** True when a token is base64, base64url, hex or base32 of readable text. Hashes and ids decode to noise. */
export function decodesToText(token: string): boolean {
  const body = token.replace(/=+$/, '')
  if (body.length < 14 || body.length > 20_000) return false
  if (/^(?:[0-9a-f]{2}){10,}$/i.test(body) && isReadable(fromHex(body))) return true
  if (/^[A-Za-z0-9+/_-]+$/.test(body) && mixesCases(body) && isReadable(fromBase64(body))) return true
  return /^[a-z2-7]{16,}$/i.test(body) && isReadable(fromBase32(body.toUpperCase()))
}

/** True for a token whose characters look drawn at random: many kinds, hardly repeated, no words in it. */
export function isRandom(token: string): boolean {
  if (!/\d/.test(token) || !/[A-Za-z]/.test(token) || /[\s.]/.test(token)) return false
  // Words joined by dashes, as in titles.
  if (token.split(/[-_]/).every((part) => /^(?:[A-Za-z]*|\d+)$/.test(part))) return false
  const counts = new Map<string, number>()
  for (const char of token) counts.set(char, (counts.get(char) ?? 0) + 1)
  let entropy = 0
  for (const count of counts.values()) entropy -= (count / token.length) * Math.log2(count / token.length)
  return entropy > 3.3
}

/** Base64 of text has both cases; a lower-case word is no encoding. */
function mixesCases(body: string): boolean {
  return /[a-z]/.test(body) && /[A-Z]/.test(body)
}

function isReadable(bytes: readonly number[]): boolean {
  if (bytes.length < 10) return false
  let readable = 0
  let letters = 0
  for (const byte of bytes) {
    if ((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x09) readable++
    if ((byte >= 0x61 && byte <= 0x7a) || byte === 0x20) letters++
  }
  // 96 of 256 bytes are printable: ten random ones all are in one of twenty thousand cases, sixteen in one of seven
  // million, and those need not be words.
  if (readable / bytes.length > 0.97) return bytes.length >= 16 || letters / bytes.length > 0.4
  return bytes.length >= 18 && isOtherScript(bytes)
}

/** Letters of other scripts in UTF-8, which random bytes are not by chance. */
function isOtherScript(bytes: readonly number[]): boolean {
  // The last character may be cut.
  const text = new TextDecoder().decode(Uint8Array.from(bytes)).replace(/\ufffd$/, '')
  return !text.includes('\ufffd') && (text.match(/[\p{L}\p{M}\p{N}\p{P}\s]/gu)?.length ?? 0) / text.length > 0.9
}

function fromHex(text: string): number[] {
  return Array.from({ length: text.length / 2 }, (_each, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}

function fromBase64(text: string): number[] {
  return fromAlphabet(text.replaceAll('-', '+').replaceAll('_', '/'), BASE64, 6)
}

function fromBase32(text: string): number[] {
  return fromAlphabet(text, BASE32, 5)
}

function fromAlphabet(text: string, alphabet: string, bits: number): number[] {
  const bytes: number[] = []
  let buffer = 0
  let filled = 0
  for (const char of text) {
    buffer = ((buffer << bits) | alphabet.indexOf(char)) & 0xffff
    filled += bits
    if (filled >= 8) {
      filled -= 8
      bytes.push((buffer >> filled) & 0xff)
    }
  }
  return bytes
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
