import { HTML_ENTITIES } from './html-entities.data.ts'

/** What one escape, or the bytes of one character in several of them, stands for, and how long it is in the text. */
export interface EscapeSequence {
  readonly characters: string
  readonly length: number
}

/** The character an escape names; undefined when it is none after all. Bytes above 127 need their neighbours: see {@link bytesAt}. */
export function characterOfEscape(escape: string): string | undefined {
  if (escape.startsWith('&')) {
    const name = escape.replaceAll(/[&;]/g, '')
    if (!name.startsWith('#')) return HTML_ENTITIES.get(name)
    return characterOf(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
  }
  if (/^\\[0-7]/.test(escape)) return characterOf(Number.parseInt(escape.slice(1), 8))
  return characterOf(Number.parseInt(escape.replaceAll(/[^0-9a-fA-F]/g, ''), 16))
}

function characterOf(codePoint: number): string | undefined {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined
}

/** True for an escape that stands for a byte: `%D0`, `=D0`, `\xd0`. */
export function isByteEscape(escape: string): boolean {
  return escape.length <= 4 && /^(?:%|=|\\x)/.test(escape)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The character whose UTF-8 bytes stand escaped from `at` on, or nothing when they are not valid. */
export function bytesAt(text: string, at: number): EscapeSequence | undefined {
  const bytes: number[] = []
  let next = at
  let wanted = 1
  while (bytes.length < wanted) {
    const byte = /^(?:%|=|\\x)([0-9a-fA-F]{2})/.exec(text.slice(next, next + 4))
    if (byte === null) break
    const value = Number.parseInt(byte[1] ?? '', 16)
    if (bytes.length === 0) wanted = value < 0xc2 ? 1 : value < 0xe0 ? 2 : value < 0xf0 ? 3 : value < 0xf5 ? 4 : 1
    bytes.push(value)
    next += byte[0].length
  }
  try {
    return { characters: utf8.decode(new Uint8Array(bytes)), length: next - at }
  } catch {
    // \xe9 is a Latin-1 letter in most languages that have \x; %E9 and =E9 alone are no text.
    return text.charAt(at) === '\\' ? { characters: String.fromCharCode(bytes[0] ?? 0), length: 4 } : undefined
  }
}
