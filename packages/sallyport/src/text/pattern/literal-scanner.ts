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

/**
 * Completes the trie breadth first: a missing step goes where the longest proper suffix would go, whose row is complete
 * before it is copied. So the rows that prose keeps coming back to also lie together.
 */
function buildAutomaton({ width, words }: Alphabet): Automaton {
  const { size, child, sibling, stepTo, literals } = buildTrie(words)
  const next = new Int32Array(size * width)
  const shorter = new Int32Array(size)
  const failure = new Int32Array(size)
  const order = new Int32Array(size)
  const outputs = [literals[0] ?? []]
  let filled = 1
  for (let at = 0; at < size; at++) {
    const row = at * width
    const fail = (failure[at] as number) * width
    if (at > 0) next.copyWithin(row, fail, fail + width)
    for (let node = child[order[at] as number] as number; node !== 0; node = sibling[node] as number) {
      const cell = row + (stepTo[node] as number)
      const detour = next[cell] as number
      const suffix = (detour < 0 ? ~detour : detour) / width
      const nodeAt = filled++
      const ending = literals[node] ?? []
      order[nodeAt] = node
      outputs[nodeAt] = ending
      failure[nodeAt] = suffix
      shorter[nodeAt] = outputs[suffix]?.length ? suffix : (shorter[suffix] as number)
      next[cell] = ending.length > 0 || shorter[nodeAt] !== 0 ? ~(nodeAt * width) : nodeAt * width
    }
  }
  return { next, outputs, shorter }
}

/** A trie in arrays: node 0 is the root, and 0 as a child or sibling means there is none. */
function buildTrie(words: Alphabet['words']) {
  const most = words.reduce((sum, word) => sum + word.steps.length, 1)
  const child = new Int32Array(most)
  const sibling = new Int32Array(most)
  const stepTo = new Uint16Array(most)
  const literals: (readonly number[])[] = []
  let size = 1
  for (const word of words) {
    let node = 0
    for (const step of word.steps) {
      let to = child[node] as number
      while (to !== 0 && stepTo[to] !== step) to = sibling[to] as number
      if (to === 0) {
        to = size++
        stepTo[to] = step
        sibling[to] = child[node] as number
        child[node] = to
      }
      node = to
    }
    literals[node] = word.literals
  }
  return { size, child, sibling, stepTo, literals }
}
