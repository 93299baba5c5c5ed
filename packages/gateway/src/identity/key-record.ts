import type { KeyInfo } from '../contract.ts'
import type { KeyRecord } from './key-store.ts'

export function isExpired({ expiresAt }: KeyRecord, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now
}

/** What is known here is not forgotten: neither that a key was revoked, nor a use the store has yet to hear of. */
export function mergeRecords(known: KeyRecord, record: KeyRecord): KeyRecord {
  const revokedAt = record.revokedAt ?? known.revokedAt
  const lastUsedAt = (record.lastUsedAt ?? '') > (known.lastUsedAt ?? '') ? record.lastUsedAt : known.lastUsedAt
  return {
    ...record,
    ...(revokedAt === undefined ? {} : { revokedAt }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
  }
}

/** Without the digest: who reads it could not use it, but nobody needs it either. */
export function toKeyInfo(record: KeyRecord): KeyInfo {
  const { digest: _, scope, ...rest } = record
  return { ...rest, ...scope }
}
