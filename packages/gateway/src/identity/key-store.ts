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

/** Where key records live. Calls are rare (start, create, revoke, rotate, once a minute per used key): never on the hot path. */
export interface KeyStore {
  all(): readonly KeyRecord[]
  insert(record: KeyRecord): void
  /** Inserts the successor and ends the old key, both or neither. */
  replace(id: string, expiresAt: string, successor: KeyRecord): void
  setRevoked(id: string, revokedAt: string): void
  setLastUsed(id: string, lastUsedAt: string): void
  close(): void
}
