import type { Span } from '../../../guard/finding.ts'
import { FeatureReader, type FeatureSink, type Unit } from './feature-reader.ts'
import type { LoadedHead, WeighedWord } from './load-head.ts'
import { MAX_WINDOW_TOKENS, MAX_WINDOW_UNITS, WINDOW_UNITS, windowNorm } from './windows.ts'

/** The highest-scoring window that ends at a sentence. */
export interface ScoredWindow {
  readonly raw: number
  /** Where it ends. */
  readonly end: number
  /** Its heaviest sentences, in positions given by `place`. */
  span(): Span
}

interface PlacedUnit {
  readonly start: number
  readonly end: number
  /** Weight of all units before this one. */
  readonly sumBefore: number
  readonly tokensBefore: number
}

/** Reads a growing text and scores windows of sentences; work per sentence is bounded. */
export class WindowScorer implements FeatureSink<WeighedWord> {
  readonly #head: LoadedHead
  readonly #weights: Int8Array
  readonly #place: (position: Span) => Span
  readonly #report: (window: ScoredWindow) => void
  readonly #reader: FeatureReader<WeighedWord>
  #sum = 0
  #sumBefore = 0
  #tokens = 0
  /** The sentences that a window may still reach back over, from `#first` on. */
  #units: PlacedUnit[] = []
  #first = 0

  constructor(head: LoadedHead, place: (position: Span) => Span, report: (window: ScoredWindow) => void) {
    this.#head = head
    this.#weights = head.weights
    this.#place = place
    this.#report = report
    this.#reader = new FeatureReader(this)
  }

  /** Characters of `text` that were read; the rest is to be passed again with what follows. */
  read(text: string, base: number, end: boolean): number {
    return this.#reader.read(text, base, end)
  }

  /** Where the first sentence starts that a later window may include. */
  get earliest(): number | undefined {
    return this.#units[this.#first]?.start
  }

  /** Where the sentence that is being read starts, in positions of the text. */
  get openUnit(): number | undefined {
    return this.#reader.openUnit
  }

  word(text: string, from: number, to: number, hash: number): WeighedWord {
    return this.#head.word(text, from, to, hash)
  }

  addWord(word: WeighedWord): void {
    this.#sum += word.sum
  }

  addRow(row: number): void {
    this.#sum += this.#weights[row]!
  }

  endUnit(unit: Unit): void {
    const units = this.#units
    const { start, end } = this.#place(unit)
    units.push({ start, end, sumBefore: this.#sumBefore, tokensBefore: this.#tokens })
    if (unit.tokens > 0) this.#sumBefore += this.#sum
    this.#sum = 0
    this.#tokens += unit.tokens
    while (
      this.#tokens - units[this.#first]!.tokensBefore > MAX_WINDOW_TOKENS ||
      units.length - this.#first > MAX_WINDOW_UNITS
    ) {
      this.#first++
    }
    if (this.#first > MAX_WINDOW_UNITS) {
      this.#units = units.slice(this.#first)
      this.#first = 0
    }
    this.#score()
  }

  #score(): void {
    const units = this.#units
    const last = units.length - 1
    let best = -Infinity
    let from = last
    for (let index = 0; index <= WINDOW_UNITS.length; index++) {
      const first = index < WINDOW_UNITS.length ? last + 1 - WINDOW_UNITS[index]! : this.#first
      if (first < this.#first) continue
      const { sumBefore, tokensBefore } = units[first]!
      const score = (this.#sumBefore - sumBefore) * windowNorm(this.#tokens - tokensBefore)
      if (score <= best) continue
      best = score
      from = first
    }
    const total = this.#sumBefore
    const raw = best * this.#head.scale + this.#head.bias
    this.#report({ raw, end: units[last]!.end, span: () => heaviest(units, from, last, total) })
  }
}

/** Neighbours of the heaviest sentence belong to it while they weigh this share of it. */
const SHARE = 0.35

/** The sentences of a window that make it suspicious: what is to be removed, without the harmless ones around. */
function heaviest(units: readonly PlacedUnit[], from: number, last: number, total: number): Span {
  const weight = (index: number): number => (units[index + 1]?.sumBefore ?? total) - units[index]!.sumBefore
  let peak = from
  for (let index = from; index <= last; index++) if (weight(index) > weight(peak)) peak = index
  const least = weight(peak) * SHARE
  let first = peak
  let final = peak
  while (first > from && weight(first - 1) >= least) first--
  while (final < last && weight(final + 1) >= least) final++
  return { start: units[first]!.start, end: units[final]!.end }
}
