import type { Slab, Window } from './window.ts'

/** Up to this limit every admission is remembered: exact, and smaller than counters. */
export const LONGEST_LOG = 64

/**
 * Remembers when each admission was, to the millisecond: a request passes when fewer than `limit` were admitted in the
 * window before it. A time is rounded up when it is written and down when it is asked for, so that a window never counts
 * as over too early. Layout: one word with head (low half) and count (high half), then a ring of times modulo 2^32;
 * as times older than the window are dropped on each visit, no difference comes near 2^31.
 */
export class LogWindow implements Window {
  readonly size: number
  readonly keepMs: number
  readonly #offset: number
  readonly #limit: number
  readonly #windowMs: number

  constructor(offset: number, limit: number, windowMs: number) {
    this.#offset = offset
    this.#limit = limit
    this.#windowMs = windowMs
    this.size = 1 + limit
    this.keepMs = windowMs + 1
  }

  wait(slab: Slab, base: number, now: number): number {
    const count = this.used(slab, base, now)
    return count < this.#limit ? 0 : this.resetMs(slab, base, now)
  }

  add({ words }: Slab, base: number, now: number): void {
    const at = base + this.#offset
    const state = words[at] as number
    const head = state & 0xffff
    const count = state >>> 16
    words[at + 1 + head] = Math.ceil(now)
    const next = head + 1 === this.#limit ? 0 : head + 1
    words[at] = next | ((count < this.#limit ? count + 1 : count) << 16)
  }

  remove(slab: Slab, base: number, now: number, then: number): void {
    const count = this.used(slab, base, now)
    const { words } = slab
    const at = base + this.#offset
    const head = (words[at] as number) & 0xffff
    const stamp = Math.ceil(then) >>> 0
    const slot = (back: number): number => at + 1 + ((head - back + this.#limit) % this.#limit)
    for (let back = 1; back <= count; back++) {
      if (words[slot(back)] !== stamp) continue
      for (let newer = back; newer > 1; newer--) words[slot(newer)] = words[slot(newer - 1)] as number
      words[at] = ((head - 1 + this.#limit) % this.#limit) | ((count - 1) << 16)
      return
    }
  }

  used({ words }: Slab, base: number, now: number): number {
    const at = base + this.#offset
    const state = words[at] as number
    const head = state & 0xffff
    let count = state >>> 16
    if (count === 0) return 0
    const time = Math.floor(now) | 0
    const before = count
    while (count > 0) {
      let oldest = head - count
      if (oldest < 0) oldest += this.#limit
      if (((time - (words[at + 1 + oldest] as number)) | 0) < this.#windowMs) break
      count--
    }
    if (count !== before) words[at] = head | (count << 16)
    return count
  }

  resetMs(slab: Slab, base: number, now: number): number {
    const count = this.used(slab, base, now)
    if (count === 0) return 0
    const { words } = slab
    const at = base + this.#offset
    const head = (words[at] as number) & 0xffff
    const oldest = words[at + 1 + ((head - count + this.#limit) % this.#limit)] as number
    return this.#windowMs - ((Math.floor(now) - oldest) | 0)
  }
}
