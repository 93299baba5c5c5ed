import { closeSync, openSync, readSync } from 'node:fs'
import type { ByteLine } from './read-lines.ts'

const CHUNK = 1 << 18
const LINE_FEED = 0x0a
/** No record comes near it; longer lines are damage and are given out in pieces. */
const MAX_LINE = 1 << 22

/** The lines that begin in a range of a file, the last one first; memory stays at one chunk and one line. */
export function* readLinesBack(path: string, start: number, end: number): Generator<ByteLine> {
  const file = openSync(path, 'r')
  try {
    let rest: Buffer = Buffer.alloc(0)
    let isWhole = false
    for (let at = end; at > start;) {
      const size = Math.min(CHUNK, at - start)
      const chunk = Buffer.allocUnsafe(size)
      at -= size
      if (readSync(file, chunk, 0, size, at) !== size) return
      const bytes = rest.length === 0 ? chunk : Buffer.concat([chunk, rest])
      let stop = bytes.length
      for (let feed = lastFeed(bytes, size); feed >= 0; feed = lastFeed(bytes, feed)) {
        // Nothing follows the feed that ends the range.
        if (isWhole || feed + 1 < stop) yield { bytes: bytes.subarray(feed + 1, stop), offset: at + feed + 1, isWhole }
        isWhole = true
        stop = feed
      }
      rest = bytes.subarray(0, stop)
      if (rest.length > MAX_LINE) {
        yield { bytes: rest, offset: at, isWhole }
        rest = Buffer.alloc(0)
      }
    }
    if (end > start) yield { bytes: rest, offset: start, isWhole }
  } finally {
    closeSync(file)
  }
}

/** The last line feed before a place. */
function lastFeed(bytes: Buffer, before: number): number {
  return before === 0 ? -1 : bytes.lastIndexOf(LINE_FEED, before - 1)
}
