import { model } from './model.generated.ts'
import { type HeadFile, lengthPenalty } from './model-format.ts'
import { BUCKETS, partWeight, wordFeatures } from './word-features.ts'

/** How a text is read: as what a user asks, or as a document or tool result, where any order to a model is suspect. */
export type ModelHead = 'user' | 'document'

/** A word with all its own weights summed up. */
export interface WeighedWord {
  readonly hash: number
  readonly kind: number
  readonly sum: number
}

export interface LoadedHead {
  readonly weights: Int8Array
  readonly scale: number
  readonly bias: number
  /** The word `text[from..to)`, whose characters hash to `hash`. */
  word(text: string, from: number, to: number, hash: number): WeighedWord
  /** 0 to 1 for a window of a text of this length; see `training/model-card.md` for what it is calibrated to. */
  confidence(raw: number, length: number): number
}

const loaded = new Map<ModelHead, LoadedHead>()

/** The weights of one head. Decoded at first use, so that who never uses the model does not pay for it. */
export function loadHead(name: ModelHead): LoadedHead {
  let head = loaded.get(name)
  if (!head) loaded.set(name, (head = openHead(model[name])))
  return head
}

/** Places to remember words in, a power of two: a word stays until another one needs its place. */
const PLACES = 1 << 15

/** Decodes the weights of a head. */
export function openHead(file: HeadFile): LoadedHead {
  const weights = decodeBytes(file.weights)
  if (weights.length !== BUCKETS) throw new RangeError(`The model has ${weights.length} weights instead of ${BUCKETS}.`)
  const known: (RememberedWord | undefined)[] = Array.from({ length: PLACES }, () => undefined)
  return {
    weights,
    scale: file.scale,
    bias: file.bias,
    word(text, from, to, hash) {
      const place = (hash ^ (hash >>> 15)) & (PLACES - 1)
      const there = known[place]
      if (there !== undefined && isSame(there.text, text, from, to)) return there
      const word = weigh(copyOf(text, from, to), weights)
      known[place] = word
      return word
    },
    confidence: (raw, length) => interpolate(file.calibration, raw - lengthPenalty(file, length)),
  }
}

interface RememberedWord extends WeighedWord {
  readonly text: string
}

function isSame(word: string, text: string, from: number, to: number): boolean {
  if (word.length !== to - from) return false
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== text.charCodeAt(from + at)) return false
  return true
}

/** A string of its own: a slice would keep the whole text it was cut from in memory. */
function copyOf(text: string, from: number, to: number): string {
  const codes: number[] = []
  for (let at = from; at < to; at++) codes.push(text.charCodeAt(at))
  return String.fromCharCode(...codes)
}

function weigh(text: string, weights: Int8Array): RememberedWord {
  const { hash, kind, rows } = wordFeatures(text)
  let parts = 0
  for (let index = 1; index < rows.length; index++) parts += weights[rows[index]!]!
  return { text, hash, kind, sum: weights[rows[0]!]! + parts * partWeight(rows.length - 1) }
}

function decodeBytes(base64: string): Int8Array {
  const binary = atob(base64)
  const bytes = new Int8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/** Confidence of a raw score by a calibration. */
export function interpolate(points: HeadFile['calibration'], raw: number): number {
  let before = points[0]
  if (!before || raw <= before[0]) return before?.[1] ?? 0
  for (const point of points) {
    if (raw < point[0]) return before[1] + ((raw - before[0]) / (point[0] - before[0])) * (point[1] - before[1])
    before = point
  }
  return before[1]
}
