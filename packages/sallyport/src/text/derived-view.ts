import type { ViewName } from '../guard/rule.ts'
import { ViewBuffer } from './view-buffer.ts'
import type { ViewStream } from './view.ts'

/** A view another view can be derived from. */
export interface SourceView extends ViewStream {
  readonly buffer: ViewBuffer
}

/**
 * A view that mostly equals the one it derives from. Until the first difference it is that view, text, map and trimming
 * included; from then on it has its own.
 */
export abstract class DerivedView implements SourceView {
  abstract readonly name: ViewName
  protected readonly source: SourceView
  #own: ViewBuffer | undefined
  /** Absolute index in the source up to which this view is decided. */
  protected decided = 0
  /** Last characters of the own buffer: reading the buffer itself would flatten its rope at every word. */
  #tail = ''

  constructor(source: SourceView) {
    this.source = source
  }

  get buffer(): ViewBuffer {
    return this.#own ?? this.source.buffer
  }

  get text(): string {
    if (this.#own !== undefined) return this.#own.text
    const { text, base } = this.source
    return this.decided - base >= text.length ? text : text.slice(0, this.decided - base)
  }

  get base(): number {
    return this.buffer.base
  }

  get differs(): boolean {
    return this.#own !== undefined
  }

  get consumed(): number {
    const { source } = this
    return this.decided >= source.base + source.text.length ? source.consumed : source.startAt(this.decided)
  }

  startAt(index: number): number {
    return this.buffer.map.startAt(index)
  }

  endAt(index: number): number {
    return this.buffer.map.endAt(index)
  }

  trim(index: number): void {
    this.#own?.trim(index)
  }

  push(chunk: string, end: boolean): void {
    this.source.push(chunk, end)
    this.derive(end)
  }

  /** The last up to four characters of this view. */
  protected lastCharacters(): string {
    if (this.#own !== undefined) return this.#tail
    const at = this.decided - this.source.base
    return this.source.text.slice(Math.max(0, at - 4), at)
  }

  #append(text: string): void {
    this.#tail = (this.#tail + text.slice(-4)).slice(-4)
    if (this.#own !== undefined) this.#own.text += text
  }

  /** Decides as much of the source's new text as can be decided. */
  protected abstract derive(end: boolean): void

  /** Takes the source over unchanged up to `to` (absolute). */
  protected keep(to: number): void {
    if (this.#own !== undefined && to > this.decided) {
      const { text, base } = this.source
      this.#append(text.slice(this.decided - base, to - base))
      this.source.buffer.map.copyTo(this.#own.map, this.decided, to)
    }
    if (to > this.decided) this.decided = to
  }

  /** Puts `text` where the source has what lies between the decided part and `to` (absolute). */
  protected replace(text: string, to: number): void {
    const { source } = this
    if (this.#own === undefined) {
      this.#tail = this.lastCharacters()
      this.#own = new ViewBuffer(source.base)
      this.#own.text = source.text.slice(0, this.decided - source.base)
      source.buffer.map.copyTo(this.#own.map, source.base, this.decided)
    }
    if (text !== '') {
      const start = source.startAt(this.decided)
      this.#append(text)
      this.#own.map.appendSpan(text.length, start, source.endAt(to - 1) - start)
    }
    this.decided = to
  }
}
