import type { FileLayer } from './file-layer.ts'
import { readRecord } from './record-line.ts'
import { indexPath } from './segment-index.ts'
import { listSegments } from './segments.ts'

/** What is removed: the records `from` to `seq`, the last of which has this hash. */
export interface Removed {
  readonly from: number
  readonly seq: number
  readonly hash: string
  readonly fromTime: string
  readonly toTime: string
}

export interface RetentionOptions {
  readonly files: FileLayer
  readonly folder: string
  /** ISO time: segments whose last record is older go. */
  readonly before: string
  /** Writes the signed stub; it must be safe on disk when this returns. */
  readonly announce: (removed: Removed) => void
}

/** Removes old segments one by one, each only after its stub is safe. The newest segment always stays. */
export function removeOldSegments({ files, folder, before, announce }: RetentionOptions): number {
  let removed = 0
  for (const segment of listSegments(files, folder).slice(0, -1)) {
    const content = files.read(segment.path) ?? Buffer.alloc(0)
    const first = readRecord(content.subarray(0, Math.max(0, content.indexOf(0x0a))))
    const last = readRecord(content.subarray(content.lastIndexOf(0x0a, -2) + 1, -1))
    // What cannot be read is evidence of damage and stays.
    if (first === undefined || last === undefined || last.time >= before) break
    announce({ from: first.seq, seq: last.seq, hash: last.hash, fromTime: first.time, toTime: last.time })
    files.remove(segment.path)
    if (files.read(indexPath(segment.path)) !== undefined) files.remove(indexPath(segment.path))
    files.syncFolder(folder)
    removed++
  }
  return removed
}
