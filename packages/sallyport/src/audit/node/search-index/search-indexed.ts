import type { LogEntry, LogFilter } from '../log-filter.ts'
import { matches } from '../log-filter.ts'
import { readEntry, searchLog, searchLogBack } from '../search-log.ts'
import type { LogPlace } from '../search-log.ts'
import { knownSubjects } from '../known-subjects.ts'
import type { SubjectKeys } from '../subject-keys.ts'
import { indexedThrough, readHit } from './catch-up.ts'
import { digestOf, millisecondsOf } from './index-row.ts'
import type { IndexedColumn, IndexQuery, LogIndex } from './log-index.ts'

export interface SearchOptions {
  /** Default false. */
  readonly newestFirst?: boolean
  /** Told when the index could not answer and the log was read instead. */
  readonly onIndexFault?: (error: unknown) => void
}

/**
 * The entries that `searchLog` would give, found by an index as far as it goes and by reading behind that. An index that
 * fails, or that speaks of another log, costs time and nothing else.
 */
export async function* searchIndexed(
  folder: string,
  index: LogIndex,
  filter: LogFilter = {},
  { newestFirst = false, onIndexFault = () => undefined }: SearchOptions = {},
): AsyncGenerator<LogEntry> {
  const subjects = knownSubjects(folder)
  const subject = filter.user === undefined ? undefined : subjects.find(filter.user)
  if (filter.user !== undefined && subject === undefined) return
  let left = filter.limit ?? Number.POSITIVE_INFINITY
  if (left <= 0) return
  const indexed = await indexedThrough(folder, index).catch((error: unknown) => {
    onIndexFault(error)
    return undefined
  })
  if (indexed === undefined) {
    yield* newestFirst ? searchLogBack(folder, filter) : searchLog(folder, filter)
    return
  }
  const behind = (): Iterable<LogEntry> => readBehind(folder, { ...filter, limit: left }, indexed, newestFirst)
  if (newestFirst) {
    for (const entry of behind()) {
      yield entry
      if (--left <= 0) return
    }
  }
  const found = new IndexWalk(folder, index, { ...filter, limit: left }, subjects, newestFirst, indexed.seq, subject)
  for await (const entry of found.entries(onIndexFault)) {
    yield entry
    if (--left <= 0) return
  }
  if (!newestFirst && !found.hasRead) yield* behind()
}

/** What lies behind the end of an index. */
function readBehind(
  folder: string,
  filter: LogFilter,
  indexed: LogPlace & { readonly seq: number },
  newestFirst: boolean,
): Iterable<LogEntry> {
  const rest = { ...filter, afterSeq: Math.max(filter.afterSeq ?? 0, indexed.seq) }
  return newestFirst ? searchLogBack(folder, rest, indexed) : searchLog(folder, rest, indexed)
}

class IndexWalk {
  readonly #folder: string
  readonly #index: LogIndex
  readonly #filter: LogFilter
  readonly #subjects: Pick<SubjectKeys, 'find' | 'open'>
  readonly #newestFirst: boolean
  readonly #query: IndexQuery
  /** The index failed, so the log was read to its end (or beginning) instead. */
  hasRead = false

  constructor(
    folder: string,
    index: LogIndex,
    filter: LogFilter,
    subjects: Pick<SubjectKeys, 'find' | 'open'>,
    newestFirst: boolean,
    through: number,
    subject: string | undefined,
  ) {
    this.#folder = folder
    this.#index = index
    this.#filter = filter
    this.#subjects = subjects
    this.#newestFirst = newestFirst
    this.#query = queryOf(filter, newestFirst, through, subject)
  }

  async *entries(onIndexFault: (error: unknown) => void): AsyncGenerator<LogEntry> {
    let reached: number | undefined
    try {
      for await (const hit of this.#index.find(this.#query)) {
        const bytes = readHit(this.#folder, hit)
        // Removed by retention, between two looks.
        if (bytes === undefined) continue
        const entry = readEntry(bytes, this.#subjects)
        if (entry?.seq !== hit.seq) throw new Error('The index does not fit the log.')
        reached = hit.seq
        if (matches(entry, this.#filter)) yield entry
      }
    } catch (error) {
      onIndexFault(error)
      this.hasRead = true
      yield* this.#readOn(reached)
    }
  }

  #readOn(reached: number | undefined): Iterable<LogEntry> {
    const { limit: _, ...filter } = this.#filter
    if (!this.#newestFirst) return searchLog(this.#folder, { ...filter, afterSeq: reached ?? this.#query.after })
    return searchLogBack(this.#folder, { ...filter, beforeSeq: reached ?? this.#query.before })
  }
}

function queryOf(filter: LogFilter, newestFirst: boolean, through: number, subject: string | undefined): IndexQuery {
  const columns: (readonly [IndexedColumn, readonly number[]])[] = []
  const add = (column: IndexedColumn, texts: readonly string[] | undefined): void => {
    if (texts !== undefined) columns.push([column, texts.map((text) => digestOf(column, text))])
  }
  const { keyId, requestId, rule } = filter
  add('request', requestId === undefined ? undefined : [requestId])
  add('subject', subject === undefined ? undefined : [subject])
  add('key', keyId === undefined ? undefined : [keyId])
  if (rule !== undefined) add(rule.includes('/') ? 'rule' : 'guard', [rule])
  add('type', filter.types)
  add('severity', filter.severity)
  const isOwn = filter.includeOwn === true || filter.types?.some((type) => type.startsWith('log-')) === true
  const from = filter.from === undefined || isOwn ? undefined : millisecondsOf(filter.from)
  const to = filter.to === undefined || isOwn ? undefined : millisecondsOf(filter.to)
  return {
    after: filter.afterSeq ?? 0,
    before: Math.min(filter.beforeSeq ?? Number.POSITIVE_INFINITY, through + 1),
    newestFirst,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    columns,
  }
}
