import type { KeyScope, Role } from '../contract.ts'

/** What is kept of a key. The key itself is not: only its keyed digest, which no answer ever holds. */
export interface KeyRecord {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly digest: string
  readonly hint: string
  readonly createdAt: string
  readonly lastUsedAt?: string
  readonly revokedAt?: string
  readonly expiresAt?: string
  /** Id of the key that took its place. */
  readonly replacedBy?: string
  readonly scope: KeyScope
}

/** Records as of one moment, oldest first. */
export interface KeySnapshot {
  readonly records: readonly KeyRecord[]
  /** Grows with every change but that of `lastUsedAt`. */
  readonly revision: number
  /** True when there are no other records; false when these are only the ones that changed. */
  readonly isComplete: boolean
}

/**
 * Where key records live. Calls are rare (start, create, revoke, rotate, the flush of what was used): never on the way of a
 * request. Every method rejects with StorageError when the store cannot be asked.
 */
export interface KeyStore {
  /** All records; after a revision only those that changed since, as far as the store can tell. */
  read(after?: number): Promise<KeySnapshot>
  /** Adds all of them or none: none when the id or digest of one is there already. */
  insert(records: readonly KeyRecord[], options?: InsertOptions): Promise<boolean>
  /** Adds the successor and ends the old key, both or neither. False when the old one was revoked or replaced before. */
  replace(id: string, expiresAt: string, successor: KeyRecord): Promise<boolean>
  /** False when there is no such key or it was revoked before. */
  setRevoked(id: string, revokedAt: string): Promise<boolean>
  /** Moments of the last use by id; an earlier one never replaces a later one. */
  setLastUsed(times: ReadonlyMap<string, string>): Promise<void>
  /** For stores that several gateways share: calls `listener` when keys may have changed. The function it returns stops it. */
  watch?(listener: () => void): () => void
}

export interface InsertOptions {
  /** Add them only while there is no key at all: of several gateways at their first start one makes the keys. */
  readonly onlyFirst?: boolean
}
