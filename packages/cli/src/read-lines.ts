/** One line of input, or why it could not be read. */
export type InputLine =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: 'invalid-utf-8' | 'too-long'; readonly message: string }

const LINE_FEED = 0x0a

/**
 * Splits bytes into lines of UTF-8. A line that is not UTF-8 or longer than `maxBytes` is reported in its place and the
 * rest goes on; memory stays at one line.
 */
export async function* readLines(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<InputLine> {
  let pieces: Uint8Array[] = []
  let size = 0
  let first = true
  const line = (): InputLine => {
    const tooLong = size > maxBytes
    const bytes = tooLong ? new Uint8Array() : Buffer.concat(pieces)
    pieces = []
    size = 0
    if (tooLong) return { ok: false, code: 'too-long', message: `The line is longer than ${maxBytes} bytes.` }
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: !first }).decode(bytes)
      first = false
      return { ok: true, text: text.endsWith('\r') ? text.slice(0, -1) : text }
    } catch {
      first = false
      return { ok: false, code: 'invalid-utf-8', message: 'The line is not valid UTF-8.' }
    }
  }
  for await (const chunk of source) {
    let from = 0
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      if (size <= maxBytes) pieces.push(chunk.subarray(from, at))
      size += at - from
      yield line()
      from = at + 1
    }
    if (from < chunk.length) {
      size += chunk.length - from
      if (size <= maxBytes) pieces.push(chunk.subarray(from))
      else pieces = []
    }
  }
  if (size > 0) yield line()
}
