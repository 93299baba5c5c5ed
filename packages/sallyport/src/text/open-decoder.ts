import type { Span } from '../guard/finding.ts'
import type { EncodedRun, RunFinder } from './encoded-run.ts'
import { findBase64 } from './find-base64.ts'
import { findCiphers } from './find-ciphers.ts'
import { findEscapes } from './find-escapes.ts'
import { findHidden } from './find-hidden.ts'
import { findNumbers } from './find-numbers.ts'
import { openView } from './open-view.ts'
import type { DecodedSegment, DecodeStream } from './view.ts'

const MAX_DEPTH = 3
/** Text before the earliest open run that finders may look back on. */
const KEPT = 300
/**
 * What one finder's runs decode to, nested runs included, may be this many times the text up to there, and a little for short texts.
 * Counted for each finder, because which of several finds its run first depends on the chunks.
 */
const MAX_GROWTH = 3
const ALLOWANCE = 4096

const FINDERS: readonly RunFinder[] = [findHidden, findEscapes, findBase64, findNumbers, findCiphers]

/**
 * Opens a decoder of what stands encoded in a text: base64, base64url, base32, hexadecimal, binary and decimal character codes,
 * percent-encoding, HTML entities, backslash escapes, quoted-printable, backspaces, ROT13, reversed and upside-down text,
 * and the hidden channels `tag`, `variation-selector`, `zero-width` and `sneaky-bits`. Only what decodes to readable text is
 * reported. What was decoded is decoded again, three deep.
 *
 * Runs are decoded in pieces of at most 4,096 characters; what each kind of finder decodes is at most three times as
 * long as the text up to there plus 4,096 characters, and a run beyond that is left alone.
 */
export function openDecoder(): DecodeStream {
  return new Decoder(1)
}

class Decoder implements DecodeStream {
  readonly #depth: number
  work = 0
  #text = ''
  /** Absolute offset of the first character kept. */
  #base = 0
  /** For each finder the characters it has decoded. */
  readonly #decoded: number[] = FINDERS.map(() => 0)
  /** For each finder the absolute offset it has settled. */
  readonly #settled: number[] = FINDERS.map(() => 0)
  /** Characters taken in since the finders last looked. */
  #unread = 0

  constructor(depth: number) {
    this.#depth = depth
  }

  get settled(): number {
    return Math.min(...this.#settled)
  }

  push(chunk: string, end: boolean): readonly DecodedSegment[] {
    this.work += chunk.length
    this.#text += chunk
    this.#unread += chunk.length
    if (!end && this.#canWait(chunk)) return []
    this.#unread = 0
    const segments: DecodedSegment[] = []
    for (const [index, find] of FINDERS.entries()) {
      const from = (this.#settled[index] ?? 0) - this.#base
      const runs: EncodedRun[] = []
      const open = find({ text: this.#text, from, end }, (run) => runs.push(run))
      this.#settled[index] = this.#base + open
      for (const run of runs) this.#report(run, index, segments)
    }
    const cut = this.settled - KEPT - this.#base
    if (cut > 0) {
      this.#text = this.#text.slice(cut)
      this.#base += cut
    }
    return segments.sort((a, b) => a.start - b.start || a.end - b.end)
  }

  /** While a long run is open and only goes on, looking at all of it again with every chunk would cost its square. */
  #canWait(chunk: string): boolean {
    const pending = this.#base + this.#text.length - this.settled
    return pending > 256 && this.#unread < pending / 8 && /^[A-Za-z0-9+/_%;&#\\ -]*$/.test(chunk)
  }

  #report(run: EncodedRun, finder: number, segments: DecodedSegment[]): void {
    const base = this.#base
    const cap = MAX_GROWTH * (base + run.end) + ALLOWANCE
    const take = (length: number): boolean => {
      const total = (this.#decoded[finder] ?? 0) + length
      if (total > cap) return false
      this.#decoded[finder] = total
      return true
    }
    this.work += run.text.length
    if (!take(run.text.length)) return
    const segment = segmentOf(run, base)
    segments.push(segment)
    if (this.#depth === MAX_DEPTH) return
    const nestedDecoder = new Decoder(this.#depth + 1)
    const nestedSegments = nestedDecoder.push(run.text, true)
    this.work += nestedDecoder.work
    for (const inner of nestedSegments) {
      const nested = nestedSegment(run, base, inner)
      if (nested !== undefined && take(inner.text.length)) segments.push(nested)
    }
  }
}

function segmentOf(run: EncodedRun, base: number): DecodedSegment {
  const start = base + run.start
  const end = base + run.end
  const view = openView('folded')
  view.push(run.text, true)
  const { encoding } = run
  const spanOf = (from: number, to: number): Span | undefined =>
    spanOfDecoded(run, base, view.startAt(from), view.endAt(Math.max(from, to - 1)))
  return { encoding, text: view.text, start, end, spanOf }
}

function nestedSegment(run: EncodedRun, base: number, inner: DecodedSegment): DecodedSegment | undefined {
  const span = spanOfDecoded(run, base, inner.start, inner.end)
  if (span === undefined) return undefined
  const spanOf = (from: number, to: number): Span | undefined => {
    const within = inner.spanOf?.(from, to)
    return within === undefined ? undefined : spanOfDecoded(run, base, within.start, within.end)
  }
  return { encoding: `${run.encoding}>${inner.encoding}`, text: inner.text, ...span, spanOf }
}

/** The original range of a range of a run's decoded text; undefined when no character in it was encoded. */
function spanOfDecoded(run: EncodedRun, base: number, from: number, to: number): Span | undefined {
  const { units } = run
  if (units === undefined) return { start: base + run.start, end: base + run.end }
  let isEncoded = false
  for (let at = from; at < to && !isEncoded; at++) isEncoded = units[at]?.encoded ?? false
  const first = units[from]
  const last = units[to - 1]
  if (!isEncoded || first === undefined || last === undefined) return undefined
  // What stands before the run may have left a stream already.
  return { start: base + Math.max(run.start, first.start), end: base + Math.max(run.start + 1, last.end) }
}
