import { join } from 'node:path'
import type { FileLayer } from './file-layer.ts'

const NAME = /^(\d{16})\.jsonl$/

export interface Segment {
  readonly name: string
  readonly path: string
  /** Number of its first record. */
  readonly firstSeq: number
}

/** The segments of a log, oldest first. */
export function listSegments(files: Pick<FileLayer, 'list'>, folder: string): Segment[] {
  return files
    .list(folder)
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => ({ name, path: join(folder, name), firstSeq: Number(name.slice(0, 16)) }))
}

export function segmentPath(folder: string, firstSeq: number): string {
  return join(folder, `${String(firstSeq).padStart(16, '0')}.jsonl`)
}
