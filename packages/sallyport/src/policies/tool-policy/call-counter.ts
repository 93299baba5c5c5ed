import type { CallCounter } from '../../guard/tool-call.ts'

/** Callers and tools with a count of their own; beyond it calls are refused until old counts run out. */
const MAX_KEYS = 100_000
/** Kept takes of one key: a window is cut into at most this many pieces, rounded against the caller. */
const SLICES = 60

interface Used {
  readonly perSeconds: number
  /** Amounts by slice, oldest first. */
  slices: { readonly at: number; amount: number }[]
}

export interface MemoryCounterOptions {
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number
  /** Default 100,000. */
  readonly maxKeys?: number
}

/** Counts in the memory of this process, over sliding windows; a window is at most a sixtieth too long. */
export function memoryCallCounter({ now = Date.now, maxKeys = MAX_KEYS }: MemoryCounterOptions = {}): CallCounter {
  const keys = new Map<string, Used>()
  return {
    take: (key, amount, { max, perSeconds }) => {
      const time = now()
      const sliceMs = (perSeconds * 1_000) / SLICES
      let used = keys.get(key)
      if (used === undefined) {
        if (keys.size >= maxKeys) forget(keys, time)
        if (keys.size >= maxKeys) return false
        used = { perSeconds, slices: [] }
        keys.set(key, used)
      }
      used.slices = used.slices.filter(({ at }) => at + sliceMs + perSeconds * 1_000 > time)
      const sum = used.slices.reduce((total, slice) => total + slice.amount, 0)
      // `!(<=)`: an amount that is no number takes nothing.
      if (!(sum + amount <= max)) return false
      const at = Math.floor(time / sliceMs) * sliceMs
      const last = used.slices.at(-1)
      if (last?.at === at) last.amount += amount
      else used.slices.push({ at, amount })
      return true
    },
  }
}

/** Drops what has run out. */
function forget(keys: Map<string, Used>, time: number): void {
  for (const [key, { perSeconds, slices }] of keys) {
    const newest = slices.at(-1)?.at ?? 0
    if (newest + perSeconds * 1_000 * (1 + 1 / SLICES) <= time) keys.delete(key)
  }
}
