import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Principal } from './key-ring.ts'

export const SESSION_COOKIE = 'sallyport_session'
const LIFETIME_MS = 8 * 3_600_000
const MAX_SESSIONS = 1_000

export interface SessionRecord {
  readonly id: string
  readonly principal: Principal
  readonly csrfToken: string
  readonly expiresAt: number
}

/** Console sessions, in memory: they end with the process. */
export class Sessions {
  readonly #byDigest = new Map<string, SessionRecord>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Opens a session. The token goes into the cookie and is not kept. */
  open(principal: Principal): { readonly token: string; readonly session: SessionRecord } {
    this.#forgetOld()
    const token = randomBytes(32).toString('base64url')
    const id = digestOf(token)
    const csrfToken = randomBytes(32).toString('base64url')
    const session = { id, principal, csrfToken, expiresAt: this.#now() + LIFETIME_MS }
    this.#byDigest.set(id, session)
    return { token, session }
  }

  find(token: string): SessionRecord | undefined {
    if (!/^[\w-]{43}$/.test(token)) return undefined
    const session = this.#byDigest.get(digestOf(token))
    if (session === undefined || session.expiresAt > this.#now()) return session
    this.#byDigest.delete(session.id)
    return undefined
  }

  byId(id: string): SessionRecord | undefined {
    return this.#byDigest.get(id)
  }

  close(id: string): void {
    this.#byDigest.delete(id)
  }

  /** Ends every session that was opened with a key: a revoked key must not live on in a browser. */
  closeAllOf(keyId: string): void {
    for (const [id, session] of this.#byDigest) if (session.principal.keyId === keyId) this.#byDigest.delete(id)
  }

  #forgetOld(): void {
    for (const [id, { expiresAt }] of this.#byDigest) if (expiresAt <= this.#now()) this.#byDigest.delete(id)
    // Maps keep their order, so the first is the oldest.
    for (const id of this.#byDigest.keys()) {
      if (this.#byDigest.size < MAX_SESSIONS) break
      this.#byDigest.delete(id)
    }
  }
}

/** Compares a CSRF token in constant time. */
export function isCsrfToken(session: SessionRecord, given: string | null): boolean {
  if (given === null) return false
  const a = Buffer.from(session.csrfToken)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The session token among the cookies of a request. */
export function sessionTokenOf(headers: Headers): string | undefined {
  for (const cookie of (headers.get('cookie') ?? '').split(';')) {
    const [name, value] = cookie.split('=', 2)
    if (name?.trim() === SESSION_COOKIE) return value?.trim()
  }
  return undefined
}

export function sessionCookie(token: string, options: { readonly secure: boolean }): string {
  const age = token === '' ? 0 : LIFETIME_MS / 1_000
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${options.secure ? '; Secure' : ''}`
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
