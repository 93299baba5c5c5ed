import { closeSync, openSync, readSync } from 'node:fs'

export interface ByteLine {
  /** Without its line feed. */
  readonly bytes: Buffer
  /** Where it begins in the file. */
  readonly offset: number
  /** A line feed ends it; only the last line of a file can lack one. */
  readonly isWhole: boolean
}

const CHUNK = 1 << 18
const LINE_FEED = 0x0a
/** No record comes near it; longer lines are damage and are given out in pieces. */
const MAX_LINE = 1 << 22

/** The lines of a file as bytes, from `start` on; memory stays at one chunk and one line. */
export function* readLines(path: string, start = 0): Generator<ByteLine> {
  const file = openSync(path, 'r')
  try {
    let rest: Buffer = Buffer.alloc(0)
    let offset = start
    for (let at = start; ;) {
      const chunk = Buffer.allocUnsafe(CHUNK)
      const size = readSync(file, chunk, 0, CHUNK, at)
      if (size === 0) break
      at += size
      const bytes = rest.length === 0 ? chunk.subarray(0, size) : Buffer.concat([rest, chunk.subarray(0, size)])
      let from = 0
      for (let stop = bytes.indexOf(LINE_FEED); stop >= 0; stop = bytes.indexOf(LINE_FEED, from)) {
        yield { bytes: bytes.subarray(from, stop), offset: offset + from, isWhole: true }
        from = stop + 1
      }
      offset += from
      rest = bytes.subarray(from)
      if (rest.length > MAX_LINE) {
        yield { bytes: rest, offset, isWhole: true }
        offset += rest.length
        rest = Buffer.alloc(0)
      }
    }
    if (rest.length > 0) yield { bytes: rest, offset, isWhole: false }
  } finally {
    closeSync(file)
  }
}
