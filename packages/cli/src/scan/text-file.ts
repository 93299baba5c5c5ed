import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { type FileKind, fileKind } from './file-kind.ts'

/** A file as scanners see it. */
export interface TextFile {
  readonly path: string
  readonly kind: FileKind
  readonly text: string
}

export type ReadFile = { readonly ok: true; readonly file: TextFile } | { readonly ok: false; readonly reason: string }

/** A zero byte in the first 8 KiB means that it is no text: the test git itself uses. */
const SNIFFED_BYTES = 8_192

/** Reads a file as UTF-8 (or UTF-16 with a byte order mark); binary and large files are refused with the reason. */
export function readTextFile(full: string, path: string, maxBytes: number): ReadFile {
  let bytes: Buffer
  try {
    const descriptor = openSync(full, 'r')
    try {
      const { size } = fstatSync(descriptor)
      if (size > maxBytes) return { ok: false, reason: `larger than ${maxBytes} bytes` }
      bytes = Buffer.alloc(size)
      let filled = 0
      while (filled < size) {
        const count = readSync(descriptor, bytes, filled, size - filled, filled)
        if (count === 0) break
        filled += count
      }
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return { ok: false, reason: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})` }
  }
  const decoded = decodeText(bytes, maxBytes)
  return decoded.ok ? { ok: true, file: { path, kind: fileKind(path), text: decoded.text } } : decoded
}

/** UTF-8, or UTF-16 with a byte order mark. */
export function decodeText(
  bytes: Buffer,
  maxBytes: number,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string } {
  if (bytes.length > maxBytes) return { ok: false, reason: `larger than ${maxBytes} bytes` }
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'be' : ''
  if (encoding === '' && bytes.subarray(0, SNIFFED_BYTES).includes(0)) return { ok: false, reason: 'binary' }
  if (encoding === 'be' && bytes.length % 2 === 0) bytes.swap16()
  const text = encoding === '' ? bytes.toString('utf8') : bytes.toString('utf16le')
  return { ok: true, text: text.replace(/^\ufeff/, '') }
}

/** Turns offsets into lines and columns. */
export class LineIndex {
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** Both from 1. */
  at(offset: number): { readonly line: number; readonly column: number } {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 }
  }

  /** Offset at which a line (from 1) starts. */
  startOf(line: number): number {
    return this.#starts[Math.min(Math.max(line, 1), this.#starts.length) - 1] ?? 0
  }
}
