const HOUR_MS = 3_600_000
/** More are not told apart: a key that is used from everywhere is public, and no stolen one. */
const MAX_NETWORKS = 64

/** Networks a key came from within the last hour, and how many are usual. */
export class NetworkSet {
  readonly #seen = new Map<string, number>()
  #usualMost = 0
  #firstAt: number | undefined
  #hour = 0
  #mostInHour = 0

  /** Notes a use; how many networks there were within an hour, when this one is new. */
  add(network: string, now: number): number | undefined {
    this.#roll(now)
    const known = this.#seen.get(network)
    this.#seen.delete(network)
    this.#seen.set(network, now)
    if (known !== undefined && now - known < HOUR_MS) return undefined
    for (const [oldest, at] of this.#seen) {
      if (now - at < HOUR_MS && this.#seen.size <= MAX_NETWORKS) break
      this.#seen.delete(oldest)
    }
    this.#mostInHour = Math.max(this.#mostInHour, this.#seen.size)
    return this.#seen.size
  }

  /** The most there were in an hour of the last day; undefined within the first `warmUpMs`. */
  usualMost(now: number, warmUpMs: number): number | undefined {
    return this.#firstAt === undefined || now - this.#firstAt < warmUpMs ? undefined : this.#usualMost
  }

  #roll(now: number): void {
    this.#firstAt ??= now
    const hour = Math.floor((now - this.#firstAt) / HOUR_MS)
    if (hour === this.#hour) return
    // One stolen hour must not become usual: after the first it grows by half at most.
    const most = this.#hour === 0 ? this.#mostInHour : Math.min(this.#mostInHour, Math.max(this.#usualMost * 1.5, 3))
    this.#usualMost = Math.max(most, this.#usualMost) * 0.5 ** ((hour - this.#hour) / 24)
    this.#hour = hour
    this.#mostInHour = 0
  }
}

/** The network of an address: IPv4 /24, IPv6 /48. What it cannot read is taken as it is. */
export function networkOf(address: string): string {
  if (!address.includes(':')) {
    const end = address.lastIndexOf('.')
    return end === -1 ? address : `${address.slice(0, end)}.0/24`
  }
  const [head = '', tail] = address.split('::', 2)
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups =
    tail === undefined
      ? before
      : [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
  return `${groups
    .slice(0, 3)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/48`
}
