import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyInfo, Role } from '../contract.ts'
import { keyHint, newKey, roleOfKey } from './key-format.ts'
import type { KeyRecord, KeyStore } from './key-store.ts'

/** A key that was recognised. There is no principal without one. */
export interface Principal {
  readonly keyId: string
  readonly role: Role
}

export type Identified =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly why: 'malformed' | 'unknown' | 'revoked' }

const LAST_USED_EVERY_MS = 60_000

/** All keys of the installation in memory, written through to the store. */
export class KeyRing {
  readonly #store: KeyStore
  readonly #secret: Buffer
  readonly #byDigest = new Map<string, KeyRecord>()
  readonly #byId = new Map<string, KeyRecord>()
  readonly #lastUsed = new Map<string, number>()

  constructor(store: KeyStore, installationKey: Buffer) {
    this.#store = store
    this.#secret = installationKey
    for (const record of store.all()) this.#remember(record)
  }

  /** Who a key belongs to. The form is checked first, the look-up is by the full keyed digest. */
  identify(key: string): Identified {
    const role = roleOfKey(key)
    if (role === undefined) return { ok: false, why: 'malformed' }
    const digest = this.#digest(key)
    const record = this.#byDigest.get(digest)
    if (record === undefined || !timingSafeEqual(Buffer.from(record.digest), Buffer.from(digest))) {
      return { ok: false, why: 'unknown' }
    }
    if (record.revokedAt !== undefined || record.role !== role) return { ok: false, why: 'revoked' }
    return { ok: true, principal: { keyId: record.id, role: record.role } }
  }

  /** True at most once a minute per key: worth an event and a write. */
  noteUse(keyId: string, now: number): boolean {
    if (now - (this.#lastUsed.get(keyId) ?? 0) < LAST_USED_EVERY_MS) return false
    this.#lastUsed.set(keyId, now)
    const record = this.#byId.get(keyId)
    if (record === undefined) return false
    const lastUsedAt = new Date(now).toISOString()
    this.#store.setLastUsed(keyId, lastUsedAt)
    this.#remember({ ...record, lastUsedAt })
    return true
  }

  /** Makes a key. This is the only moment it exists in full on our side. */
  create(name: string, role: Role): { readonly key: string; readonly info: KeyInfo } {
    const key = newKey(role)
    return { key, info: this.#add(key, name, role) }
  }

  /**
   * Makes sure that a key given from outside is known and is the only one of its name: an operator who changes the
   * variable means to retire the old value. A revoked key stays revoked.
   */
  adopt(key: string, name: string, role: Role): 'added' | 'known' | 'revoked' {
    const digest = this.#digest(key)
    for (const record of this.#byId.values()) {
      if (record.name === name && record.digest !== digest && record.revokedAt === undefined) this.revoke(record.id)
    }
    const known = this.#byDigest.get(digest)
    if (known !== undefined) return known.revokedAt === undefined ? 'known' : 'revoked'
    this.#add(key, name, role)
    return 'added'
  }

  /** False when there is no such key or it was revoked before. */
  revoke(id: string): boolean {
    const record = this.#byId.get(id)
    if (record === undefined || record.revokedAt !== undefined) return false
    const revokedAt = new Date().toISOString()
    this.#store.setRevoked(id, revokedAt)
    this.#remember({ ...record, revokedAt })
    return true
  }

  /** True while the key with this id may be used. */
  isActive(id: string): boolean {
    const record = this.#byId.get(id)
    return record !== undefined && record.revokedAt === undefined
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0
  }

  list(): readonly KeyInfo[] {
    return [...this.#byId.values()].map(toInfo)
  }

  #add(key: string, name: string, role: Role): KeyInfo {
    const record: KeyRecord = {
      id: `key_${randomBytes(9).toString('base64url')}`,
      name,
      role,
      digest: this.#digest(key),
      hint: keyHint(key),
      createdAt: new Date().toISOString(),
    }
    this.#store.insert(record)
    this.#remember(record)
    return toInfo(record)
  }

  #remember(record: KeyRecord): void {
    this.#byDigest.set(record.digest, record)
    this.#byId.set(record.id, record)
  }

  #digest(key: string): string {
    return createHmac('sha256', this.#secret).update('sallyport key\0').update(key).digest('hex')
  }
}

/** Without the digest: who reads it could not use it, but nobody needs it either. */
function toInfo(record: KeyRecord): KeyInfo {
  const { id, name, role, hint, createdAt, lastUsedAt, revokedAt } = record
  return {
    id,
    name,
    role,
    hint,
    createdAt,
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
  }
}
