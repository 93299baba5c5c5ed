import type { ViewStream } from '../../text/view.ts'
import type { CopyScan } from './copy-scan.ts'
import { letterKind, SYLLABLE_WEIGHT } from './letter.ts'

/** Read text that a view keeps for those derived from it, and how much more may pile up before it is trimmed. */
const KEPT = 256
const TRIM_ABOVE = 1024

/** Hands the letters of a view to scans, as they come. */
export class ViewLetters {
  readonly #view: ViewStream
  readonly #scans: readonly CopyScan[]
  #read = 0

  constructor(view: ViewStream, scans: readonly CopyScan[]) {
    this.#view = view
    this.#scans = scans
  }

  push(chunk: string, end: boolean): void {
    const view = this.#view
    view.push(chunk, end)
    const { text, base } = view
    let at = this.#read - base
    while (at < text.length) {
      const code = text.codePointAt(at) ?? 0
      const length = code > 0xffff ? 2 : 1
      const kind = letterKind(code)
      if (kind !== 'other') {
        const start = view.startAt(base + at)
        const stop = view.endAt(base + at + length - 1)
        const times = kind === 'syllable' ? SYLLABLE_WEIGHT : 1
        for (const scan of this.#scans) for (let time = 0; time < times; time++) scan.push(code, start, stop)
      }
      at += length
    }
    this.#read = base + at
    for (const scan of this.#scans) {
      scan.passTo(view.consumed)
      if (end) scan.end()
    }
  }

  /** Forgets what was read. Views share text, so only once all of them have been read. */
  trim(): void {
    if (this.#read - KEPT - this.#view.base > TRIM_ABOVE) this.#view.trim(this.#read - KEPT)
  }

  /** Original offset before which no scan can find a passage any more. */
  get settled(): number {
    let settled = this.#view.consumed
    for (const scan of this.#scans) settled = Math.min(settled, scan.pendingFrom ?? settled)
    return settled
  }
}

/** Reads the letters of a finished text; offsets are places in it. */
export function readLetters(text: string, scans: readonly CopyScan[]): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    const start = at
    if (code > 0xffff) at++
    const kind = letterKind(code)
    if (kind === 'other') continue
    const times = kind === 'syllable' ? SYLLABLE_WEIGHT : 1
    for (const scan of scans) for (let time = 0; time < times; time++) scan.push(code, start, at + 1)
  }
  for (const scan of scans) scan.end()
}
