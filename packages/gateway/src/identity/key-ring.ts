import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { CreatedKey, KeyInfo, KeyScope, Role } from '../contract.ts'
import { StorageError } from '../storage/storage-error.ts'
import { keyHint, newKey, roleOfKey } from './key-format.ts'
import { isExpired, mergeRecords, toKeyInfo } from './key-record.ts'
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
  | { readonly ok: false; readonly why: 'malformed' | 'unknown' | 'revoked' | 'expired' | 'unverifiable' }

const LAST_USED_EVERY_MS = 60_000

export interface RotatedKey extends CreatedKey {
  /** Last moment the old key works. */
  readonly oldExpiresAt: string
}

/** What became of a key that was given from outside. */
export interface AdoptedKey {
  readonly id: string | undefined
  readonly state: 'added' | 'known' | 'revoked'
  /** Keys of its name that it took the place of. */
  readonly retired: readonly string[]
}

export interface KeyRingOptions {
  readonly store: KeyStore
  /** Makes the digests; 32 bytes. */
  readonly installationKey: Uint8Array
  /**
   * How long known keys stay good without word from a store that other gateways change as well. Default: for ever, as
   * nobody else changes them.
   */
  readonly maxStaleMs?: number
}

/** What somebody else did to a key: another gateway, the command line, or whoever can write the database. */
export interface KeyChange {
  readonly id: string
  readonly role: Role
  readonly activity: 'create' | 'update' | 'delete'
}

export interface RefreshOptions {
  /** Milliseconds since the epoch. Default: now. */
  readonly now?: number
  /** Read every record anew, also to learn where else keys were used. Default: only what changed. */
  readonly isComplete?: boolean
}

/** All keys of the installation in memory, where requests look them up. Changes go to the store first. */
export class KeyRing {
  readonly #store: KeyStore
  readonly #secret: Uint8Array
  readonly #maxStaleMs: number
  #byDigest = new Map<string, KeyRecord>()
  #byId = new Map<string, KeyRecord>()
  readonly #lastUsed = new Map<string, number>()
  /** Moments of use that the store does not know yet. */
  #used = new Map<string, string>()
  /** Revocations made while the store was away: in force here, still to be written. */
  readonly #unwritten = new Map<string, string>()
  /** The first of a line of rotated keys, by the id of each that followed. */
  readonly #owners = new Map<string, string>()
  #revision: number | undefined
  #goodUntil = Infinity
  #onChange: (change: KeyChange) => void = () => undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor({ store, installationKey, maxStaleMs = Infinity }: KeyRingOptions) {
    this.#store = store
    this.#secret = installationKey
    this.#maxStaleMs = maxStaleMs
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
    if (now > this.#goodUntil) return { ok: false, why: 'unverifiable' }
    return { ok: true, principal: { keyId: record.id, role: record.role, scope: record.scope } }
  }

  /** False once the store has been away for longer than keys stay good: then every key is refused. */
  isVerifiable(now = Date.now()): boolean {
    return now <= this.#goodUntil
  }

  /** Calls the listener, in place of the one before, with what `refresh` finds that was not done here. */
  onChangeElsewhere(listener: (change: KeyChange) => void): void {
    this.#onChange = listener
  }

  /**
   * Reads what changed in the store and writes what it missed.
   *
   * @throws StorageError when the store cannot be asked: what is known stays as it is.
   */
  refresh({ now = Date.now(), isComplete = false }: RefreshOptions = {}): Promise<void> {
    return this.#inTurn(() => this.#refresh(now, isComplete))
  }

  async #refresh(now: number, isAll: boolean): Promise<void> {
    for (const [id, revokedAt] of this.#unwritten) {
      await this.#store.setRevoked(id, revokedAt)
      this.#unwritten.delete(id)
    }
    const { records, revision, isComplete } = await this.#store.read(isAll ? undefined : this.#revision)
    const isFirst = this.#revision === undefined
    const changes = isFirst ? [] : records.flatMap((record) => changeOf(this.#byId.get(record.id), record) ?? [])
    if (isComplete) this.#replaceAll(records)
    else for (const record of records) this.#remember(record)
    this.#revision = revision
    this.#goodUntil = now + this.#maxStaleMs
    for (const change of changes) this.#onChange(change)
  }

  /** True at most once a minute per key: worth an event and, soon, a write. */
  noteUse(keyId: string, now: number): boolean {
    if (now - (this.#lastUsed.get(keyId) ?? 0) < LAST_USED_EVERY_MS) return false
    this.#lastUsed.set(keyId, now)
    const record = this.#byId.get(keyId)
    if (record === undefined) return false
    const lastUsedAt = new Date(now).toISOString()
    this.#used.set(keyId, lastUsedAt)
    this.#remember({ ...record, lastUsedAt })
    return true
  }

  /** Writes when keys were last used. */
  async flushUse(): Promise<void> {
    if (this.#used.size === 0) return
    const used = this.#used
    this.#used = new Map()
    try {
      await this.#store.setLastUsed(used)
    } catch (error) {
      this.#used = new Map([...used, ...this.#used])
      throw error
    }
  }

  /** Makes a key. This is the only moment it exists in full on our side. */
  async create(name: string, role: Role, grant: KeyGrant = {}): Promise<CreatedKey> {
    const key = newKey(role)
    return { key, info: await this.#add(this.#record(key, name, role, grant)) }
  }

  /** Makes the first keys of an installation; undefined when another gateway has done so. */
  async createFirst(roles: readonly Role[]): Promise<readonly CreatedKey[] | undefined> {
    const made = roles.map((role) => {
      const key = newKey(role)
      return { key, record: this.#record(key, `first-${role}`, role, {}) }
    })
    const records = made.map(({ record }) => record)
    const isFirst = await this.#inTurn(() => this.#store.insert(records, { onlyFirst: true }))
    if (!isFirst) return undefined
    for (const record of records) this.#remember(record)
    return made.map(({ key, record }) => ({ key, info: toKeyInfo(record) }))
  }

  /**
   * Makes a successor with the same name, role, scope and length of life. The old key works until the overlap is over,
   * so that no request fails while the new one is carried to where it is used. Undefined when there is no such usable
   * key or it has a successor already.
   */
  rotate(id: string, overlapMs: number, now = Date.now()): Promise<RotatedKey | undefined> {
    return this.#inTurn(() => this.#rotate(id, overlapMs, now))
  }

  async #rotate(id: string, overlapMs: number, now: number): Promise<RotatedKey | undefined> {
    const old = this.#byId.get(id)
    if (old === undefined || old.replacedBy !== undefined || !this.isActive(id, now)) return undefined
    const oldEnd = old.expiresAt === undefined ? Infinity : Date.parse(old.expiresAt)
    const oldExpiresAt = new Date(Math.min(now + overlapMs, oldEnd)).toISOString()
    const life = oldEnd - Date.parse(old.createdAt)
    const expiresAt = Number.isFinite(life) ? new Date(now + life).toISOString() : undefined
    const key = newKey(old.role)
    const successor = this.#record(key, old.name, old.role, { ...old.scope, expiresAt }, now)
    if (!(await this.#store.replace(id, oldExpiresAt, successor))) return undefined
    this.#remember(successor)
    this.#remember({ ...(this.#byId.get(id) ?? old), expiresAt: oldExpiresAt, replacedBy: successor.id })
    return { key, info: toKeyInfo(successor), oldExpiresAt }
  }

  /**
   * Makes sure that a key given from outside is known and is the only one of its name: an operator who changes the
   * variable means to retire the old value. A revoked key stays revoked.
   */
  async adopt(key: string, name: string, role: Role): Promise<AdoptedKey> {
    const retired: string[] = []
    const digest = this.#digest(key)
    let known = this.#byDigest.get(digest)
    // What the given key was rotated to bears its name and is meant to stay.
    const successors = new Set<string>()
    for (let next = known?.replacedBy; next !== undefined; next = this.#byId.get(next)?.replacedBy) successors.add(next)
    for (const record of this.#byId.values()) {
      const isOther = record.name === name && record.digest !== digest && !successors.has(record.id)
      if (isOther && record.revokedAt === undefined && (await this.revoke(record.id))) retired.push(record.id)
    }
    if (known === undefined) {
      const record = this.#record(key, name, role, {})
      if (await this.#inTurn(() => this.#store.insert([record]))) {
        this.#remember(record)
        return { id: record.id, state: 'added', retired }
      }
      // Another gateway that starts with the same key was first.
      await this.refresh()
      known = this.#byDigest.get(digest)
    }
    return { id: known?.id, state: known?.revokedAt === undefined ? 'known' : 'revoked', retired }
  }

  /**
   * Ends a key here at once and in the store. False when there is no such key or it was revoked before.
   *
   * @throws StorageError when the store is away: the key is refused here all the same, and the store is told by the next
   * `refresh` that reaches it.
   */
  async revoke(id: string): Promise<boolean> {
    const record = this.#byId.get(id)
    if (record === undefined || (record.revokedAt !== undefined && !this.#unwritten.has(id))) return false
    const revokedAt = record.revokedAt ?? new Date().toISOString()
    this.#remember({ ...record, revokedAt })
    this.#unwritten.set(id, revokedAt)
    const isNew = await this.#inTurn(() => this.#store.setRevoked(id, revokedAt))
    this.#unwritten.delete(id)
    return isNew
  }

  /** True while the key with this id may be used. */
  isActive(id: string, now = Date.now()): boolean {
    const record = this.#byId.get(id)
    return record !== undefined && record.revokedAt === undefined && !isExpired(record, now) && now <= this.#goodUntil
  }

  /** Stands for a key and all it was rotated to: the id of the first. */
  ownerOf(id: string): string {
    return this.#owners.get(id) ?? id
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0
  }

  list(): readonly KeyInfo[] {
    return [...this.#byId.values()].map(toKeyInfo)
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

  async #add(record: KeyRecord): Promise<KeyInfo> {
    // Digests of 256 random bits meet only when something is very wrong.
    if (!(await this.#inTurn(() => this.#store.insert([record]))))
      throw new StorageError('The key could not be stored.')
    this.#remember(record)
    return toKeyInfo(record)
  }

  /** One after the other: what was read before a change must not be remembered after it. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  #replaceAll(records: readonly KeyRecord[]): void {
    const before = this.#byId
    this.#byId = new Map()
    this.#byDigest = new Map()
    for (const record of records) this.#remember(record, before.get(record.id))
  }

  #remember(record: KeyRecord, known = this.#byId.get(record.id)): void {
    const merged = known === undefined ? record : mergeRecords(known, record)
    this.#byDigest.set(merged.digest, merged)
    this.#byId.set(merged.id, merged)
    // The store gives the oldest first, so the first of the line is known by now.
    if (merged.replacedBy !== undefined) this.#owners.set(merged.replacedBy, this.ownerOf(merged.id))
  }

  #digest(key: string): string {
    return createHmac('sha256', this.#secret).update('sallyport key\0').update(key).digest('hex')
  }
}

function changeOf(known: KeyRecord | undefined, { id, role, revokedAt, ...record }: KeyRecord): KeyChange | undefined {
  if (known === undefined) return { id, role, activity: 'create' }
  if (known.revokedAt !== undefined) return undefined
  if (revokedAt !== undefined) return { id, role, activity: 'delete' }
  const isSame = known.role === role && JSON.stringify(limitsOf(known)) === JSON.stringify(limitsOf(record))
  return isSame ? undefined : { id, role, activity: 'update' }
}

/** What says how far a key reaches and how long. */
function limitsOf({ expiresAt, scope }: Pick<KeyRecord, 'expiresAt' | 'scope'>): unknown {
  const narrowed = Object.entries(scope).filter(([, value]) => value !== undefined)
  return [expiresAt, narrowed.sort(([a], [b]) => (a < b ? -1 : 1))]
}
