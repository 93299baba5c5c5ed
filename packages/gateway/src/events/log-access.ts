import type { Anchor, LogEntry, LogFilter, LogReport } from 'sallyport/audit'
import type { VerifyCall } from '../audit-index/log-reader.ts'

/** What the admin API may do with the security log. */
export interface LogAccess {
  /** What is on disk and matches; `filter.limit` bounds what is held in memory. */
  search(filter: LogFilter, newestFirst?: boolean): Promise<readonly LogEntry[]>
  /** Checks the whole log: one at a time. */
  verify(call: VerifyCall): Promise<LogReport>
  isVerifying(): boolean
  /** A signed head over everything recorded so far. */
  head(): Promise<Anchor>
}
