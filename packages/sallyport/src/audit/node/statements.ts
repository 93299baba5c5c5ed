import type { Signed } from './signing-key.ts'

interface Statement {
  /** Random id of the log, so that no statement fits another log. */
  readonly log: string
  readonly seq: number
  readonly hash: string
  readonly time: string
  /** Id of the signing key. */
  readonly key: string
}

/** "At this time record `seq` had this hash", and with it all records before. */
export interface HeadStatement extends Statement {
  readonly kind: 'head'
  /** The log was closed here: what follows must begin with a signed record of the next opening. */
  readonly closed?: true
}

/** "After record `seq` there were bytes that are no whole record; they were moved aside." */
export interface RecoveryStatement extends Statement {
  readonly kind: 'recovery'
  /** Bytes moved aside, and their hex SHA-256. */
  readonly bytes: number
  readonly digest: string
  /** Records that a signed head had vouched for and that were gone. Above 0 it was no ordinary crash. */
  readonly missing: number
}

/** "The records `from` to `seq` were removed because they were old enough." */
export interface RetentionStatement extends Statement {
  readonly kind: 'retention'
  readonly from: number
  readonly fromTime: string
  readonly toTime: string
}

export type LogStatement = HeadStatement | RecoveryStatement | RetentionStatement

/** Records the log writes about itself, beside the events of the catalogue. */
export type LogRecord =
  | { readonly type: 'log-start'; readonly format: 1; readonly log: string; readonly key: string }
  | ({ readonly type: 'log-head' } & Signed<HeadStatement>)
  | ({ readonly type: 'log-recovery' } & Signed<RecoveryStatement>)
  | ({ readonly type: 'log-retention' } & Signed<RetentionStatement>)
  | {
      /** Events that could not be written. */
      readonly type: 'log-gap'
      readonly count: number
      readonly from: string
      readonly to: string
      readonly reason: string
    }
  | { readonly type: 'log-erasure'; readonly subject: string }

/** A head to keep elsewhere: with the public key, so that a key replaced in the folder is noticed too. */
export type Anchor = Signed<HeadStatement> & { readonly publicKey: string }
