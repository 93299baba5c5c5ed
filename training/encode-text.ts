import {
  FeatureReader,
  type FeatureSink,
} from '../packages/sallyport/src/guards/prompt-injection/model/feature-reader.ts'
import { wordFeatures } from '../packages/sallyport/src/guards/prompt-injection/model/word-features.ts'
import { openDecoder } from '../packages/sallyport/src/text/open-decoder.ts'
import { openView } from '../packages/sallyport/src/text/open-view.ts'
import { GrowingInts } from './growing-ints.ts'

/**
 * The features of a text, sentence after sentence: the text itself is stream 0, and each run in it that decodes to
 * something is a stream of its own. A sentence is {@link UNIT_HEADER} numbers (stream, start, end, distinct tokens, words,
 * rows; offsets are those of the original text, in a decoded stream those of the run), then the words, by their number
 * in {@link knownWords}, then the rows of their neighbourhoods. One array holds it all, because a training run reads hundreds of
 * thousands of texts many times.
 */
export type EncodedText = Uint32Array

export const UNIT_HEADER = 6

/** Every word met so far: the rows of word `n` are `rows[starts[n]]` to `rows[starts[n + 1]]`, its own first. */
export const knownWords = { starts: new GrowingInts(), rows: new GrowingInts() }
knownWords.starts.push(0)

interface NumberedWord {
  readonly hash: number
  readonly kind: number
  readonly number: number
}

const words = new Map<string, NumberedWord>()

/** Only the beginning of long texts is used for training. */
const MAX_LENGTH = 12_000

/** What the shipped reader sees in a text. */
export function encodeText(text: string, limit = MAX_LENGTH): EncodedText {
  const whole = text.length > limit ? text.slice(0, limit) : text
  const view = openView('leet')
  view.push(whole, true)
  const encoded: number[] = []
  readUnits(encoded, 0, view.text, (start, end) => [view.startAt(start), view.endAt(end - 1)])
  for (const [index, segment] of openDecoder().push(whole, true).entries()) {
    readUnits(encoded, index + 1, segment.text, () => [segment.start, segment.end])
  }
  return Uint32Array.from(encoded)
}

function readUnits(
  encoded: number[],
  stream: number,
  text: string,
  place: (start: number, end: number) => readonly [start: number, end: number],
): void {
  let found: number[] = []
  let rows: number[] = []
  const sink: FeatureSink<NumberedWord> = {
    word: (whole, from, to) => numbered(whole.slice(from, to)),
    addWord: ({ number }) => found.push(number),
    addRow: (row) => rows.push(row),
    endUnit: (unit) => {
      if (unit.tokens === 0) [found, rows] = [[], []]
      const [start, end] = place(unit.start, unit.end)
      encoded.push(stream, start, end, unit.tokens, found.length, rows.length)
      for (const word of found) encoded.push(word)
      for (const row of rows) encoded.push(row)
      ;[found, rows] = [[], []]
    },
  }
  new FeatureReader(sink).read(text, 0, true)
}

function numbered(word: string): NumberedWord {
  let known = words.get(word)
  if (!known) {
    const { hash, kind, rows } = wordFeatures(word)
    words.set(word, (known = { hash, kind, number: words.size }))
    for (const row of rows) knownWords.rows.push(row)
    knownWords.starts.push(knownWords.rows.length)
  }
  return known
}
