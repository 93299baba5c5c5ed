import {
  FeatureReader,
  type FeatureSink,
  type Unit,
} from '../packages/sallyport/src/guards/prompt-injection/model/feature-reader.ts'
import {
  wordFeatures,
  type WordFeatures,
} from '../packages/sallyport/src/guards/prompt-injection/model/word-features.ts'
import { openDecoder } from '../packages/sallyport/src/text/open-decoder.ts'
import { openView } from '../packages/sallyport/src/text/open-view.ts'

/** The features of one sentence: words, and rows of its neighbourhoods. */
export interface EncodedUnit {
  readonly words: readonly WordFeatures[]
  readonly rows: Uint32Array
  readonly tokens: number
  /** Original offsets; of a decoded run those of the run. */
  readonly start: number
  readonly end: number
}

/** The text, then each run that decodes to something: windows never reach from one stream into another. */
export type EncodedText = readonly (readonly EncodedUnit[])[]

const words = new Map<string, WordFeatures>()

/** Only the beginning of long texts is used for training. */
const MAX_LENGTH = 12_000

/** What the shipped reader sees in a text. */
export function encodeText(text: string, limit = MAX_LENGTH): EncodedText {
  const whole = text.length > limit ? text.slice(0, limit) : text
  const view = openView('leet')
  view.push(whole, true)
  const streams = [readUnits(view.text, (unit) => ({ start: view.startAt(unit.start), end: view.endAt(unit.end - 1) }))]
  for (const segment of openDecoder().push(whole, true)) {
    streams.push(readUnits(segment.text, () => ({ start: segment.start, end: segment.end })))
  }
  return streams.filter((units) => units.length > 0)
}

function readUnits(text: string, place: (unit: Unit) => { start: number; end: number }): EncodedUnit[] {
  const units: EncodedUnit[] = []
  let found: WordFeatures[] = []
  let rows: number[] = []
  const sink: FeatureSink<WordFeatures> = {
    word: (whole, from, to) => {
      const word = whole.slice(from, to)
      let known = words.get(word)
      if (!known) words.set(word, (known = wordFeatures(word)))
      return known
    },
    addWord: (word) => found.push(word),
    addRow: (row) => rows.push(row),
    endUnit: (unit) => {
      const isRead = unit.tokens > 0
      units.push({
        words: isRead ? found : [],
        rows: Uint32Array.from(isRead ? rows : []),
        tokens: unit.tokens,
        ...place(unit),
      })
      found = []
      rows = []
    },
  }
  new FeatureReader(sink).read(text, 0, true)
  return units
}
