import type { Span } from '../../guard/finding.ts'
import type { CopyIndex } from './copy-index.ts'
import { GramWindow } from './gram-window.ts'

/** A passage in which runs of letters of the index stand close together. */
export interface CopiedPassage extends Span {
  /** Words of the index that it gives away as a whole. */
  readonly words: ReadonlySet<number>
  /** True when it goes on where the passage before it was cut for its length. */
  readonly continues: boolean
}

export interface CopyScanSettings {
  readonly index: CopyIndex
  /** Runs that do not count, by the position of their last letter. */
  readonly known: Uint8Array
  /** Letters from the end of one hit to the end of the next that still make one passage; at least `index.gram`. */
  readonly reach: number
  readonly onPassage: (passage: CopiedPassage) => void
}

/** Original characters between two letters that end a passage: this much decoration is no reading of a text. */
const MAX_APART = 128
/** Letters after which a passage is judged although it goes on. */
const MAX_LETTERS = 4096

interface OpenPassage {
  readonly start: number
  end: number
  readonly words: Set<number>
  readonly continues: boolean
  readonly firstLetter: number
  lastHit: number
}

/** Finds copied passages in a row of letters. What it reports depends on the letters alone, not on how they arrive. */
export class CopyScan {
  readonly #settings: CopyScanSettings
  readonly #window: GramWindow
  /** Original offsets of the letters in the window, by letter count. */
  readonly #starts: Float64Array
  #letters = 0
  #lastEnd = 0
  #open: OpenPassage | undefined
  /** Where the last hit ended in the index and where its unbroken copy began. */
  #hitAt = -2
  #copyFrom = 0
  #cutAt = -1

  constructor(settings: CopyScanSettings) {
    this.#settings = settings
    this.#window = new GramWindow(settings.index.gram)
    this.#starts = new Float64Array(settings.index.gram)
  }

  /** Takes the next letter, which stands for the original from `start` to `end`. */
  push(letter: number, start: number, end: number): void {
    this.passTo(start)
    this.#lastEnd = end
    this.#starts[this.#letters % this.#starts.length] = start
    this.#letters++
    const isFull = this.#window.push(letter)
    const { index, known, reach } = this.#settings
    const at = isFull ? index.find(this.#window) : -1
    if (at >= 0 && index.isCommon[at] !== 1 && known[at] !== 1) this.#hit(at, end)
    else this.#hitAt = -2
    const open = this.#open
    if (!open) return
    if (this.#letters - open.lastHit >= reach) this.#close()
    else if (this.#letters - open.firstLetter >= MAX_LETTERS) {
      this.#cutAt = this.#letters
      this.#close()
      this.#window.clear()
    }
  }

  /** No letter stands before `offset` that has not been pushed. */
  passTo(offset: number): void {
    if (this.#window.count === 0 || offset - this.#lastEnd <= MAX_APART) return
    this.#close()
    this.#window.clear()
    this.#hitAt = -2
  }

  /** The text is over. */
  end(): void {
    this.#close()
  }

  /** Original offset before which no passage can start any more; undefined when that is the end of what was read. */
  get pendingFrom(): number | undefined {
    if (this.#open) return this.#open.start
    const { count, length } = this.#window
    const pending = Math.min(count, length - 1)
    return pending === 0 ? undefined : this.#starts[(this.#letters - pending) % this.#starts.length]
  }

  #hit(at: number, end: number): void {
    const { index } = this.#settings
    const from = at - index.gram + 1
    if (at !== this.#hitAt + 1) this.#copyFrom = from
    const isNew = at !== this.#hitAt + 1 || this.#open === undefined
    this.#hitAt = at
    this.#open ??= {
      start: this.#starts[this.#letters % this.#starts.length] ?? 0,
      end,
      words: new Set(),
      continues: this.#cutAt >= 0 && this.#letters - this.#cutAt <= this.#settings.reach,
      firstLetter: this.#letters,
      lastHit: this.#letters,
    }
    const open = this.#open
    open.end = end
    open.lastHit = this.#letters
    const first = isNew ? (index.wordOf[from] ?? 0) : (index.wordOf[at] ?? 0)
    for (let word = first; word <= (index.wordOf[at] ?? -1); word++) {
      const range = index.words[word]
      if (range && range.first >= this.#copyFrom && range.last <= at) open.words.add(word)
    }
  }

  #close(): void {
    const open = this.#open
    if (!open) return
    this.#open = undefined
    this.#settings.onPassage({ start: open.start, end: open.end, words: open.words, continues: open.continues })
  }
}
