import {
  MAX_WINDOW_TOKENS,
  MAX_WINDOW_UNITS,
  WINDOW_UNITS,
  windowNorm,
} from '../packages/sallyport/src/guards/prompt-injection/model/windows.ts'
import { type EncodedText, UNIT_HEADER } from './encode-text.ts'

/** Which window is looked for: the highest-scoring one, the one that says most of the text, or one by chance. */
export type Choice = 'worst' | 'widest' | 'any'

const MAX_UNITS = 1 << 16
const STARTS = new Uint8Array(MAX_WINDOW_UNITS + 1)
for (const width of WINDOW_UNITS) STARTS[width] = 1

/** The sentences of one text at a time, and the windows over them. */
export class WindowTable {
  /** Where each sentence starts in the encoded text. */
  readonly at = new Uint32Array(MAX_UNITS)
  /** Filled by the caller: the sum of weights of each sentence. */
  readonly sums = new Float64Array(MAX_UNITS)
  count = 0
  /** The window that {@link choose} found: sentences `from` to `to`. */
  from = 0
  to = 0
  score = 0
  tokens = 0
  #text: EncodedText = new Uint32Array(0)

  open(text: EncodedText): void {
    this.#text = text
    let count = 0
    for (let at = 0; at < text.length; at += UNIT_HEADER + text[at + 4]! + text[at + 5]!) {
      if (count === MAX_UNITS) throw new RangeError('The text has too many sentences.')
      this.at[count++] = at
    }
    this.count = count
  }

  /** False when there is no window. With a span only windows inside it count; `random` is asked for `any` alone. */
  choose(
    choice: Choice,
    span: { readonly start: number; readonly end: number } | undefined,
    random: () => number,
  ): boolean {
    const { at, sums } = this
    const text = this.#text
    let seen = 0
    for (let last = 0; last < this.count; last++) {
      if (span !== undefined && text[at[last]! + 2]! > span.end + 2) continue
      const stream = text[at[last]!]!
      let sum = 0
      let tokens = 0
      let first = last
      for (let width = 1; width <= MAX_WINDOW_UNITS; width++) {
        const unit = at[first]!
        tokens += text[unit + 3]!
        if (tokens > MAX_WINDOW_TOKENS) break
        sum += sums[first]!
        const before = first === 0 ? undefined : at[first - 1]!
        const isWidest =
          before === undefined ||
          width === MAX_WINDOW_UNITS ||
          text[before] !== stream ||
          tokens + text[before + 3]! > MAX_WINDOW_TOKENS
        if ((isWidest || STARTS[width] === 1) && (span === undefined || text[unit + 1]! >= span.start - 2)) {
          const score = sum * windowNorm(tokens)
          seen++
          const isBetter =
            seen === 1 ||
            (choice === 'worst'
              ? score > this.score
              : choice === 'widest'
                ? stream === 0 && tokens > this.tokens
                : random() < 1 / seen)
          if (isBetter) {
            this.from = first
            this.to = last + 1
            this.score = score
            this.tokens = tokens
          }
        }
        if (before === undefined || text[before] !== stream) break
        first--
      }
    }
    return seen > 0
  }
}
