/** Columns an index can look for. */
export const INDEXED_COLUMNS = ['request', 'subject', 'rule', 'key', 'guard', 'type', 'severity'] as const
export type IndexedColumn = (typeof INDEXED_COLUMNS)[number]

/**
 * One record as an index knows it: where it lies, and digests of what can be looked for. The record itself stays in the
 * log and is read there, so that an index holds no names to erase, and a wrong row cannot make up an event.
 */
export type IndexRow = Readonly<Record<IndexedColumn, number | null>> & {
  readonly seq: number
  /** Milliseconds since the epoch; null when the event states a time of another form. */
  readonly at: number | null
  /** A record the log wrote about itself. */
  readonly isOwn: boolean
  /** Number of the first record of its segment. */
  readonly segment: number
  /** Bytes from the beginning of the segment. */
  readonly place: number
  /** Bytes of the line, without its line feed. */
  readonly size: number
}

/** A run of records, at most 1,000 of one segment: times are narrowed by these, and an index that lost its way goes back by them. */
export interface IndexBlock {
  readonly first: number
  readonly last: number
  readonly segment: number
  /** Where the last record begins, and where what follows it does. */
  readonly lastPlace: number
  readonly end: number
  /** Hash of the last record. */
  readonly hash: string
  /**
   * Earliest and latest event, without the log's own records: those bear the time of writing, which may be far from that
   * of events handed in late. Null when there is an event whose time has another form.
   */
  readonly fromTime: number | null
  readonly toTime: number | null
}

export interface IndexQuery {
  /** Only records behind this one and before that one. */
  readonly after: number
  readonly before: number
  readonly newestFirst: boolean
  /** Milliseconds since the epoch: `from` inclusive, `to` exclusive. Never given when the log's own records are wanted. */
  readonly from?: number
  readonly to?: number
  /** Each column must have one of the digests. */
  readonly columns: readonly (readonly [column: IndexedColumn, digests: readonly number[]])[]
}

export type IndexHit = Pick<IndexRow, 'seq' | 'segment' | 'place' | 'size'>

/**
 * An index of one log, in some database. It may lack the newest records and it may be thrown away at any time: the log
 * has everything. All methods reject when the database cannot be reached.
 */
export interface LogIndex {
  /** The block that ends before a record. Default: the newest. */
  lastBlock(before?: number): Promise<IndexBlock | undefined>
  /** Adds records and their blocks, all or nothing. A block that begins like one that is there takes its place. */
  add(rows: readonly IndexRow[], blocks: readonly IndexBlock[]): Promise<void>
  /** Forgets all records from this one on. */
  cutFrom(seq: number): Promise<void>
  /** Forgets all records before this one. */
  forgetBefore(seq: number): Promise<void>
  /** Where the records that match lie, in the order of the log or the other way round. Some may not match after all. */
  find(query: IndexQuery): AsyncIterable<IndexHit>
  close(): Promise<void>
}
