import { OffsetMap } from './offset-map.ts'

/** How many characters a view keeps before the index it was trimmed to: what its own decisions look back on. */
export const KEPT_BEFORE_TRIM = 128

/** Text of a view with its offset map; grows at the end, is trimmed at the start. */
export class ViewBuffer {
  text = ''
  base: number
  readonly map: OffsetMap

  constructor(base = 0) {
    this.base = base
    this.map = new OffsetMap(base)
  }

  get end(): number {
    return this.base + this.text.length
  }

  /** Appends text whose code units stand one by one for the original from `original` on. */
  appendEqual(text: string, original: number): void {
    this.text += text
    this.map.appendEqual(text.length, original)
  }

  /** Appends text that as a whole stands for `width` code units of the original. */
  appendSpan(text: string, original: number, width: number): void {
    this.text += text
    this.map.appendSpan(text.length, original, width)
  }

  trim(index: number): void {
    const cut = Math.min(index - KEPT_BEFORE_TRIM, this.end) - this.base
    if (cut <= 0) return
    this.text = this.text.slice(cut)
    this.base += cut
    this.map.trim(this.base)
  }
}
