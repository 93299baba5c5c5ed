import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeyInfo, KeyScope, Role } from '../contract.ts'
import { keyHint, newKey, roleOfKey } from './key-format.ts'
import type { KeyRecord, KeyStore } from './key-store.ts'

/** A key that was recognised. There is no principal without one. */
export interface Principal {
  readonly keyId: string
  readonly role: Role
  /** What narrows the key. */
  readonly scope: KeyScope
}

/** What a new key is narrowed to and how long it lives. */
export interface KeyGrant extends KeyScope {
  /** ISO 8601. Default: for ever. */
  readonly expiresAt?: string | undefined
}

export type Identified =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly why: 'malformed' | 'unknown' | 'revoked' | 'expired' }

const LAST_USED_EVERY_MS = 60_000

/** All keys of the installation in memory, written through to the store. */
export class KeyRing {
  readonly #store: KeyStore
  readonly #secret: Buffer
  readonly #byDigest = new Map<string, KeyRecord>()
  readonly #byId = new Map<string, KeyRecord>()
  readonly #lastUsed = new Map<string, number>()
  /** The first of a line of rotated keys, by the id of each that followed. */
  readonly #owners = new Map<string, string>()

  constructor(store: KeyStore, installationKey: Buffer) {
    this.#store = store
    this.#secret = installationKey
    for (const record of store.all()) this.#remember(record)
  }

  /** Who a key belongs to. The form is checked first, the look-up is by the full keyed digest. */
  identify(key: string, now = Date.now()): Identified {
    const role = roleOfKey(key)
    if (role === undefined) return { ok: false, why: 'malformed' }
    const digest = this.#digest(key)
    const record = this.#byDigest.get(digest)
    if (record === undefined || !timingSafeEqual(Buffer.from(record.digest), Buffer.from(digest))) {
      return { ok: false, why: 'unknown' }
    }
    if (record.revokedAt !== undefined || record.role !== role) return { ok: false, why: 'revoked' }
    if (isExpired(record, now)) return { ok: false, why: 'expired' }
    return { ok: true, principal: { keyId: record.id, role: record.role, scope: record.scope } }
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
  create(name: string, role: Role, grant: KeyGrant = {}): { readonly key: string; readonly info: KeyInfo } {
    const key = newKey(role)
    return { key, info: this.#add(this.#record(key, name, role, grant)) }
  }

  /**
   * Makes a successor with the same name, role, scope and length of life. The old key works until the overlap is over,
   * so that no request fails while the new one is carried to where it is used. Undefined when there is no such usable
   * key or it has a successor already.
   */
  rotate(
    id: string,
    overlapMs: number,
    now = Date.now(),
  ): { readonly key: string; readonly info: KeyInfo; readonly oldExpiresAt: string } | undefined {
    const old = this.#byId.get(id)
    if (old === undefined || old.replacedBy !== undefined || !this.isActive(id, now)) return undefined
    const oldEnd = old.expiresAt === undefined ? Infinity : Date.parse(old.expiresAt)
    const oldExpiresAt = new Date(Math.min(now + overlapMs, oldEnd)).toISOString()
    const life = oldEnd - Date.parse(old.createdAt)
    const expiresAt = Number.isFinite(life) ? new Date(now + life).toISOString() : undefined
    const key = newKey(old.role)
    const successor = this.#record(key, old.name, old.role, { ...old.scope, expiresAt }, now)
    this.#store.replace(id, oldExpiresAt, successor)
    this.#remember(successor)
    this.#remember({ ...old, expiresAt: oldExpiresAt, replacedBy: successor.id })
    return { key, info: toInfo(successor), oldExpiresAt }
  }

  /**
   * Makes sure that a key given from outside is known and is the only one of its name: an operator who changes the
   * variable means to retire the old value. A revoked key stays revoked.
   */
  adopt(key: string, name: string, role: Role): 'added' | 'known' | 'revoked' {
    const digest = this.#digest(key)
    const known = this.#byDigest.get(digest)
    // What the given key was rotated to bears its name and is meant to stay.
    const successors = new Set<string>()
    for (let next = known?.replacedBy; next !== undefined; next = this.#byId.get(next)?.replacedBy) successors.add(next)
    for (const record of this.#byId.values()) {
      const isOther = record.name === name && record.digest !== digest && !successors.has(record.id)
      if (isOther && record.revokedAt === undefined) this.revoke(record.id)
    }
    if (known !== undefined) return known.revokedAt === undefined ? 'known' : 'revoked'
    this.#add(this.#record(key, name, role, {}))
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
  isActive(id: string, now = Date.now()): boolean {
    const record = this.#byId.get(id)
    return record !== undefined && record.revokedAt === undefined && !isExpired(record, now)
  }

  /** Stands for a key and all it was rotated to: the id of the first. */
  ownerOf(id: string): string {
    return this.#owners.get(id) ?? id
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0
  }

  list(): readonly KeyInfo[] {
    return [...this.#byId.values()].map(toInfo)
  }

  #record(key: string, name: string, role: Role, { expiresAt, ...scope }: KeyGrant, now = Date.now()): KeyRecord {
    return {
      id: `key_${randomBytes(9).toString('base64url')}`,
      name,
      role,
      digest: this.#digest(key),
      hint: keyHint(key),
      createdAt: new Date(now).toISOString(),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      scope,
    }
  }

  #add(record: KeyRecord): KeyInfo {
    this.#store.insert(record)
    this.#remember(record)
    return toInfo(record)
  }

  #remember(record: KeyRecord): void {
    this.#byDigest.set(record.digest, record)
    this.#byId.set(record.id, record)
    // The store gives the oldest first, so the first of the line is known by now.
    if (record.replacedBy !== undefined) this.#owners.set(record.replacedBy, this.ownerOf(record.id))
  }

  #digest(key: string): string {
    return createHmac('sha256', this.#secret).update('sallyport key\0').update(key).digest('hex')
  }
}

function isExpired({ expiresAt }: KeyRecord, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now
}

/** Without the digest: who reads it could not use it, but nobody needs it either. */
function toInfo(record: KeyRecord): KeyInfo {
  const { id, name, role, hint, createdAt, lastUsedAt, revokedAt, expiresAt, replacedBy, scope } = record
  return {
    id,
    name,
    role,
    hint,
    createdAt,
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
    ...scope,
  }
}
