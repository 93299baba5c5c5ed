import { foldCase } from './character-set.ts'

/**
 * Finds many literals in one pass over a text that may come in chunks (Aho and Corasick 1975, as one dense table).
 *
 * ASCII letters are compared without case, and so are U+017F (long s) and U+212A (Kelvin sign), which a pattern with the
 * flags `iu` takes for `s` and `k`. Everything else is compared as UTF-16 code units.
 */
export class LiteralScanner {
  /** Per code unit: its class in the low half and, for a character that takes two steps, a second class in the high half. */
  readonly #classes: Uint32Array
  /** `state + class` to the next state; states are row offsets. Complemented when a literal ends there. */
  readonly #next: Int32Array
  readonly #width: number
  /** Per row: the literals that end there and the row with the next shorter ones, 0 for none. */
  readonly #outputs: readonly (readonly number[])[]
  readonly #shorter: Int32Array

  /** @throws TypeError for an empty literal. */
  constructor(literals: readonly string[]) {
    const alphabet = buildAlphabet(literals)
    const automaton = buildAutomaton(alphabet)
    this.#classes = alphabet.classes
    this.#width = alphabet.width
    this.#next = automaton.next
    this.#outputs = automaton.outputs
    this.#shorter = automaton.shorter
  }

  /** Bytes the tables take. */
  get byteLength(): number {
    return this.#classes.byteLength + this.#next.byteLength + this.#shorter.byteLength
  }

  /**
   * Scans `text` from index `from` on and reports every literal that ends there, with the index after its last unit.
   *
   * @param state - 0 at the start of a text, else what the scan of the chunk before returned.
   * @returns the state to go on with.
   */
  scan(text: string, from: number, state: number, onHit: (literalIndex: number, endIndex: number) => void): number {
    const classes = this.#classes
    const next = this.#next
    const length = text.length
    let row = state
    for (let index = from; index < length; index++) {
      const step = classes[text.charCodeAt(index)] as number
      if (step > 0xffff) row = next[row + (step & 0xffff)] as number
      row = next[row + (step > 0xffff ? step >>> 16 : step)] as number
      if (row < 0) {
        row = ~row
        this.#report(row, index + 1, onHit)
      }
    }
    return row
  }

  #report(row: number, end: number, onHit: (literalIndex: number, endIndex: number) => void): void {
    for (let at = row / this.#width; at !== 0; at = this.#shorter[at] ?? 0) {
      for (const literal of this.#outputs[at] ?? []) onHit(literal, end)
    }
  }
}

interface Alphabet {
  readonly classes: Uint32Array
  readonly width: number
  /** The literals in classes, sorted, each with the indices of the literals it stands for. */
  readonly words: readonly { readonly steps: readonly number[]; readonly literals: readonly number[] }[]
}

interface Automaton {
  readonly next: Int32Array
  readonly outputs: readonly (readonly number[])[]
  readonly shorter: Int32Array
}

/**
 * Gives every ASCII character in use a class. The others take two steps, over one class for each quotient and one for
 * each remainder of their rank, so that a thousand ideographs cost 64 columns and not a thousand.
 */
function buildAlphabet(literals: readonly string[]): Alphabet {
  const folded = new Map<string, number[]>()
  literals.forEach((literal, index) => {
    if (literal === '') throw new TypeError('LiteralScanner: a literal is empty.')
    const text = foldCase(literal)
    const same = folded.get(text)
    if (same === undefined) folded.set(text, [index])
    else same.push(index)
  })
  const used = new Uint8Array(0x10000)
  for (const text of folded.keys()) {
    for (let at = 0; at < text.length; at++) used[text.charCodeAt(at)] = 1
  }
  const classes = new Uint32Array(0x10000)
  let width = 1
  for (let unit = 0; unit < 0x80; unit++) if (used[unit] === 1) classes[unit] = width++
  const wide: number[] = []
  for (let unit = 0x80; unit < 0x10000; unit++) if (used[unit] === 1) wide.push(unit)
  const side = Math.ceil(Math.sqrt(wide.length))
  wide.forEach((unit, rank) => {
    classes[unit] = (width + Math.floor(rank / side)) | ((width + side + (rank % side)) << 16)
  })
  width += 2 * side
  for (let upper = 0x41; upper <= 0x5a; upper++) classes[upper] = classes[upper + 0x20] ?? 0
  classes[0x17f] = classes[0x73] ?? 0
  classes[0x212a] = classes[0x6b] ?? 0

  const words = [...folded].map(([text, indices]) => ({ steps: stepsOf(text, classes), literals: indices }))
  return { classes, width, words }
}

function stepsOf(text: string, classes: Uint32Array): readonly number[] {
  const steps: number[] = []
  for (let at = 0; at < text.length; at++) {
    const step = classes[text.charCodeAt(at)] ?? 0
    steps.push(step & 0xffff)
    if (step > 0xffff) steps.push(step >>> 16)
  }
  return steps
}

function buildAutomaton({ width, words }: Alphabet): Automaton {
  const most = words.reduce((sum, word) => sum + word.steps.length, 1)
  let next = new Int32Array(most * width)
  const outputs: number[][] = [[]]
  let rows = 1
  for (const { steps, literals } of words) {
    let row = 0
    for (const step of steps) {
      const at = row + step
      if (next[at] === 0) {
        next[at] = rows++ * width
        outputs.push([])
      }
      row = next[at] ?? 0
    }
    outputs[row / width]?.push(...literals)
  }
  next = next.slice(0, rows * width)
  const shorter = new Int32Array(rows)
  linkFailures(next, width, outputs, shorter)
  return { next, outputs, shorter }
}

/** Completes the table breadth first: a missing step goes where the longest proper suffix would go. */
function linkFailures(next: Int32Array, width: number, outputs: readonly number[][], shorter: Int32Array): void {
  const rows = outputs.length
  const failure = new Int32Array(rows)
  const queue = new Int32Array(rows)
  let filled = 1
  for (let head = 0; head < filled; head++) {
    const row = queue[head] ?? 0
    const suffix = failure[row / width] ?? 0
    for (let step = 1; step < width; step++) {
      const child = next[row + step] ?? 0
      const detour = row === 0 ? 0 : (next[suffix + step] ?? 0)
      if (child === 0) {
        next[row + step] = detour
        continue
      }
      queue[filled++] = child
      const fail = detour < 0 ? ~detour : detour
      const at = child / width
      failure[at] = fail
      const failAt = fail / width
      shorter[at] = outputs[failAt]?.length ? failAt : (shorter[failAt] ?? 0)
      if (outputs[at]?.length || shorter[at] !== 0) next[row + step] = ~child
    }
  }
}
