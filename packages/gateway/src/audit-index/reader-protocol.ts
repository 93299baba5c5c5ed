import type { Anchor, LogFilter, LogReport } from 'sallyport/audit'

/** Where the index lies. `off`: searches read the log. */
export type IndexPlace =
  { readonly store: 'sqlite' | 'off' } | { readonly store: 'postgres'; readonly url: string; readonly schema: string }

export interface ReaderOptions {
  readonly folder: string
  /** Id of the log. */
  readonly log: string
  readonly index: IndexPlace
}

export type ToReader =
  | { readonly kind: 'search'; readonly id: number; readonly filter: LogFilter; readonly newestFirst: boolean }
  | { readonly kind: 'close' }

export type FromReader =
  /** The entries as a JSON array: copying one string between threads is cheaper than many objects. */
  | { readonly kind: 'found'; readonly id: number; readonly entries: string }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string }
  /** The index went away or came back. */
  | { readonly kind: 'index'; readonly isThere: boolean; readonly reason?: string }

export interface VerifierOptions {
  readonly folder: string
  readonly anchors: readonly Anchor[]
}

export type FromVerifier =
  { readonly kind: 'progress'; readonly bytes: number } | { readonly kind: 'report'; readonly report: LogReport }
