import type { ViewName } from '../guard/rule.ts'
import type { DecodedSegment, DecodeStream, ViewStream } from '../text/view.ts'
import { openDecoder } from '../text/open-decoder.ts'
import { openViews } from '../text/open-view.ts'
import type { CompiledRule, RuleSet, ViewRules } from './compile-rules.ts'
import { ViewScan } from './view-scan.ts'

/** A rule's match at a span of the original text. */
export interface RuleHit {
  readonly rule: CompiledRule
  readonly confidence: number
  readonly start: number
  readonly end: number
}

interface OpenView {
  readonly view: ViewStream
  readonly scan: ViewScan
  readonly holds: boolean
}

/** All declared rules of a gate over one text: each view is built once and scanned once, chunk by chunk. */
export class RuleScan {
  readonly #views: readonly OpenView[]
  readonly #decoder: DecodeStream | undefined
  readonly #decoded: ViewRules | undefined
  readonly #decodedHolds: boolean
  #hits: RuleHit[] = []
  #pushed = 0
  /** Characters read so far over all views, and decoded: the deterministic work budget counts these. */
  work = 0

  constructor(rules: RuleSet) {
    const names = [...rules.keys()].filter((name): name is Exclude<ViewName, 'decoded'> => name !== 'decoded')
    this.#views = openViews(names).map((view) => {
      const viewRules = rules.get(view.name) as ViewRules
      const scan = new ViewScan(view, viewRules, (rule, confidence, start, end) => {
        this.#hits.push({ rule, confidence, start: view.startAt(start), end: view.endAt(end - 1) })
      })
      return { view, scan, holds: viewRules.all.some((rule) => rule.holds) }
    })
    this.#decoded = rules.get('decoded')
    this.#decoder = this.#decoded ? openDecoder() : undefined
    this.#decodedHolds = this.#decoded?.all.some((rule) => rule.holds) ?? false
  }

  push(chunk: string, end: boolean): readonly RuleHit[] {
    this.#hits = []
    this.#pushed += chunk.length
    for (const { view, scan } of this.#views) {
      view.push(chunk, end)
      // A view that reads like the one it derives from can only repeat what that one finds.
      if (!view.differs && view.name !== 'original' && view.name !== 'folded') continue
      this.work += chunk.length
      scan.scan(end)
    }
    if (this.#decoder && this.#decoded) {
      const before = this.#decoder.work
      for (const segment of this.#decoder.push(chunk, end)) this.#scanSegment(segment, this.#decoded)
      this.work += this.#decoder.work - before
    }
    return this.#hits
  }

  /** Original offset before which no rule that holds text can match any more. */
  get settled(): number {
    let settled = this.#pushed
    for (const { view, scan, holds } of this.#views) {
      if (!holds) continue
      settled = Math.min(settled, view.consumed)
      const inView = scan.settled
      if (inView < view.base + view.text.length) settled = Math.min(settled, view.startAt(inView))
    }
    if (this.#decoder && this.#decodedHolds) settled = Math.min(settled, this.#decoder.settled)
    return settled
  }

  #scanSegment(segment: DecodedSegment, rules: ViewRules): void {
    this.work += segment.text.length
    const scan = new ViewScan(segmentView(segment), rules, (rule, confidence, from, to) => {
      // A segment may show plain text around the run; what lies only there has been found in the other views.
      const span = segment.spanOf ? segment.spanOf(from, to) : segment
      if (span) this.#hits.push({ rule, confidence, start: span.start, end: span.end })
    })
    scan.scan(true)
  }
}

/** A decoded run as a finished view: every character of it stands for the whole run. */
function segmentView({ text, start, end }: DecodedSegment): ViewStream {
  return {
    name: 'decoded',
    text,
    base: 0,
    consumed: end,
    differs: true,
    push: () => undefined,
    trim: () => undefined,
    startAt: () => start,
    endAt: () => end,
  }
}
