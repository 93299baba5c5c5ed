import type { Span } from '../../guard/finding.ts'
import type { GuardScan, Match } from '../../guard/guard.ts'
import { openDecoder } from '../../text/open-decoder.ts'
import { openViews } from '../../text/open-view.ts'
import type { DecodedSegment } from '../../text/view.ts'
import { CopyScan } from './copy-scan.ts'
import { LeakJudge, type LeakThresholds } from './leak-judge.ts'
import { CANARY_GRAM, type ProtectedText, REACH } from './protected-text.ts'
import { readLetters, ViewLetters } from './view-letters.ts'

/** Compares a text, in every reading of it, with what must not come out. */
export class LeakScan implements GuardScan {
  readonly #secret: ProtectedText
  readonly #thresholds: LeakThresholds
  readonly #views: readonly ViewLetters[]
  readonly #decoder = openDecoder()
  #matches: Match[] = []

  constructor(secret: ProtectedText, thresholds: LeakThresholds) {
    this.#secret = secret
    this.#thresholds = thresholds
    const report = (match: Match): void => void this.#matches.push(match)
    // Each reading adds up for itself, so that the sum does not depend on the order in which they are read.
    // The folded view has no letters to add, but the others share its text, and it is trimmed here.
    this.#views = openViews(['folded', 'skeleton', 'leet']).map(
      (view) => new ViewLetters(view, view.name === 'folded' ? [] : this.#openScans(report, false)),
    )
  }

  push(chunk: string, end: boolean): readonly Match[] {
    this.#matches = []
    for (const view of this.#views) view.push(chunk, end)
    for (const view of this.#views) view.trim()
    for (const segment of this.#decoder.push(chunk, end)) this.#readSegment(segment)
    return this.#matches
  }

  get settled(): number {
    return Math.min(this.#decoder.settled, ...this.#views.map(({ settled }) => settled))
  }

  #openScans(report: (match: Match) => void, isEncoded: boolean): CopyScan[] {
    const { prompt, canaries, told } = this.#secret
    const scans: CopyScan[] = []
    if (prompt) {
      const judge = new LeakJudge(prompt.index, this.#thresholds, told)
      const onPassage: ConstructorParameters<typeof CopyScan>[0]['onPassage'] = (passage) => {
        const match = judge.judge(passage, isEncoded)
        if (match) report(match)
      }
      scans.push(new CopyScan({ ...prompt, reach: REACH, onPassage }))
    }
    if (canaries) scans.push(new CopyScan({ ...canaries, reach: CANARY_GRAM, onPassage: (at) => report(canary(at)) }))
    return scans
  }

  #readSegment(segment: DecodedSegment): void {
    const report = (match: Match): void => {
      // Plain text around an encoded run is in the other readings already.
      const span = segment.spanOf ? segment.spanOf(match.start, match.end) : segment
      if (span) this.#matches.push({ ...match, start: span.start, end: span.end })
    }
    readLetters(segment.text, this.#openScans(report, true))
  }
}

function canary({ start, end }: Span): Match {
  return {
    start,
    end,
    code: 'canary',
    severity: 'critical',
    confidence: 1,
    message: 'The text holds a canary of the system prompt.',
    replacement: '[canary]',
  }
}
