import { partsOf } from '../parts-of.ts'
import type { Slab, Window } from './window.ts'

/**
 * Counts by parts of a window. What was admitted in all its full parts and the running one together never exceeds the
 * limit; any window that ends now lies within them, so no window exceeds it either. The price is that a request waits at
 * most one part longer than an exact log would make it. Layout: number of the running part, total, then one counter a
 * part and one more, as narrow as the limit allows.
 */
export class BucketWindow implements Window {
  readonly size: number
  readonly keepMs: number
  readonly #offset: number
  readonly #limit: number
  readonly #partMs: number
  readonly #slots: number
  readonly #width: 1 | 2 | 4

  /** With `mayExceed` counters are wide enough for more than the limit: what is settled late can exceed a reservation. */
  constructor(offset: number, limit: number, windowMs: number, mayExceed: boolean) {
    this.#offset = offset
    this.#limit = limit
    const parts = partsOf(limit)
    this.#slots = parts + 1
    this.#partMs = Math.ceil(windowMs / parts)
    this.#width = mayExceed || limit > 0xffff ? 4 : limit > 0xff ? 2 : 1
    this.size = 2 + Math.ceil((this.#slots * this.#width) / 4)
    this.keepMs = this.#partMs * this.#slots
  }

  wait(slab: Slab, base: number, now: number, cost: number): number {
    const total = this.used(slab, base, now)
    if (total + cost <= this.#limit) return 0
    if (cost > this.#limit) return Infinity
    const running = Math.floor(now / this.#partMs)
    let left = total
    for (let back = this.#slots - 1; back >= 0; back--) {
      if (running < back) continue
      left -= this.#get(slab, base, (running - back) % this.#slots)
      if (left + cost <= this.#limit) return (running - back + this.#slots) * this.#partMs - now
    }
    return this.keepMs
  }

  add(slab: Slab, base: number, now: number, cost: number): void {
    const total = this.used(slab, base, now)
    const added = Math.min(cost, 0xffff_ffff - total)
    const slot = (slab.words[base + this.#offset] as number) % this.#slots
    slab.words[base + this.#offset + 1] = total + added
    this.#set(slab, base, slot, this.#get(slab, base, slot) + added)
  }

  remove(slab: Slab, base: number, now: number, then: number, cost: number): void {
    const total = this.used(slab, base, now)
    const part = Math.floor(then / this.#partMs)
    if ((slab.words[base + this.#offset] as number) - part >= this.#slots) return
    const slot = part % this.#slots
    const counted = this.#get(slab, base, slot)
    const removed = Math.min(cost, counted)
    this.#set(slab, base, slot, counted - removed)
    slab.words[base + this.#offset + 1] = total - removed
  }

  used(slab: Slab, base: number, now: number): number {
    const { words } = slab
    const at = base + this.#offset
    const running = Math.floor(now / this.#partMs)
    const seen = words[at] as number
    let total = words[at + 1] as number
    if (seen === running) return total
    if (total !== 0) {
      const gone = Math.min(running - seen, this.#slots)
      for (let step = 1; step <= gone; step++) {
        const slot = (seen + step) % this.#slots
        const counted = this.#get(slab, base, slot)
        if (counted === 0) continue
        total -= counted
        this.#set(slab, base, slot, 0)
      }
      words[at + 1] = total
    }
    words[at] = running
    return total
  }

  resetMs(slab: Slab, base: number, now: number): number {
    if (this.used(slab, base, now) === 0) return 0
    const running = Math.floor(now / this.#partMs)
    for (let back = this.#slots - 1; back > 0; back--) {
      if (running >= back && this.#get(slab, base, (running - back) % this.#slots) > 0) {
        return (running - back + this.#slots) * this.#partMs - now
      }
    }
    return (running + this.#slots) * this.#partMs - now
  }

  #get(slab: Slab, base: number, slot: number): number {
    const first = base + this.#offset + 2
    if (this.#width === 1) return slab.bytes[first * 4 + slot] as number
    return (this.#width === 2 ? slab.halves[first * 2 + slot] : slab.words[first + slot]) as number
  }

  #set(slab: Slab, base: number, slot: number, value: number): void {
    const first = base + this.#offset + 2
    if (this.#width === 1) slab.bytes[first * 4 + slot] = value
    else if (this.#width === 2) slab.halves[first * 2 + slot] = value
    else slab.words[first + slot] = value
  }
}
