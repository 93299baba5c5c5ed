/** At least this share of characters must be printable for bytes to count as text. */
const MIN_PRINTABLE = 0.85
/** And this share letters, digits and blanks: random bytes have many symbols. */
const MIN_WORDLIKE = 0.5

const UNPRINTABLE = /[^\P{C}\n\r\t\p{Cf}]|\ufffd/gu
const WORDLIKE = /[\p{L}\p{N}\p{M}\s]/gu

/** True when a decoded string looks like text that somebody wrote, not like the bytes of a key, hash or image. */
export function isReadable(text: string): boolean {
  if (text.length < 4) return false
  const unprintable = text.match(UNPRINTABLE)?.length ?? 0
  if (1 - unprintable / text.length < MIN_PRINTABLE) return false
  const wordlike = text.match(WORDLIKE)?.join('').length ?? 0
  return wordlike / text.length >= MIN_WORDLIKE
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true })

/** Bytes as text: UTF-8, or UTF-16 when every second byte is 0 (as PowerShell encodes commands). */
export function textOfBytes(bytes: Uint8Array): string {
  let zeros = 0
  for (let at = 1; at < bytes.length; at += 2) if (bytes[at] === 0) zeros++
  return zeros > bytes.length / 5 ? utf16.decode(bytes) : utf8.decode(bytes)
}
