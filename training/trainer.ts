import { BUCKETS, partWeight } from '../packages/sallyport/src/guards/prompt-injection/model/word-features.ts'
import { windowNorm } from '../packages/sallyport/src/guards/prompt-injection/model/windows.ts'
import type { HeadFile } from '../packages/sallyport/src/guards/prompt-injection/model/model-format.ts'
import { type EncodedText, knownWords, UNIT_HEADER } from './encode-text.ts'
import { Random } from './random.ts'
import { type Choice, WindowTable } from './window-table.ts'

/** The two readings of a text: what a user asks, and what stands in a document or tool result. */
export type Head = 'user' | 'document'

export interface Example {
  readonly encoded: EncodedText
  readonly attack: boolean
  readonly heads: readonly Head[]
  readonly weight: number
  /** Original range that is the attack; windows elsewhere do not count as found. */
  readonly span?: { readonly start: number; readonly end: number }
}

export interface Weights {
  readonly user: Float32Array
  readonly document: Float32Array
  readonly bias: Record<Head, number>
}

export interface Settings {
  readonly epochs: number
  readonly rate: number
  /** Pull towards zero, per update of a row. */
  readonly decay: number
  readonly seed: number
}

export const SETTINGS: Settings = { epochs: 16, rate: 0.1, decay: 1e-4, seed: 20261122 }

/** How the length of a text counts, by head; see `lengthPenalty`. Set by the folds' recall at fixed rates. */
export const LENGTH_SLOPES: Readonly<Record<Head, Pick<HeadFile, 'shortSlope' | 'longSlope'>>> = {
  user: { shortSlope: 0.6, longSlope: 0.6 },
  document: { shortSlope: 0.3, longSlope: 0.6 },
}

/** An example whose window was off by less than this is known, and mostly skipped until it is asked about again. */
const KNOWN_ERROR = 0.03
const KNOWN_SKIPPED = 0.75

/**
 * Logistic regression over hashed features, learned on windows: of a harmless text the window that looks worst, of an
 * attack the one that looks worst or the whole. Weights common to both heads carry what one head has seen over to the
 * other. AdaGrad, one pass of shuffled examples per epoch; the same seed gives the same weights.
 */
export function trainModel(examples: readonly Example[], settings: Settings = SETTINGS): Weights {
  const random = new Random(settings.seed)
  const learner = new Learner(settings)
  const order = examples.map((_, index) => index)
  const errors = new Float32Array(examples.length).fill(1)
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    learner.rate = settings.rate * (1 - (0.8 * epoch) / settings.epochs)
    for (const index of random.shuffled(order)) {
      const example = examples[index] as Example
      if (errors[index]! < KNOWN_ERROR && random.next() < KNOWN_SKIPPED) continue
      let error = 0
      for (const head of example.heads) error = Math.max(error, learner.study(example, head, epoch, random))
      errors[index] = error
    }
    if (epoch >= settings.epochs / 2) learner.remember()
  }
  return learner.weights()
}

function choiceFor({ attack, span }: Example, epoch: number, chance: number): Choice {
  if (span === undefined && (epoch === 0 || chance < (attack ? 0.4 : 0.15))) return 'widest'
  return !attack && chance > 0.85 ? 'any' : 'worst'
}

/** Of each row the weight common to both heads, that of either head, and one place unused: what is read together lies together. */
const STRIDE = 4
const OWN = { user: 1, document: 2 } as const
const START_OF_SQUARES = 0.1

class Learner {
  rate = 0.1
  readonly #decay: number
  readonly #weights = new Float32Array(STRIDE * BUCKETS)
  readonly #squares = new Float32Array(STRIDE * BUCKETS).fill(START_OF_SQUARES)
  readonly #bias: Record<Head, number> = { user: -1, document: -1 }
  /** Sums of the weights at the ends of the later epochs: their mean is steadier than the last. */
  readonly #sums = { user: new Float32Array(BUCKETS), document: new Float32Array(BUCKETS) }
  readonly #biasSums: Record<Head, number> = { user: 0, document: 0 }
  readonly #windows = new WindowTable()
  #remembered = 0

  constructor({ decay }: Settings) {
    this.#decay = decay
  }

  /** Learns from one window of the example; gives back how far off it was. */
  study(example: Example, head: Head, epoch: number, random: Random): number {
    const windows = this.#windows
    windows.open(example.encoded)
    sumUnits(windows, example.encoded, this.#weights, STRIDE, OWN[head])
    const choice = choiceFor(example, epoch, random.next())
    return windows.choose(choice, example.span, () => random.next()) ? this.#learn(example, head) : 0
  }

  /** Moves the weights of the chosen window towards the label of the example. */
  #learn(example: Example, head: Head): number {
    const { from, to, score, tokens, at } = this.#windows
    const margin = score + this.#bias[head]
    const error = (example.attack ? 1 : 0) - 1 / (1 + Math.exp(-margin))
    if (Math.abs(error) < 0.01) return Math.abs(error)
    const step = error * example.weight
    this.#bias[head] += 0.02 * this.rate * step
    const gradient = step * windowNorm(tokens)
    const own = OWN[head]
    const text = example.encoded
    const starts = knownWords.starts.values
    const rows = knownWords.rows.values
    for (let index = from; index < to; index++) {
      const unit = at[index]!
      const firstRow = unit + UNIT_HEADER + text[unit + 4]!
      for (let place = unit + UNIT_HEADER; place < firstRow; place++) {
        const word = text[place]!
        const start = starts[word]!
        const end = starts[word + 1]!
        this.#update(rows[start]!, own, gradient)
        const part = gradient * partWeight(end - start - 1)
        for (let row = start + 1; row < end; row++) this.#update(rows[row]!, own, part)
      }
      const end = firstRow + text[unit + 5]!
      for (let place = firstRow; place < end; place++) this.#update(text[place]!, own, gradient)
    }
    return Math.abs(error)
  }

  #update(row: number, own: number, gradient: number): void {
    const weights = this.#weights
    const squares = this.#squares
    const shared = STRIDE * row
    const mine = shared + own
    const square = gradient * gradient
    squares[shared]! += square
    squares[mine]! += square
    weights[shared]! += this.rate * (gradient / Math.sqrt(squares[shared]!) - this.#decay * weights[shared]!)
    weights[mine]! += this.rate * ((0.5 * gradient) / Math.sqrt(squares[mine]!) - 2 * this.#decay * weights[mine]!)
  }

  /** Counts the weights of this moment into the mean. */
  remember(): void {
    this.#remembered++
    for (const head of ['user', 'document'] as const) {
      const sums = this.#sums[head]
      for (let row = 0; row < BUCKETS; row++) {
        sums[row]! += this.#weights[STRIDE * row]! + this.#weights[STRIDE * row + OWN[head]]!
      }
      this.#biasSums[head] += this.#bias[head]
    }
  }

  weights(): Weights {
    const mean = (sums: Float32Array): Float32Array => sums.map((sum) => sum / this.#remembered)
    return {
      user: mean(this.#sums.user),
      document: mean(this.#sums.document),
      bias: {
        user: this.#biasSums.user / this.#remembered,
        document: this.#biasSums.document / this.#remembered,
      },
    }
  }
}

/**
 * Sums up the features of each sentence under a table with `stride` places a row: the first and the one at `own` are
 * added, or the first alone when `own` is 0. Written for speed: training spends its time here.
 */
function sumUnits(windows: WindowTable, text: EncodedText, table: Float32Array, stride: number, own: number): void {
  const { at, sums, count } = windows
  const starts = knownWords.starts.values
  const rows = knownWords.rows.values
  const weight = (row: number): number =>
    own === 0 ? table[stride * row]! : table[stride * row]! + table[stride * row + own]!
  for (let index = 0; index < count; index++) {
    const unit = at[index]!
    const firstRow = unit + UNIT_HEADER + text[unit + 4]!
    let sum = 0
    for (let place = unit + UNIT_HEADER; place < firstRow; place++) {
      const word = text[place]!
      const start = starts[word]!
      const end = starts[word + 1]!
      let parts = 0
      for (let row = start + 1; row < end; row++) parts += weight(rows[row]!)
      sum += weight(rows[start]!) + parts * partWeight(end - start - 1)
    }
    const end = firstRow + text[unit + 5]!
    for (let place = firstRow; place < end; place++) sum += weight(text[place]!)
    sums[index] = sum
  }
}

const scoring = new WindowTable()

/** The worst window of a text: what the shipped scan computes, before the penalty for length; -Infinity of no text. */
export function scoreText(text: EncodedText, weights: Weights, head: Head): number {
  scoring.open(text)
  sumUnits(scoring, text, weights[head], 1, 0)
  return scoring.choose('worst', undefined, () => 0) ? scoring.score + weights.bias[head] : -Infinity
}
