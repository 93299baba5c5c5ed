import type { CharacterNode, LookaroundNode, PatternNode } from '../../packages/sallyport/src/text/pattern/index.ts'

export interface WorstCase {
  /** Characters a backtracking engine tests at most, in one attempt at one start, on the worst text found. */
  readonly steps: number
  /** That text. */
  readonly text: string
}

/** Texts followed at a time. A search and no proof: what it finds may fall short of the worst by a small factor. */
const BEAM = 6
const LONGEST_TEXT = 1500

/**
 * Searches the text on which one attempt of the pattern takes the most steps before it fails.
 *
 * A backtracking engine that fails tests the next character once for every way of reading the text so far. So we read
 * texts with all ways at once and count them, and keep extending the texts with the highest counts. Lookarounds are
 * taken to hold, and what reads against the direction of the text is charged with its own worst case each time; the end
 * never matches.
 */
export function worstCaseSteps(root: PatternNode, flags: string): WorstCase {
  return searchWorst(root, flags, 'ahead')
}

function searchWorst(root: PatternNode, flags: string, direction: Direction): WorstCase {
  const automaton = new Automaton(root, flags, direction)
  let worst: WorstCase = { steps: 0, text: '' }
  let beam: readonly Candidate[] = [{ ...automaton.enter(), text: '' }]
  for (let length = 0; length < LONGEST_TEXT && beam.length > 0; length++) {
    const next = new Map<string, Candidate>()
    for (const candidate of beam) {
      if (candidate.steps > worst.steps) worst = { steps: candidate.steps, text: candidate.text }
      for (const symbol of automaton.symbols) {
        const after = automaton.read(candidate, symbol)
        if (after === undefined) continue
        const extended = { ...after, text: candidate.text + automaton.characterOf(symbol) }
        const key = `${after.steps}:${[...after.ways.keys()].join()}`
        if (!next.has(key)) next.set(key, extended)
      }
    }
    beam = [...next.values()].sort((a, b) => b.steps - a.steps || b.ways.size - a.ways.size).slice(0, BEAM)
  }
  return worst
}

/** Engines match the body of a lookbehind from its end to its start (ECMA-262 §22.2.2.3). */
type Direction = 'ahead' | 'behind'

interface Candidate {
  /** In how many ways the text read so far leads to each state. */
  readonly ways: ReadonlyMap<number, number>
  readonly steps: number
  readonly text: string
}

/** The states that are reached without reading, each with the number of ways, and the steps lookarounds take on them. */
interface Closure {
  readonly ways: ReadonlyMap<number, number>
  readonly cost: number
}

interface State {
  readonly symbols: ReadonlySet<number>
  readonly next: Closure
}

/** The pattern with every repeat written out, so that it has no loops and each state is one place in the pattern. */
class Automaton {
  readonly symbols: readonly number[]
  readonly #states: State[] = []
  readonly #start: Closure
  readonly #characters: readonly string[]
  readonly #symbolsOf = new Map<string, ReadonlySet<number>>()
  readonly #flags: string

  readonly #direction: Direction

  constructor(root: PatternNode, flags: string, direction: Direction) {
    this.#flags = flags
    this.#direction = direction
    const nodes = new Map(charactersIn(root).map((node) => [node.source, node]))
    const matchers = [...nodes.values()].map((node) => new RegExp(`^${node.source}$`, flags.replaceAll(/[dgmy]/g, '')))
    const bySignature = new Map<string, string>()
    for (const character of sampleCharacters([...nodes.values()], flags)) {
      const signature = matchers.map((matcher) => (matcher.test(character) ? 1 : 0)).join('')
      if (signature.includes('1') && !bySignature.has(signature)) bySignature.set(signature, character)
    }
    const signatures = [...bySignature.keys()]
    this.#characters = [...bySignature.values()]
    this.symbols = signatures.map((_, symbol) => symbol)
    for (const [index, source] of [...nodes.keys()].entries()) {
      this.#symbolsOf.set(source, new Set(this.symbols.filter((symbol) => signatures[symbol]?.[index] === '1')))
    }
    this.#start = this.#build(root, NOWHERE)
  }

  enter(): Omit<Candidate, 'text'> {
    return { ways: this.#start.ways, steps: total(this.#start) }
  }

  read({ ways, steps }: Candidate, symbol: number): Omit<Candidate, 'text'> | undefined {
    const after = new Map<number, number>()
    let cost = 0
    let isRead = false
    for (const [index, count] of ways) {
      const state = this.#states[index]
      if (state === undefined || !state.symbols.has(symbol)) continue
      isRead = true
      cost += count * total(state.next)
      for (const [next, times] of state.next.ways) after.set(next, (after.get(next) ?? 0) + count * times)
    }
    return isRead ? { ways: after, steps: steps + cost } : undefined
  }

  characterOf(symbol: number): string {
    return this.#characters[symbol] ?? ''
  }

  /** A lookaround that reads on in the same direction is one more way of reading the text, which leads nowhere. */
  #lookaround(node: LookaroundNode, then: Closure): Closure {
    if (node.source === END_OF_TEXT) return { ways: new Map(), cost: 1 }
    // What a partial pattern has not decided ends at the end of the text, too.
    const after = node.source.includes(END_OF_TEXT) ? NOWHERE : then
    if (node.direction === this.#direction) return either(this.#build(node.body, NOWHERE), after)
    return { ways: after.ways, cost: after.cost + searchWorst(node.body, this.#flags, node.direction).steps }
  }

  /** What is reached on entering the node when `then` is what follows it. */
  #build(node: PatternNode, then: Closure): Closure {
    switch (node.kind) {
      case 'character': {
        const state = this.#states.push({ symbols: this.#symbolsOf.get(node.source) ?? new Set(), next: then }) - 1
        return { ways: new Map([[state, 1]]), cost: 0 }
      }
      case 'assertion':
        return then
      case 'lookaround':
        return this.#lookaround(node, then)
      case 'group':
        return this.#build(node.body, then)
      case 'alternation':
        return node.alternatives.map((alternative) => this.#build(alternative, then)).reduce(either)
      case 'sequence':
        return (this.#direction === 'ahead' ? node.items.toReversed() : node.items).reduce(
          (next, item) => this.#build(item, next),
          then,
        )
      case 'quantifier': {
        const max = node.max === Infinity ? Math.max(node.min, 64) : node.max
        let next = then
        for (let count = max; count > 0; count--) {
          const entered = this.#build(node.body, next)
          next = count > node.min ? either(entered, then) : entered
        }
        return next
      }
      default:
        return node satisfies never
    }
  }
}

const NOWHERE: Closure = { ways: new Map(), cost: 0 }

/** How partial patterns ask for the end, where the search never is: it always reads one more character. */
const END_OF_TEXT = '(?![\\s\\S])'

/** Each way is one test of the next character. */
function total({ ways, cost }: Closure): number {
  let sum = cost
  for (const count of ways.values()) sum += count
  return sum
}

function either(a: Closure, b: Closure): Closure {
  const ways = new Map(a.ways)
  for (const [state, count] of b.ways) ways.set(state, (ways.get(state) ?? 0) + count)
  return { ways, cost: a.cost + b.cost }
}

function charactersIn(node: PatternNode): readonly CharacterNode[] {
  switch (node.kind) {
    case 'character':
      return [node]
    case 'assertion':
      return []
    case 'group':
    case 'quantifier':
    case 'lookaround':
      return charactersIn(node.body)
    case 'alternation':
      return node.alternatives.flatMap(charactersIn)
    case 'sequence':
      return node.items.flatMap(charactersIn)
    default:
      return node satisfies never
  }
}

/** Characters enough to tell the classes of the pattern apart: ASCII, what it names, and some of other scripts. */
function sampleCharacters(nodes: readonly CharacterNode[], flags: string): Iterable<string> {
  const isUnicode = /[uv]/.test(flags)
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
  const named = nodes.flatMap(({ ranges }) =>
    ranges.flatMap(([first, last]) =>
      (isUnicode ? String.fromCodePoint(first, last) : String.fromCharCode(first, last)).split(
        isUnicode ? /(?:)/u : '',
      ),
    ),
  )
  return new Set([
    ...'abcxyz019 ',
    ...ascii,
    ...named,
    ...'éßжغदあ字한\u00a0\u200b\u0301。，「',
    ...(isUnicode ? ['😀'] : []),
  ])
}
