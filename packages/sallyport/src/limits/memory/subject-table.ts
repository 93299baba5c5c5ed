import { INLINE_WORDS, KeyHash } from './key-hash.ts'
import { newSlab } from './window.ts'
import type { Slab } from './window.ts'

// Words of a record: hash of the key, second of the last visit, length of the key (low half, plus flags), requests
// under way, the packed key (beside the length: they are read together), the windows.
const HASH = 0
const VISITED = 1
const LENGTH = 2
const OPEN = 3
const KEY = 4
/** First word of the windows. */
export const HEADER_WORDS = KEY + INLINE_WORDS

const LIVE = 1 << 30
const LONG = 1 << 29
// Few slabs, so that finding one costs no miss; memory that nobody wrote to is not taken from the system.
const SLAB_BITS = 12
const SLAB_RECORDS = 1 << SLAB_BITS
const SLAB_MASK = SLAB_RECORDS - 1
const SHARED_RECORDS = 256
// An entry of the index: a sign bit for "in use", seven bits of the hash, 24 of the record. Four bytes, so that the index
// of a million keys stays in the processor's cache.
const IN_USE = 1 << 31
const TAG_MASK = 0x7f << 24
const RECORD_MASK = (1 << 24) - 1
// Records looked at for each new key: more than one, so that looking overtakes filling.
const SWEEP = 2
const SWEEP_WHEN_FULL = 16

export interface SubjectTableOptions {
  readonly maxKeys: number
  readonly windowWords: number
  /** Milliseconds after which an idle record counts for nothing. */
  readonly keepMs: number
  /** The same for a record with requests under way: by then nobody will end them. */
  readonly keepOpenMs: number
}

/**
 * Records by key in a few typed arrays: an open-addressed index of hash and record number, and records that hold the
 * whole key, which is compared at each look-up.
 *
 * Memory is bounded: at most `maxKeys` records. Only a record in which nothing counts any more is given to another key,
 * so nobody gets rid of a limit by making the table forget. When all are in use, further keys share 256 records by
 * hash: each of them may be limited early, none too late. A key that gets a record of its own later starts from what
 * its shared record had counted.
 */
export class SubjectTable {
  readonly #hash = new KeyHash()
  readonly #index: Int32Array
  readonly #mask: number
  readonly #slabs: (Slab | undefined)[]
  readonly #stride: number
  readonly #records: number
  readonly #long = new Map<number, string>()
  readonly #options: SubjectTableOptions
  readonly #free: number[] = []
  #used = 0
  #hand = 0

  constructor(options: SubjectTableOptions) {
    this.#options = options
    this.#stride = HEADER_WORDS + options.windowWords
    const records = options.maxKeys + SHARED_RECORDS
    this.#records = records
    this.#slabs = Array.from({ length: Math.ceil(records / SLAB_RECORDS) })
    let slots = 16
    while (slots < options.maxKeys * 1.5) slots *= 2
    this.#index = new Int32Array(slots)
    this.#mask = slots - 1
  }

  /** Keys with a record of their own. */
  get size(): number {
    return this.#used - this.#free.length
  }

  slab(record: number): Slab {
    return this.#slabs[record >>> SLAB_BITS] as Slab
  }

  base(record: number): number {
    return (record & SLAB_MASK) * this.#stride
  }

  isShared(record: number): boolean {
    return record >= this.#options.maxKeys
  }

  /** The key's record or -1. Shared records are not looked for. */
  find(key: string): number {
    return this.#find(key, this.#hash.hash(key))
  }

  /** The record that counts for this key, made if there is none; windows that are over are cleared. */
  visit(key: string, now: number): number {
    const hash = this.#hash.hash(key)
    let record = this.#find(key, hash)
    if (record < 0) record = this.#add(key, hash, now)
    const { words } = this.slab(record)
    const base = this.base(record)
    if (this.#isIdle(words, base, now)) this.#clear(words, base)
    words[base + VISITED] = Math.ceil(now / 1_000) || 1
    return record
  }

  open(record: number): number {
    return this.slab(record).words[this.base(record) + OPEN] as number
  }

  addOpen(record: number, change: 1 | -1): void {
    const { words } = this.slab(record)
    const at = this.base(record) + OPEN
    const open = words[at] as number
    if (change > 0 || open > 0) words[at] = open + change
  }

  /** Forgets what was used; what is under way stays. */
  clearWindows(record: number): void {
    const { words } = this.slab(record)
    const base = this.base(record)
    words.fill(0, base + HEADER_WORDS, base + this.#stride)
  }

  #find(key: string, hash: number): number {
    const index = this.#index
    const mask = this.#mask
    const tag = tagOf(hash)
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = index[slot] as number
      if (entry === 0) return -1
      const record = entry & RECORD_MASK
      if ((entry & ~RECORD_MASK) === tag && this.#holds(record, key)) return record
    }
  }

  #holds(record: number, key: string): boolean {
    const { words } = this.slab(record)
    const base = this.base(record)
    const { inline, packed } = this.#hash
    if (words[base + LENGTH] !== (key.length | LIVE | (inline ? 0 : LONG))) return false
    if (!inline) return this.#long.get(record) === key
    const at = base + KEY
    const count = (key.length + 3) >>> 2
    for (let word = 0; word < count; word++) if (words[at + word] !== packed[word]) return false
    return true
  }

  #add(key: string, hash: number, now: number): number {
    const { inline } = this.#hash
    for (let step = 0; step < SWEEP; step++) this.#sweepOne(now)
    for (let step = 0; step < SWEEP_WHEN_FULL && this.#isFull; step++) this.#sweepOne(now)
    const shared = this.#options.maxKeys + (hash & (SHARED_RECORDS - 1))
    if (this.#isFull) {
      this.#reach(shared)
      return shared
    }
    const record = this.#free.pop() ?? this.#used++
    this.#reach(record)
    const { words } = this.slab(record)
    const base = this.base(record)
    words[base + HASH] = hash
    words[base + OPEN] = 0
    words[base + LENGTH] = key.length | LIVE | (inline ? 0 : LONG)
    if (inline) words.set(this.#hash.packed, base + KEY)
    else this.#long.set(record, key)
    this.#startFrom(shared, words, base, now)
    let slot = hash & this.#mask
    while (this.#index[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#index[slot] = tagOf(hash) | record
    return record
  }

  /** What was counted for this key while it had no record of its own must not be forgotten. */
  #startFrom(shared: number, words: Uint32Array, base: number, now: number): void {
    const slab = this.#slabs[shared >>> SLAB_BITS]
    const from = this.base(shared)
    if (slab === undefined || slab.words[from + VISITED] === 0 || this.#isIdle(slab.words, from, now)) {
      this.#clear(words, base)
      return
    }
    words.set(slab.words.subarray(from + HEADER_WORDS, from + this.#stride), base + HEADER_WORDS)
    words[base + VISITED] = slab.words[from + VISITED] as number
  }

  get #isFull(): boolean {
    return this.#free.length === 0 && this.#used >= this.#options.maxKeys
  }

  #sweepOne(now: number): void {
    if (this.#used === 0) return
    if (this.#hand >= this.#used) this.#hand = 0
    const record = this.#hand++
    const { words } = this.slab(record)
    const base = this.base(record)
    if (((words[base + LENGTH] as number) & LIVE) === 0 || !this.#isIdle(words, base, now)) return
    this.#drop(record, words[base + HASH] as number)
    if (((words[base + LENGTH] as number) & LONG) !== 0) this.#long.delete(record)
    words[base + LENGTH] = 0
    this.#clear(words, base)
    this.#free.push(record)
  }

  #isIdle(words: Uint32Array, base: number, now: number): boolean {
    const idleMs = now - (words[base + VISITED] as number) * 1_000
    return idleMs >= (words[base + OPEN] === 0 ? this.#options.keepMs : this.#options.keepOpenMs)
  }

  #clear(words: Uint32Array, base: number): void {
    words[base + OPEN] = 0
    words.fill(0, base + HEADER_WORDS, base + this.#stride)
  }

  /** Takes an entry out of the index; those behind it move up, so that there are no gravestones. */
  #drop(record: number, hash: number): void {
    const index = this.#index
    const mask = this.#mask
    const entry = tagOf(hash) | record
    let hole = hash & mask
    while (index[hole] !== entry) hole = (hole + 1) & mask
    for (let slot = (hole + 1) & mask; index[slot] !== 0; slot = (slot + 1) & mask) {
      const home = this.#hashOf((index[slot] as number) & RECORD_MASK) & mask
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue
      index[hole] = index[slot] as number
      hole = slot
    }
    index[hole] = 0
  }

  #reach(record: number): void {
    const at = record >>> SLAB_BITS
    this.#slabs[at] ??= newSlab(this.#stride * Math.min(SLAB_RECORDS, this.#records - at * SLAB_RECORDS))
  }

  #hashOf(record: number): number {
    return this.slab(record).words[this.base(record) + HASH] as number
  }
}

function tagOf(hash: number): number {
  return IN_USE | (hash & TAG_MASK)
}
