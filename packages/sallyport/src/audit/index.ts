export { cleanEvent, type AuditEvent, type AuditEventType, type AuditFinding } from './audit-event.ts'
export { canonicalJson, type JsonValue } from '../guard/canonical-json.ts'
export { EVENT_CATALOGUE } from './event-catalogue.data.ts'
export type { AuditLog, AuditLogOptions, AuditLogState } from './node/audit-log.ts'
export { openAuditLog } from './node/open-audit-log.ts'
export { AuditLogError, type AuditLogErrorCode } from './node/audit-log-error.ts'
export { lockFolder, type FolderLock } from './node/folder-lock.ts'
export { makeFolder } from './node/make-folder.ts'
export type { Anchor, HeadStatement } from './node/statements.ts'
export type { FailureMode } from './node/writer-protocol.ts'
export { catalogueEntry, type CatalogueEntry } from './catalogue-entry.ts'
export { ocsfEvent, type OcsfSource } from './ocsf-event.ts'
export type { LogEntry, LogFilter } from './node/log-filter.ts'
export { searchLog, searchLogBack, tailLog, type LogPlace } from './node/search-log.ts'
export { endOfLog, followLog, type FollowOptions } from './node/follow-log.ts'
export { catchUp, indexedThrough, type CatchUpOptions } from './node/search-index/catch-up.ts'
export { searchIndexed, type SearchOptions } from './node/search-index/search-indexed.ts'
export {
  INDEXED_COLUMNS,
  type IndexBlock,
  type IndexedColumn,
  type IndexHit,
  type IndexQuery,
  type IndexRow,
  type LogIndex,
} from './node/search-index/log-index.ts'
export { parsePublicKey } from './node/signing-key.ts'
export type { LogProblem, LogReport, ProblemCode } from './node/log-report.ts'
export { verifyLog, type VerifyOptions } from './node/verify-log.ts'
export { readAnchors, readAnchor } from './node/anchor.ts'
