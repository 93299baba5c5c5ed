import type { Span } from '../../../guard/finding.ts'
import type { GuardContext, GuardScan, Match } from '../../../guard/guard.ts'
import { openDecoder } from '../../../text/open-decoder.ts'
import { openView } from '../../../text/open-view.ts'
import type { DecodedSegment } from '../../../text/view.ts'
import { type LoadedHead, loadHead, type ModelHead } from './load-head.ts'
import { WindowScorer } from './window-scorer.ts'

/** Windows from here on are evidence with a place. The strongest one below only tells one text's score from another's. */
const LEAST_CONFIDENCE = 0.3

/**
 * Opens the model's own pass over a text, or nothing where it has no say: on output, and on what the application itself
 * wrote. The same sentence is a request from a user and an attack inside a document, so the origin picks the weights.
 */
export function openModelScan({ stage, origin }: GuardContext): GuardScan | undefined {
  if (origin === 'developer' || stage === 'output' || stage === 'tool-call') return undefined
  const head: ModelHead = stage === 'input' && (origin === 'user' || origin === 'model') ? 'user' : 'document'
  return new ModelScan(loadHead(head))
}

/** One text read by one head. Windows end at sentences of the text, so chunks make no difference. */
export class ModelScan implements GuardScan {
  readonly #head: LoadedHead
  readonly #view = openView('leet')
  readonly #decoder = openDecoder()
  readonly #scorer: WindowScorer
  readonly #peaks: Peaks
  #found: Match[] = []
  /** The strongest opinion that is too weak to be evidence. */
  #whisper = 0
  #pushed = 0
  /** View position up to which the scorer has read. */
  #read = 0
  #ended = 0

  constructor(head: LoadedHead) {
    this.#head = head
    this.#peaks = new Peaks((match) => this.#found.push(match))
    const view = this.#view
    this.#scorer = new WindowScorer(
      head,
      (unit) => ({ start: view.startAt(unit.start), end: view.endAt(unit.end - 1) }),
      ({ raw, end, span }) => {
        const confidence = head.confidence(raw, end)
        if (confidence >= LEAST_CONFIDENCE) this.#peaks.add(span(), confidence)
        else this.#whisper = Math.max(this.#whisper, confidence)
      },
    )
  }

  push(chunk: string, end: boolean): readonly Match[] {
    const view = this.#view
    view.push(chunk, end)
    this.#ended += end ? 1 : 0
    this.#read += this.#scorer.read(view.text.slice(this.#read - view.base), this.#read, end)
    view.trim(this.#scorer.openUnit ?? this.#read)
    for (const segment of this.#decoder.push(chunk, end)) this.#readSegment(segment)
    this.#pushed += chunk.length
    if (end) {
      this.#peaks.flush()
      // Without extent: it counts in the score and is no finding.
      if (this.#whisper > 0) this.#found.push(matchOf({ start: this.#pushed, end: this.#pushed }, this.#whisper))
    }
    const found = this.#found
    this.#found = []
    return found
  }

  get settled(): number {
    if (this.#ended > 0) return Infinity
    const view = this.#view
    const open = Math.min(this.#scorer.openUnit ?? this.#read, this.#read)
    const viewed = open >= view.base + view.text.length ? view.consumed : view.startAt(open)
    return Math.min(this.#decoder.settled, this.#peaks.earliest ?? Infinity, this.#scorer.earliest ?? Infinity, viewed)
  }

  /** What a run decodes to is a text of its own; a match in it stands for the run. */
  #readSegment(segment: DecodedSegment): void {
    let best = 0
    const place = ({ start, end }: Span): Span => ({ start, end })
    const scorer = new WindowScorer(this.#head, place, ({ raw }) => {
      best = Math.max(best, this.#head.confidence(raw, segment.start))
    })
    scorer.read(segment.text, 0, true)
    if (best >= LEAST_CONFIDENCE) this.#found.push(matchOf(segment, best))
    else this.#whisper = Math.max(this.#whisper, best)
  }
}

/** Of windows that overlap only the worst is reported. */
class Peaks {
  readonly #report: (match: Match) => void
  #peak: { readonly window: Span; readonly confidence: number } | undefined

  constructor(report: (match: Match) => void) {
    this.#report = report
  }

  get earliest(): number | undefined {
    return this.#peak?.window.start
  }

  add(window: Span, confidence: number): void {
    const peak = this.#peak
    if (peak && window.start < peak.window.end) {
      if (confidence <= peak.confidence) return
    } else this.flush()
    this.#peak = { window, confidence }
  }

  flush(): void {
    if (this.#peak) this.#report(matchOf(this.#peak.window, this.#peak.confidence))
    this.#peak = undefined
  }
}

function matchOf({ start, end }: Span, confidence: number): Match {
  return {
    start,
    end,
    code: 'model',
    severity: confidence >= 0.8 ? 'high' : confidence >= 0.5 ? 'medium' : 'low',
    confidence: Math.round(confidence * 1e5) / 1e5,
    message: 'Reads like an attempt to take over a model.',
  }
}
