/**
 * Milliseconds since the clock was made that never run backwards: a wall clock set back goes on from where it was, so
 * that setting it back neither frees nor freezes anybody.
 */
export function steadyClock(now: () => number): () => number {
  let last = now()
  let offset = -last
  return () => {
    const raw = now()
    if (raw < last) offset += last - raw
    last = raw
    return raw + offset
  }
}
