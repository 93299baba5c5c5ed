import { readdirSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogEntry, LogFilter } from './log-filter.ts'
import { readLines } from './read-lines.ts'
import { readerOf } from './search-log.ts'
import type { LogPlace } from './search-log.ts'
import { listSegments } from './segments.ts'

export interface FollowOptions {
  /** Where to begin. Default: the first record. */
  readonly from?: LogPlace
  /** Ends it. */
  readonly signal?: AbortSignal
  /** Milliseconds between two looks. Default 500. */
  readonly everyMs?: number
}

/** Where the next record of a log will stand. */
export function endOfLog(folder: string): LogPlace {
  const last = listSegments({ list: readdirSync }, folder).at(-1)
  return last === undefined ? { segment: 0, offset: 0 } : { segment: last.firstSeq, offset: statSync(last.path).size }
}

/**
 * The entries that match, each soon after it is written, until the signal says stop: as `searchLog` for a log that somebody
 * else writes meanwhile. `filter.limit` ends it, too.
 */
export async function* followLog(
  folder: string,
  filter: LogFilter,
  { from, signal, everyMs = 500 }: FollowOptions = {},
): AsyncGenerator<LogEntry> {
  let place = from ?? { segment: 0, offset: 0 }
  let seen = filter.afterSeq ?? 0
  let left = filter.limit ?? Number.POSITIVE_INFINITY
  for (;;) {
    if (signal?.aborted === true) return
    // A person who is new has a key that was not there before.
    const reader = readerOf(folder, filter)
    for (const { firstSeq, path } of listSegments({ list: readdirSync }, folder)) {
      if (firstSeq < place.segment) continue
      const start = firstSeq === place.segment ? place.offset : 0
      // What a failed write left is cut off again: then the segment is read anew, behind the last entry.
      for (const line of readLines(path, start > statSync(path).size ? 0 : start)) {
        if (!line.isWhole) break
        place = { segment: firstSeq, offset: line.offset + line.bytes.length + 1 }
        const entry = reader?.(line)
        if (entry === undefined || entry.seq <= seen) continue
        seen = entry.seq
        yield entry
        if (--left <= 0) return
      }
    }
    await sleep(everyMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined)
  }
}
