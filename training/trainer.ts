import { BUCKETS, partWeight } from '../packages/sallyport/src/guards/prompt-injection/model/word-features.ts'
import {
  MAX_WINDOW_TOKENS,
  MAX_WINDOW_UNITS,
  WINDOW_UNITS,
  windowNorm,
} from '../packages/sallyport/src/guards/prompt-injection/model/windows.ts'
import type { HeadFile } from '../packages/sallyport/src/guards/prompt-injection/model/model-format.ts'
import type { EncodedText, EncodedUnit } from './encode-text.ts'
import { Random } from './random.ts'

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

export const SETTINGS: Settings = { epochs: 5, rate: 0.15, decay: 1e-4, seed: 20261122 }

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
  const state = new Learner(settings)
  const order = examples.map((_, index) => index)
  const errors = new Float32Array(examples.length).fill(1)
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    state.rate = settings.rate * (1 - (0.8 * epoch) / settings.epochs)
    for (const index of random.shuffled(order)) {
      const example = examples[index] as Example
      const isKnown = (errors[index] as number) < KNOWN_ERROR
      if (isKnown && random.next() < KNOWN_SKIPPED) continue
      let error = 0
      for (const head of example.heads) {
        const window = chooseWindow(state.unitSums(example.encoded, head), example, epoch, random)
        if (window) error = Math.max(error, state.learn(example, head, window))
      }
      errors[index] = error
    }
    if (epoch >= settings.epochs / 2) state.remember()
  }
  return state.weights()
}

interface Window {
  readonly stream: number
  readonly from: number
  readonly to: number
  readonly score: number
  readonly tokens: number
}

function chooseWindow(
  sums: readonly Float64Array[],
  example: Example,
  epoch: number,
  random: Random,
): Window | undefined {
  const chance = random.next()
  const wantsWhole = example.span === undefined && (epoch === 0 || chance < (example.attack ? 0.4 : 0.15))
  const choice = wantsWhole ? 'widest' : !example.attack && chance > 0.85 ? 'any' : 'worst'
  let chosen: Window | undefined
  let count = 0
  for (const window of windowsOf(example.encoded, sums, example.span)) {
    count++
    const better =
      chosen === undefined ||
      (choice === 'worst'
        ? window.score > chosen.score
        : choice === 'widest'
          ? window.stream === 0 && window.tokens > chosen.tokens
          : random.next() < 1 / count)
    if (better) chosen = window
  }
  return chosen
}

function* windowsOf(
  text: EncodedText,
  sums: readonly Float64Array[],
  span?: { readonly start: number; readonly end: number },
): Generator<Window> {
  for (let stream = 0; stream < text.length; stream++) {
    const units = text[stream] as readonly EncodedUnit[]
    const scores = sums[stream] as Float64Array
    for (let last = 0; last < units.length; last++) {
      let sum = 0
      let tokens = 0
      let first = last
      let width = 0
      while (
        first >= 0 &&
        width < MAX_WINDOW_UNITS &&
        tokens + (units[first] as EncodedUnit).tokens <= MAX_WINDOW_TOKENS
      ) {
        sum += scores[first] as number
        tokens += (units[first] as EncodedUnit).tokens
        width++
        const next = units[first - 1]
        const isWidest = next === undefined || width === MAX_WINDOW_UNITS || tokens + next.tokens > MAX_WINDOW_TOKENS
        if (isWidest || WINDOW_UNITS.includes(width)) {
          const inside =
            span === undefined ||
            ((units[last] as EncodedUnit).end <= span.end + 2 && (units[first] as EncodedUnit).start >= span.start - 2)
          if (inside) yield { stream, from: first, to: last + 1, score: sum * windowNorm(tokens), tokens }
        }
        first--
      }
    }
  }
}

class Learner {
  rate = 0.1
  readonly #decay: number
  readonly #shared = new Float32Array(BUCKETS)
  readonly #own = { user: new Float32Array(BUCKETS), document: new Float32Array(BUCKETS) }
  readonly #sharedSquares = new Float32Array(BUCKETS).fill(0.1)
  readonly #ownSquares = { user: new Float32Array(BUCKETS).fill(0.1), document: new Float32Array(BUCKETS).fill(0.1) }
  readonly #bias: Record<Head, number> = { user: -1, document: -1 }
  /** Sums of the weights at the ends of the later epochs: their mean is steadier than the last. */
  readonly #sums = { user: new Float32Array(BUCKETS), document: new Float32Array(BUCKETS) }
  readonly #biasSums: Record<Head, number> = { user: 0, document: 0 }
  #remembered = 0

  constructor({ decay }: Settings) {
    this.#decay = decay
  }

  unitSums(text: EncodedText, head: Head): Float64Array[] {
    const shared = this.#shared
    const own = this.#own[head]
    return text.map((units) => Float64Array.from(units, (unit) => unitSum(unit, shared, own)))
  }

  /** Moves the weights towards the label of the example; gives back how far off the window was. */
  learn(example: Example, head: Head, window: Window): number {
    const margin = window.score + this.#bias[head]
    const error = (example.attack ? 1 : 0) - 1 / (1 + Math.exp(-margin))
    if (Math.abs(error) < 0.01) return Math.abs(error)
    const step = error * example.weight
    this.#bias[head] += 0.02 * this.rate * step
    const norm = windowNorm(window.tokens)
    const own = this.#own[head]
    const ownSquares = this.#ownSquares[head]
    const shared = this.#shared
    const sharedSquares = this.#sharedSquares
    const decay = this.#decay
    const rate = this.rate
    const update = (row: number, value: number): void => {
      const gradient = step * norm * value
      sharedSquares[row]! += gradient * gradient
      ownSquares[row]! += gradient * gradient
      const old = shared[row]!
      shared[row] = old + rate * (gradient / Math.sqrt(sharedSquares[row]!) - decay * old)
      own[row] = own[row]! + rate * ((0.5 * gradient) / Math.sqrt(ownSquares[row]!) - 2 * decay * own[row]!)
    }
    const units = example.encoded[window.stream] as readonly EncodedUnit[]
    for (let at = window.from; at < window.to; at++) {
      const unit = units[at] as EncodedUnit
      for (const { rows } of unit.words) {
        const part = partWeight(rows.length - 1)
        update(rows[0] as number, 1)
        for (let index = 1; index < rows.length; index++) update(rows[index] as number, part)
      }
      for (const row of unit.rows) update(row, 1)
    }
    return Math.abs(error)
  }

  /** Counts the weights of this moment into the mean. */
  remember(): void {
    this.#remembered++
    for (const head of ['user', 'document'] as const) {
      const [sums, own] = [this.#sums[head], this.#own[head]]
      for (let row = 0; row < BUCKETS; row++) sums[row]! += own[row]! + this.#shared[row]!
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

/** The sum of a unit's features under the sum of two tables. Written for speed: training spends its time here. */
function unitSum(unit: EncodedUnit, first: Float32Array, second: Float32Array): number {
  let sum = 0
  const { words, rows } = unit
  for (let word = 0; word < words.length; word++) {
    const own = words[word]!.rows
    const row = own[0]!
    sum += first[row]! + second[row]!
    let parts = 0
    for (let index = 1; index < own.length; index++) {
      const part = own[index]!
      parts += first[part]! + second[part]!
    }
    sum += parts * partWeight(own.length - 1)
  }
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    sum += first[row]! + second[row]!
  }
  return sum
}

const NOTHING = new Float32Array(BUCKETS)

/** How the length of a text counts, by head; see `lengthPenalty`. Set by the folds' recall at fixed rates. */
export const LENGTH_SLOPES: Readonly<Record<Head, Pick<HeadFile, 'shortSlope' | 'longSlope'>>> = {
  user: { shortSlope: 0.6, longSlope: 0.6 },
  document: { shortSlope: 0.3, longSlope: 0.6 },
}

/** The worst window of a text: what the shipped scan computes, before the penalty for length. */
export function scoreText(text: EncodedText, weights: Weights, head: Head): number {
  const table = weights[head]
  const sums = text.map((units) => Float64Array.from(units, (unit) => unitSum(unit, table, NOTHING)))
  let best = -Infinity
  for (const { score } of windowsOf(text, sums)) best = Math.max(best, score + weights.bias[head])
  return best
}
