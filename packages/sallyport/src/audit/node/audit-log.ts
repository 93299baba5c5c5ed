import type { AuditEvent } from '../audit-event.ts'
import type { Anchor } from './statements.ts'
import type { FailureMode } from './writer-protocol.ts'

export interface AuditLogOptions {
  readonly folder: string
  /**
   * What happens while the disk is full, read-only or broken. `block` (default): events wait in memory, up to
   * `maxWaiting`, and `state` is `failing`, so that a gateway can refuse traffic it cannot account for. `drop`: events
   * are let go at once. Either way the log says how many were lost once it can be written again.
   */
  readonly onFailure?: FailureMode
  /** Events that may wait to be written. Default 50,000. */
  readonly maxWaiting?: number
  /** Events one sync may cover. Default 5,000; 1 is one sync an event. */
  readonly maxBatch?: number
  /** Bytes after which the next segment begins. Default 64 MiB. */
  readonly segmentBytes?: number
  /** Records after which a head is signed. Default 10,000. */
  readonly headEvery?: number
  /** Milliseconds after which a head is signed when there are new records. Default 5,000. */
  readonly headAfterMs?: number
  /** Days that records are kept. Default: for ever. */
  readonly retentionDays?: number
  /** Called when the log stops or goes on being writable. Default: silent. */
  readonly onStateChange?: (state: AuditLogState, code?: string) => void
}

export type AuditLogState = 'writing' | 'failing' | 'closed'

/** The log of an installation. */
export interface AuditLog {
  /** Random id of the log. */
  readonly log: string
  readonly state: AuditLogState
  /** Events that are not on disk yet. */
  readonly waiting: number
  /** Events that were not written. The log has records of the gaps. */
  readonly dropped: number
  /**
   * Resolves when the event survives a loss of power. An event of somebody unknown may be counted together with others
   * of its second; it resolves when the count is safe.
   *
   * @throws AuditLogError `dropped` when the event was let go, `closed` after the end.
   */
  append(event: AuditEvent): Promise<void>
  /** Takes an event without telling when it is safe. Never throws, never blocks. */
  write(event: AuditEvent): void
  /** Resolves when everything taken so far is safe. */
  flush(): Promise<void>
  /** The signed head over everything taken so far, to be kept elsewhere. */
  head(): Promise<Anchor>
  /** Makes a person's name unreadable in all records. False when the log has no such person. */
  erase(user: string): Promise<boolean>
  /** Writes what is waiting, signs a head and gives the folder back. */
  close(): Promise<void>
}
