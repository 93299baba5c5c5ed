import ipaddr from 'ipaddr.js'

export interface LockoutOptions {
  /** Wrong keys an address may send at once, and again after a minute without any. */
  readonly failures: number
  /** Addresses remembered; the one quiet longest is forgotten first. Default 10,000. */
  readonly addresses?: number
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number
}

interface Bucket {
  /** Failures not yet forgiven. */
  failures: number
  at: number
  locked: boolean
}

const FORGIVEN_AFTER_MS = 60_000

/**
 * Slows addresses that send wrong keys. It counts failures alone and is asked only after a key proved wrong, so nobody
 * with a right key is ever locked out, not even behind the address of an attacker. It may be that lenient because keys
 * are 256 random bits: what is kept out is load and noise, not a lucky guess.
 */
export class Lockout {
  readonly #buckets = new Map<string, Bucket>()
  readonly #options: LockoutOptions

  constructor(options: LockoutOptions) {
    this.#options = options
  }

  /** Notes a wrong key. The seconds to wait when there were too many; `isFirst` when it begins with this one. */
  fail(address: string): { readonly retryAfterSeconds: number; readonly isFirst: boolean } | undefined {
    const { failures, addresses = 10_000, now = Date.now } = this.#options
    const time = now()
    const source = sourceOf(address)
    const known = this.#buckets.get(source)
    const perMs = failures / FORGIVEN_AFTER_MS
    const left = known === undefined ? 0 : Math.max(0, known.failures - (time - known.at) * perMs)
    // Capped, so that a long attack is not punished longer than a minute after it ends.
    const total = Math.min(left + 1, failures + 1)
    this.#buckets.delete(source)
    const locked = total > failures || (known?.locked === true && total > failures / 2)
    this.#buckets.set(source, { failures: total, at: time, locked })
    if (this.#buckets.size > addresses) {
      for (const oldest of this.#buckets.keys()) {
        this.#buckets.delete(oldest)
        break
      }
    }
    if (total <= failures) return undefined
    const retryAfterSeconds = Math.max(1, Math.ceil((total - failures) / perMs / 1_000))
    return { retryAfterSeconds, isFirst: known?.locked !== true }
  }

  /** Addresses remembered now. */
  get size(): number {
    return this.#buckets.size
  }
}

/** One IPv6 customer has at least a /64: counting single addresses would count nothing. */
function sourceOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
