import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { readLines } from '../read-lines.ts'
import { parseRecord } from '../record-line.ts'
import type { LogPlace } from '../search-log.ts'
import { listSegments, segmentPath } from '../segments.ts'
import type { Segment } from '../segments.ts'
import { indexRow } from './index-row.ts'
import type { IndexBlock, IndexHit, IndexRow, LogIndex } from './log-index.ts'

const BLOCK_RECORDS = 1_000
const COMMIT_RECORDS = 20_000
/** Later than any time: a block of the log's own records touches no range. */
const NEVER = Number.MAX_SAFE_INTEGER

export interface CatchUpOptions {
  /** Told after each commit. */
  readonly onProgress?: (progress: { readonly records: number; readonly bytes: number }) => void
  readonly signal?: AbortSignal
}

/**
 * Adds to an index what the log has and it has not. An index that speaks of records the log has not (it was restored from
 * a backup, or a sync failed) goes back to where both agree. Stops in front of a line that is damaged: what follows is
 * found by reading.
 *
 * @returns Records added.
 */
export async function catchUp(folder: string, index: LogIndex, options: CatchUpOptions = {}): Promise<number> {
  const segments = listSegments({ list: readdirSync }, folder)
  const oldest = segments[0]
  if (oldest === undefined) return 0
  const block = await agreedBlock(folder, index, oldest)
  const pen = new IndexPen(index, block, options)
  for (const segment of segments) {
    if (block !== undefined && segment.firstSeq < block.segment) continue
    const start = block?.segment === segment.firstSeq ? block.end : 0
    for (const line of readLines(segment.path, start)) {
      // The writer may be in the middle of it.
      if (!line.isWhole) break
      const record = parseRecord(line.bytes)
      if (record === undefined || !pen.follows(record.seq, segment, oldest)) return pen.finish()
      let row
      try {
        row = indexRow(record, { segment: segment.firstSeq, place: line.offset, size: line.bytes.length })
      } catch {
        return pen.finish()
      }
      if (pen.add(row, record.hash)) await pen.commit()
      if (options.signal?.aborted === true) return pen.finish()
    }
  }
  return pen.finish()
}

/** Where the records begin that an index does not know; undefined when it knows nothing of this log. */
export async function indexedThrough(
  folder: string,
  index: LogIndex,
): Promise<(LogPlace & { readonly seq: number }) | undefined> {
  const block = await index.lastBlock()
  if (block === undefined) return undefined
  const isRetired = (listSegments({ list: readdirSync }, folder)[0]?.firstSeq ?? 0) > block.last
  if (!isRetired && !holds(folder, block)) return undefined
  return { segment: block.segment, offset: block.end, seq: block.last }
}

/** The bytes of the line where an index says a record lies; undefined when there is nothing. */
export function readHit(folder: string, { segment, place, size }: Omit<IndexHit, 'seq'>): Buffer | undefined {
  let file
  try {
    file = openSync(segmentPath(folder, segment), 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const bytes = Buffer.allocUnsafe(size)
    return readSync(file, bytes, 0, size, place) === size ? bytes : undefined
  } finally {
    closeSync(file)
  }
}

/** The newest block that the log bears out; everything behind it is forgotten. */
async function agreedBlock(folder: string, index: LogIndex, oldest: Segment): Promise<IndexBlock | undefined> {
  let block = await index.lastBlock()
  if (block !== undefined && block.first < oldest.firstSeq) await index.forgetBefore(oldest.firstSeq)
  while (block !== undefined && block.last >= oldest.firstSeq && !holds(folder, block)) {
    await index.cutFrom(block.first)
    block = await index.lastBlock()
  }
  return block
}

/** The log still has the record a block ends with. */
function holds(folder: string, { segment, lastPlace, end, last, hash }: IndexBlock): boolean {
  const bytes = readHit(folder, { segment, place: lastPlace, size: end - lastPlace - 1 })
  const record = bytes === undefined ? undefined : parseRecord(bytes)
  return record?.seq === last && record.hash === hash
}

/** Gathers rows into blocks, and blocks into commits. */
class IndexPen {
  readonly #index: LogIndex
  readonly #options: CatchUpOptions
  #rows: IndexRow[] = []
  #blocks: IndexBlock[] = []
  #block: IndexBlock | undefined
  #last: number | undefined
  #records = 0
  #bytes = 0

  constructor(index: LogIndex, block: IndexBlock | undefined, options: CatchUpOptions) {
    this.#index = index
    this.#options = options
    this.#block = block
    this.#last = block?.last
  }

  /** A gap between segments is what retention leaves; any other is damage. */
  follows(seq: number, segment: Segment, oldest: Segment): boolean {
    if (this.#last === undefined || (seq === oldest.firstSeq && segment === oldest)) return seq === oldest.firstSeq
    return seq === this.#last + 1
  }

  /** True when there is enough for a commit. */
  add(row: IndexRow, hash: string): boolean {
    const block = this.#block
    const continues = block?.segment === row.segment && block.last - block.first + 1 < BLOCK_RECORDS
    const isNew = !continues || this.#blocks.length === 0
    this.#block = {
      first: continues ? block.first : row.seq,
      last: row.seq,
      segment: row.segment,
      lastPlace: row.place,
      end: row.place + row.size + 1,
      hash,
      fromTime: least(continues ? block.fromTime : NEVER, row.isOwn ? NEVER : row.at),
      toTime: most(continues ? block.toTime : -NEVER, row.isOwn ? -NEVER : row.at),
    }
    if (isNew) this.#blocks.push(this.#block)
    else this.#blocks[this.#blocks.length - 1] = this.#block
    this.#rows.push(row)
    this.#last = row.seq
    this.#bytes += row.size + 1
    return this.#rows.length >= COMMIT_RECORDS
  }

  async commit(): Promise<void> {
    if (this.#rows.length === 0) return
    const rows = this.#rows
    await this.#index.add(rows, this.#blocks)
    this.#rows = []
    this.#blocks = []
    this.#records += rows.length
    this.#options.onProgress?.({ records: this.#records, bytes: this.#bytes })
    // A search that waits gets its turn.
    await setImmediate()
  }

  async finish(): Promise<number> {
    await this.commit()
    return this.#records
  }
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.min(a, b)
}

function most(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b)
}
