/** A kept value as a store sees it: what it stands for is sealed. */
export interface VaultRow {
  /** Keyed digest of tenant, subject and conversation. */
  readonly scope: string
  readonly code: string
  readonly tenant: string
  /** '' when the conversation names no person. */
  readonly subject: string
  /** Keyed digest of the conversation's name. */
  readonly conversation: string
  readonly entity: string
  readonly sealed: Uint8Array
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** Which rows are meant: those that fit every word given. None given: all. */
export interface VaultFilter {
  readonly tenant?: string
  readonly subject?: string
  readonly conversation?: string
}

/** How much is kept of one conversation. */
export interface VaultCount {
  readonly tenant: string
  readonly subject: string
  readonly conversation: string
  /** Values by entity. */
  readonly entities: Readonly<Record<string, number>>
  /** When the last of them ends, epoch milliseconds. */
  readonly expiresAt: number
}

/** Where rows live. `vaultStoreContract` of the tests says what an implementation has to do. */
export interface VaultStore {
  /** The rows with these codes that have not ended. */
  find(scope: string, codes: readonly string[], now: number): Promise<readonly VaultRow[]>
  /** Adds rows, or gives those that are there a later end. */
  put(rows: readonly VaultRow[]): Promise<void>
  /** @returns How many rows were deleted. */
  delete(filter: VaultFilter): Promise<number>
  /** Deletes what has ended. @returns How many rows. */
  expire(now: number): Promise<number>
  count(now: number): Promise<readonly VaultCount[]>
  close(): void
}
