// HalfSipHash-1-3 (Aumasson and Bernstein): short, keyed and made against hash flooding. Who does not know the key
// cannot choose ids that fall on one spot of the table.

/** Longest key that is kept inline, in characters of one byte each: the length of a UUID. */
export const INLINE_CHARACTERS = 36
export const INLINE_WORDS = INLINE_CHARACTERS / 4

/** Hashes keys with a seed of its own and leaves the packed characters behind for a comparison. */
export class KeyHash {
  /** The last key, four characters a word; valid only if `inline`. */
  readonly packed = new Uint32Array(INLINE_WORDS)
  /** True when the last key fits: short enough and of one-byte characters. */
  inline = true
  readonly #k0: number
  readonly #k1: number

  constructor(seed: Uint32Array = crypto.getRandomValues(new Uint32Array(2))) {
    this.#k0 = (seed[0] ?? 0) | 0
    this.#k1 = (seed[1] ?? 0) | 0
  }

  hash(key: string): number {
    const { length } = key
    if (length <= INLINE_CHARACTERS) {
      const hash = this.#hashBytes(key, length)
      if (this.inline) return hash
    }
    this.inline = false
    return this.#hashUnits(key, length)
  }

  #hashBytes(key: string, length: number): number {
    const { packed } = this
    let v0 = this.#k0
    let v1 = this.#k1
    let v2 = 0x6c796765 ^ v0
    let v3 = 0x74656462 ^ v1
    let seen = 0
    const whole = length & ~3
    let at = 0
    for (; at < whole; at += 4) {
      const a = key.charCodeAt(at)
      const b = key.charCodeAt(at + 1)
      const c = key.charCodeAt(at + 2)
      const d = key.charCodeAt(at + 3)
      seen |= a | b | c | d
      const word = a | (b << 8) | (c << 16) | (d << 24)
      packed[at >>> 2] = word
      v3 ^= word
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
      v0 ^= word
    }
    let rest = 0
    for (let shift = 0; at < length; at++, shift += 8) {
      const code = key.charCodeAt(at)
      seen |= code
      rest |= code << shift
    }
    if ((length & 3) !== 0) packed[length >>> 2] = rest
    this.inline = seen <= 0xff
    return finish(v0, v1, v2, v3, rest | (length << 24))
  }

  #hashUnits(key: string, length: number): number {
    let v0 = this.#k0
    let v1 = this.#k1
    let v2 = 0x6c796765 ^ v0
    let v3 = 0x74656462 ^ v1
    for (let at = 0; at < length; at += 2) {
      const word = key.charCodeAt(at) | ((at + 1 < length ? key.charCodeAt(at + 1) : 0) << 16)
      v3 ^= word
      v0 = (v0 + v1) | 0
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
      v0 = (v0 << 16) | (v0 >>> 16)
      v2 = (v2 + v3) | 0
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
      v0 = (v0 + v3) | 0
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
      v2 = (v2 + v1) | 0
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
      v2 = (v2 << 16) | (v2 >>> 16)
      v0 ^= word
    }
    return finish(v0, v1, v2, v3, length)
  }
}

function finish(a: number, b: number, c: number, d: number, word: number): number {
  let v0 = a
  let v1 = b
  let v2 = c
  let v3 = d ^ word
  for (let round = 0; round < 4; round++) {
    if (round === 1) {
      v0 ^= word
      v2 ^= 0xff
    }
    v0 = (v0 + v1) | 0
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
    v0 = (v0 + v3) | 0
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
    v2 = (v2 + v1) | 0
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
    v2 = (v2 << 16) | (v2 >>> 16)
  }
  return (v1 ^ v3) | 0
}
