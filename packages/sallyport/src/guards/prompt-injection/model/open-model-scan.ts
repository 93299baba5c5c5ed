import type { Span } from '../../../guard/finding.ts'
import type { GuardContext, GuardScan, Match } from '../../../guard/guard.ts'
import { openDecoder } from '../../../text/open-decoder.ts'
import { openView } from '../../../text/open-view.ts'
import type { DecodedSegment } from '../../../text/view.ts'
import { type LoadedHead, loadHead, type ModelHead } from './load-head.ts'
import { WindowScorer } from './window-scorer.ts'

/**
 * Windows from here on are evidence with a place. Below, the strongest one only tells one text's score from another's; in
 * a long text, where a window by itself must weigh more, one that would do in a short text still speaks for a rule that matches there.
 */
const LEAST_CONFIDENCE = 0.3

/** A whole document shorter than this (a tool's description, a cell of a table) has nothing around it to tell an order by. */
const BRIEF_DOCUMENT = 100
/** What the model must be sure of to change one by itself; below, it says no more than is worth a record. */
const SURE = 0.9
const WORTH_A_RECORD = 0.74

/**
 * Opens the model's own pass over a text, or nothing where it has no say: on output, and on what the application itself
 * wrote. The same sentence is a request from a user and an attack inside a document, so the origin picks the weights.
 */
export function openModelScan({ stage, origin }: GuardContext): GuardScan | undefined {
  if (origin === 'developer' || stage === 'output' || stage === 'tool-call') return undefined
  const head: ModelHead = stage === 'input' && (origin === 'user' || origin === 'model') ? 'user' : 'document'
  return new ModelScan(loadHead(head), head === 'document')
}

/**
 * One text read by one head. Windows end at sentences of the text, so chunks make no difference. What a window says
 * depends on how long the whole text is, so the candidates wait for its end: text before the first of them may leave.
 */
export class ModelScan implements GuardScan {
  readonly #head: LoadedHead
  readonly #isDocument: boolean
  readonly #view = openView('leet')
  readonly #decoder = openDecoder()
  readonly #scorer: WindowScorer
  readonly #peaks = new Peaks()
  /** Apart from the windows of the text itself: when a run is decoded depends on the chunks. */
  readonly #decodedPeaks = new Peaks()
  /** The strongest window that is no candidate. */
  #whisper = -Infinity
  #pushed = 0
  /** View position up to which the scorer has read. */
  #read = 0
  #ended = false

  constructor(head: LoadedHead, isDocument = false) {
    this.#head = head
    this.#isDocument = isDocument
    const view = this.#view
    this.#scorer = new WindowScorer(
      head,
      (unit) => ({ start: view.startAt(unit.start), end: view.endAt(unit.end - 1) }),
      ({ raw, span }) => this.#take(this.#peaks, raw, span),
    )
  }

  push(chunk: string, end: boolean): readonly Match[] {
    const view = this.#view
    view.push(chunk, end)
    this.#pushed += chunk.length
    this.#read += this.#scorer.read(view.text.slice(this.#read - view.base), this.#read, end)
    view.trim(this.#scorer.openUnit ?? this.#read)
    for (const segment of this.#decoder.push(chunk, end)) this.#readSegment(segment)
    if (!end) return []
    this.#ended = true
    return this.#matches()
  }

  get settled(): number {
    if (this.#ended) return Infinity
    const view = this.#view
    const open = Math.min(this.#scorer.openUnit ?? this.#read, this.#read)
    const viewed = open >= view.base + view.text.length ? view.consumed : view.startAt(open)
    const candidates = Math.min(this.#peaks.earliest ?? Infinity, this.#decodedPeaks.earliest ?? Infinity)
    return Math.min(this.#decoder.settled, candidates, this.#scorer.earliest ?? Infinity, viewed)
  }

  /** What a run decodes to is a text of its own; a match in it stands for the run. */
  #readSegment(segment: DecodedSegment): void {
    let best = -Infinity
    const place = ({ start, end }: Span): Span => ({ start, end })
    const scorer = new WindowScorer(this.#head, place, ({ raw }) => (best = Math.max(best, raw)))
    scorer.read(segment.text, 0, true)
    this.#take(this.#decodedPeaks, best, () => segment)
  }

  /** A window is a candidate when it would be evidence in a short text. */
  #take(peaks: Peaks, raw: number, span: () => Span): void {
    if (this.#head.confidence(raw, 0) >= LEAST_CONFIDENCE) peaks.add(span(), raw)
    else this.#whisper = Math.max(this.#whisper, raw)
  }

  #reserved(confidence: number): number {
    const isBrief = this.#isDocument && this.#pushed < BRIEF_DOCUMENT
    return isBrief && confidence < SURE ? Math.min(confidence, WORTH_A_RECORD) : confidence
  }

  #matches(): Match[] {
    const found: Match[] = []
    let whisper = this.#whisper
    for (const { window, raw } of [...this.#peaks.all, ...this.#decodedPeaks.all]) {
      const confidence = this.#reserved(this.#head.confidence(raw, this.#pushed))
      const support = this.#head.confidence(raw, 0)
      if (confidence >= LEAST_CONFIDENCE) found.push(matchOf(window, confidence, support))
      else {
        found.push(matchOf({ start: window.start, end: window.start }, confidence, support))
        whisper = Math.max(whisper, raw)
      }
    }
    if (whisper > -Infinity) {
      // Without extent: it counts in the score and is no finding.
      const end = { start: this.#pushed, end: this.#pushed }
      found.push(matchOf(end, this.#head.confidence(whisper, this.#pushed)))
    }
    return found
  }
}

/** Most candidates of one text; of more the weakest are dropped, which keeps memory flat on hostile texts. */
const MAX_PEAKS = 512

/** Of windows that overlap only the worst is kept. */
class Peaks {
  #kept: { readonly window: Span; readonly raw: number }[] = []

  get earliest(): number | undefined {
    return this.#kept.length === 0 ? undefined : Math.min(...this.#kept.map(({ window }) => window.start))
  }

  get all(): readonly { readonly window: Span; readonly raw: number }[] {
    return this.#kept
  }

  add(window: Span, raw: number): void {
    const last = this.#kept.at(-1)
    if (last && window.start < last.window.end && last.window.start < window.end) {
      if (raw > last.raw) this.#kept[this.#kept.length - 1] = { window, raw }
      return
    }
    this.#kept.push({ window, raw })
    if (this.#kept.length > MAX_PEAKS) this.#dropWeakest()
  }

  #dropWeakest(): void {
    let weakest = 0
    for (const [index, { raw }] of this.#kept.entries()) if (raw < (this.#kept[weakest]?.raw ?? raw)) weakest = index
    this.#kept.splice(weakest, 1)
  }
}

function matchOf({ start, end }: Span, confidence: number, support = confidence): Match {
  return {
    start,
    end,
    code: 'model',
    severity: confidence >= 0.8 ? 'high' : confidence >= 0.5 ? 'medium' : 'low',
    confidence: rounded(confidence),
    ...(support > confidence && { support: rounded(support) }),
    message: 'Reads like an attempt to take over a model.',
  }
}

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5
}
