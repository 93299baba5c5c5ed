/** Memory of many records, seen in three widths. */
export interface Slab {
  readonly words: Uint32Array
  readonly halves: Uint16Array
  readonly bytes: Uint8Array
}

export function newSlab(words: number): Slab {
  const buffer = new ArrayBuffer(words * 4)
  return { words: new Uint32Array(buffer), halves: new Uint16Array(buffer), bytes: new Uint8Array(buffer) }
}

/**
 * One limit over one window, kept in a piece of a record. `base` is the first word of the record, `now` milliseconds
 * since the limiter was made. All zero is an unused window.
 */
export interface Window {
  /** Words it takes. */
  readonly size: number
  /** Once a record was idle for so long, nothing in it counts any more. */
  readonly keepMs: number
  /** Milliseconds until `cost` units fit; 0 when they fit now, Infinity when never. */
  wait(slab: Slab, base: number, now: number, cost: number): number
  add(slab: Slab, base: number, now: number, cost: number): void
  /** Takes back units that were added at `then`, if they still count. */
  remove(slab: Slab, base: number, now: number, then: number, cost: number): void
  /** Units that count now. */
  used(slab: Slab, base: number, now: number): number
  /** Milliseconds until the first used units come back; 0 when none is in use. */
  resetMs(slab: Slab, base: number, now: number): number
}
