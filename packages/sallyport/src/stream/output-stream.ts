import type { Finding } from '../guard/finding.ts'
import type { Verdict } from '../guard/verdict.ts'
import type { DoubleReading } from '../compose/double-reading.ts'

/** What a chunk led to. */
export interface StreamStep {
  /** Text that may be sent now; may be empty while something could still become a match. */
  readonly text: string
  readonly findings: readonly Finding[]
  /** Why the text was denied; from then on nothing leaves. */
  readonly denied?: string
}

/** A text that is judged while it arrives. The parts sent are together a prefix of the edited whole. */
export class OutputStream {
  readonly #scan: DoubleReading
  #ended = false

  constructor(scan: DoubleReading) {
    this.#scan = scan
  }

  push(text: string): StreamStep {
    if (this.#ended) throw new TypeError('push() after end(): open a new stream for a new text.')
    return this.#step(text, false)
  }

  /** Ends the text and gives back what was held. */
  end(): StreamStep {
    if (this.#ended) return { text: '', findings: [] }
    this.#ended = true
    return this.#step('', true)
  }

  /** The verdict so far; final after `end()`. Its `text` is empty: a stream is not kept. */
  verdict(): Verdict {
    return this.#scan.verdict()
  }

  /** True once a placeholder was replaced by its value. */
  get restored(): boolean {
    return this.#scan.restored
  }

  #step(chunk: string, end: boolean): StreamStep {
    const { text, findings } = this.#scan.push(chunk, end)
    const { denied } = this.#scan
    return { text, findings, ...(denied !== undefined && { denied }) }
  }
}
