/**
 * Which original range each view character stands for. Kept as runs, because nearly all text maps one to one: plain prose
 * is a single run however long it is. Positions are absolute.
 */
export class OffsetMap {
  #view: number[] = []
  #original: number[] = []
  /** 0: each view character of the run stands for one original code unit. Else: all of them for this many. */
  #width: number[] = []
  #end: number

  constructor(base = 0) {
    this.#end = base
  }

  /** Absolute view index after the last character. */
  get end(): number {
    return this.#end
  }

  /** Appends `count` view characters which stand one by one for the code units from `original` on. */
  appendEqual(count: number, original: number): void {
    const last = this.#view.length - 1
    const continues =
      last >= 0 && this.#width[last] === 0 && this.#original[last]! + (this.#end - this.#view[last]!) === original
    if (!continues) this.#open(original, 0)
    this.#end += count
  }

  /** Appends `count` view characters which all stand for the `width` code units from `original` on. */
  appendSpan(count: number, original: number, width: number): void {
    if (count === width && count === 1) return this.appendEqual(1, original)
    this.#open(original, width)
    this.#end += count
  }

  startAt(index: number): number {
    const run = this.#find(index)
    const original = this.#original[run] ?? 0
    return this.#width[run] === 0 ? original + (index - this.#view[run]!) : original
  }

  endAt(index: number): number {
    const run = this.#find(index)
    const original = this.#original[run] ?? 0
    const width = this.#width[run] ?? 0
    return width === 0 ? original + (index - this.#view[run]!) + 1 : original + width
  }

  /** Appends the mapping of this map's characters `from` to `to` (absolute) to `target`. */
  copyTo(target: OffsetMap, from: number, to: number): void {
    let index = from
    for (let run = this.#find(from); index < to && run < this.#view.length; run++) {
      const stop = Math.min(to, this.#view[run + 1] ?? this.#end)
      const width = this.#width[run]!
      if (width === 0) target.appendEqual(stop - index, this.#original[run]! + (index - this.#view[run]!))
      else target.appendSpan(stop - index, this.#original[run]!, width)
      index = stop
    }
  }

  /** Forgets runs that lie wholly before view character `index`. */
  trim(index: number): void {
    const run = this.#find(index)
    // Dropping in halves keeps the cost of moving the rest linear over the whole text.
    if (run < 64 || run * 2 < this.#view.length) return
    this.#view = this.#view.slice(run)
    this.#original = this.#original.slice(run)
    this.#width = this.#width.slice(run)
  }

  #open(original: number, width: number): void {
    this.#view.push(this.#end)
    this.#original.push(original)
    this.#width.push(width)
  }

  /** The last run that starts at or before `index`. */
  #find(index: number): number {
    const starts = this.#view
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= index) low = middle
      else high = middle - 1
    }
    return low
  }
}
