import { INDEXED_COLUMNS } from 'sallyport/audit'
import type { IndexBlock, IndexRow } from 'sallyport/audit'
import { chunkOf } from './sql-index.ts'
import type { SqlValue } from './sql-index.ts'

/** Columns of the two tables, in the order of `recordValues` and `blockValues`. */
export const RECORD_COLUMNS = [
  'seq',
  'chunk',
  'at',
  'segment',
  'place',
  'size',
  ...INDEXED_COLUMNS.map((column) => `${column}_digest`),
] as const
export const BLOCK_COLUMNS = [
  'first',
  'last',
  'segment',
  'last_place',
  'end_place',
  'hash',
  'from_time',
  'to_time',
] as const

export function recordValues(row: IndexRow): (number | null)[] {
  const { seq, at, segment, place, size } = row
  return [seq, chunkOf(seq), at, segment, place, size, ...INDEXED_COLUMNS.map((column) => row[column])]
}

export function blockValues(block: IndexBlock): SqlValue[] {
  const { first, last, segment, lastPlace, end, hash, fromTime, toTime } = block
  return [first, last, segment, lastPlace, end, hash, fromTime, toTime]
}
