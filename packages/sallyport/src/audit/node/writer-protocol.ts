import type { Anchor } from './statements.ts'
import type { LogWriterOptions } from './log-writer.ts'

/** What a log does when the disk takes nothing: keep events waiting, or let them go and write how many there were. */
export type FailureMode = 'block' | 'drop'

export interface ThreadOptions extends Omit<LogWriterOptions, 'files' | 'now'> {
  readonly onFailure: FailureMode
  /** Milliseconds after which a head is signed when there are new records. */
  readonly headAfterMs: number
  /** Events that one sync may cover. */
  readonly maxBatch: number
}

export interface Gap {
  readonly count: number
  readonly from: string
  readonly to: string
}

export type ToWriter =
  /** `events` is a JSON array: copying one string between threads is cheaper than many objects. */
  | { readonly kind: 'append'; readonly batch: number; readonly count: number; readonly events: string }
  | { readonly kind: 'gap'; readonly gap: Gap }
  | { readonly kind: 'ask'; readonly id: number; readonly what: Question }

export type Question =
  { readonly kind: 'head' } | { readonly kind: 'erase'; readonly user: string } | { readonly kind: 'close' }

export type FromWriter =
  | { readonly kind: 'ready'; readonly log: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** All batches up to this one are safe. */
  | { readonly kind: 'acknowledged'; readonly batch: number }
  | { readonly kind: 'dropped'; readonly batch: number }
  | { readonly kind: 'failing'; readonly code: string }
  | { readonly kind: 'recovered' }
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly head?: Anchor
      readonly done?: boolean
      readonly error?: string
    }
