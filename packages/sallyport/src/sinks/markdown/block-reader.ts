/** What a line is, as far as finding code goes. */
export type Line =
  /** Fenced or indented code, fences included: nothing in it is markup. */
  | { readonly kind: 'code' }
  | { readonly kind: 'blank' }
  /** `start` is where the content begins, after quote and list markers. */
  | { readonly kind: 'text'; readonly start: number }

type Container = { readonly quote: true } | { readonly quote: false; readonly width: number }
type Leaf = 'none' | 'paragraph' | 'fence' | 'indented' | 'html' | 'raw-html'

/** Characters of a line that are looked at to tell what it is. */
const LINE_LIMIT = 1000
const MAX_CONTAINERS = 40

const FENCE = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/
const BREAK = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/
const BULLET = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/
const DELIMITER_ROW = /^[|:\- \t]*-[|:\- \t]*$/
/** So far nothing but marks that may still become one block or another. */
const UNDECIDED = /^[\s>`~\-*_+=|:#$\d.)]*$/
const MARKER = /^[ \t]*(?:[-+*][ \t]|\d{1,9}[.)][ \t]|>|`{3,}|~{3,})/

/**
 * Follows the block structure of CommonMark 0.31 line by line, to know which lines are code. A wrong "code" would let
 * an attack pass unseen, a wrong "text" only escapes a sample: where renderers differ (HTML switched off, math blocks,
 * fences in odd places) the reader becomes `murky` for the rest of the document and calls nothing code any more.
 */
export class BlockReader {
  /** Nothing is code from here on: block structure depends on the renderer. */
  murky = false
  /** Within the current paragraph or HTML block, backticks and backslashes may mean nothing. */
  literal = false
  /** A table's delimiter row was seen: code spans may be cut by cell borders. */
  inTable = false
  private containers: Container[] = []
  private leaf: Leaf = 'none'
  private fence = { char: '`', length: 3 }
  private inMath = false
  private afterBlank = true
  /** A list began since the last heading: renderers disagree on whether indented text still belongs to it. */
  private listNear = false
  /** Whether the line just read continues a paragraph. */
  private interrupting = false
  /** Containers the line just read belongs to without counting it as a lazy continuation. */
  private matchedOnLine = 0

  /**
   * Judges a line from its start. Returns undefined while the line is too short to tell; `complete` means its end is in
   * sight, `hasNewline` that it is a line end and not the end of the text (after which a fence has nothing to open). A new block clears `literal`.
   */
  read(line: string, complete: boolean, hasNewline = complete): Line | undefined {
    const cut = line.length > LINE_LIMIT
    const text = cut ? line.slice(0, LINE_LIMIT) : line
    const isWhole = complete && !cut
    if (!isWhole && !cut && (UNDECIDED.test(text) || /^[\s>\-+*\d.)]*(?:```|~~~|\$\$)/.test(text))) return undefined
    if (this.murky) return this.readMurky(text)
    if (cut && (UNDECIDED.test(text) || /^[\s>\-+*\d.)]*(?:```|~~~|\$\$)/.test(text))) return this.giveUp()
    return this.readBlocks(text, hasNewline)
  }

  /** Told by the inline pass that a kept tag begins the line: what HTML block, if any, starts here. */
  startHtml(name: string, aloneOnLine: boolean): void {
    if (this.murky || this.leaf === 'html' || this.leaf === 'raw-html') return
    if (RAW_BLOCKS.has(name)) this.leaf = 'raw-html'
    else if (HTML_BLOCKS.has(name)) this.leaf = 'html'
    else if (aloneOnLine && !this.interrupting) this.leaf = 'html'
    else if (aloneOnLine && this.inTable) this.giveUp()
    else return
    // A line that looked like a lazy continuation has ended the containers it does not belong to.
    this.containers.length = Math.min(this.containers.length, this.matchedOnLine)
    this.literal = true
  }

  /** Told that the end tag of a raw block (`</pre>`) was seen; the rest of its line still belongs to it. */
  endRawHtml(): void {
    if (this.leaf === 'raw-html') this.leaf = 'html'
  }

  giveUp(): Line {
    this.murky = true
    this.literal = true
    return { kind: 'text', start: 0 }
  }

  private readMurky(text: string): Line {
    return /^[\s>]*$/.test(text) ? { kind: 'blank' } : { kind: 'text', start: 0 }
  }

  private readBlocks(text: string, hasNewline: boolean): Line {
    const cursor = new Cursor(text)
    const matched = this.matchContainers(cursor)
    const allMatched = matched === this.containers.length
    if (cursor.isBlank()) return this.readBlank(matched, allMatched)
    const afterBlank = this.afterBlank
    this.afterBlank = false
    if (allMatched) {
      if (this.leaf === 'fence') return this.readFenceLine(cursor)
      if (this.leaf === 'html' || this.leaf === 'raw-html') {
        // With HTML switched off these lines are a paragraph, a list or a fence.
        return MARKER.test(cursor.rest()) ? this.giveUp() : { kind: 'text', start: cursor.offset }
      }
    } else if (this.leaf !== 'paragraph') {
      // Here CommonMark ends the code or HTML of a list or quote; others let it run on.
      if (this.leaf === 'fence' || this.leaf === 'html' || this.leaf === 'raw-html') return this.giveUp()
      this.leaf = 'none'
      this.containers.length = matched
    }
    return this.openBlocks(cursor, matched, afterBlank, hasNewline)
  }

  private matchContainers(cursor: Cursor): number {
    let matched = 0
    for (const container of this.containers) {
      const { columns, next } = cursor.indent()
      if (container.quote) {
        if (columns > 3 || cursor.text[next] !== '>') break
        cursor.skipQuoteMark(next)
      } else if (!cursor.isBlank()) {
        if (columns < container.width) break
        cursor.skipColumns(container.width)
      }
      matched++
    }
    return matched
  }

  private readBlank(matched: number, allMatched: boolean): Line {
    if (this.leaf === 'fence' && allMatched) return { kind: 'code' }
    if (this.leaf === 'raw-html' && allMatched) return { kind: 'blank' }
    this.containers.length = matched
    if (this.leaf !== 'indented') this.leaf = 'none'
    this.newBlock()
    this.afterBlank = true
    return { kind: 'blank' }
  }

  private readFenceLine(cursor: Cursor): Line {
    const { columns, next } = cursor.indent()
    const rest = cursor.text.slice(next)
    const closer = rest.length >= this.fence.length && /^(?:`+|~+)[ \t]*$/.test(rest) && rest[0] === this.fence.char
    if (closer && rest.trimEnd().length >= this.fence.length) {
      // A fence indented like code does not close here, but it does for lenient renderers.
      if (columns > 3) this.giveUp()
      else this.leaf = 'none'
    }
    return { kind: 'code' }
  }

  /** Opens new containers and the leaf. The containers from `matched` on close unless the line is a lazy continuation. */
  private openBlocks(cursor: Cursor, matched: number, afterBlank: boolean, hasNewline: boolean): Line {
    let isLazy = matched < this.containers.length
    let inParagraph = this.leaf === 'paragraph'
    const close = (): void => {
      if (isLazy) this.containers.length = matched
      isLazy = false
      inParagraph = false
      this.leaf = 'none'
      this.newBlock()
    }
    for (;;) {
      const { columns, next } = cursor.indent()
      const rest = cursor.text.slice(next)
      if (rest === '') break
      if (columns >= 4) {
        if (FENCE.test(rest)) return this.giveUp()
        if (!inParagraph) {
          const isTrusted = (afterBlank || this.leaf === 'indented') && this.containers.length === 0 && !this.listNear
          this.leaf = 'indented'
          this.newBlock()
          return isTrusted ? { kind: 'code' } : { kind: 'text', start: next }
        }
        break
      }
      if (rest.startsWith('>')) {
        close()
        cursor.skipQuoteMark(next)
        this.containers.push({ quote: true })
      } else if (FENCE.test(rest)) {
        if (this.inMath || !hasNewline) return this.giveUp()
        close()
        this.leaf = 'fence'
        this.fence = { char: rest[0] ?? '`', length: /^(?:`+|~+)/.exec(rest)?.[0].length ?? 3 }
        return { kind: 'code' }
      } else if (
        /^#{1,6}(?:[ \t]|$)/.test(rest) ||
        (BREAK.test(rest) && !(inParagraph && !isLazy && /^-+[ \t]*$/.test(rest)))
      ) {
        close()
        if (this.containers.length === 0) this.listNear = false
        return { kind: 'text', start: next }
      } else if (inParagraph && !isLazy && /^(?:=+|-+)[ \t]*$/.test(rest)) {
        this.leaf = 'none'
        this.newBlock()
        return { kind: 'text', start: next }
      } else if (!this.openItem(cursor, rest, columns, next, inParagraph && !isLazy, close)) {
        break
      }
      if (this.containers.length > MAX_CONTAINERS) return this.giveUp()
      afterBlank = true
    }
    return this.readParagraph(cursor, matched, isLazy, inParagraph)
  }

  private openItem(
    cursor: Cursor,
    rest: string,
    columns: number,
    next: number,
    interrupts: boolean,
    close: () => void,
  ): boolean {
    const marker = BULLET.exec(rest)
    if (marker === null) return false
    const isEmpty = rest.slice(marker[0].length).trim() === ''
    // CommonMark 5.2: only a non-empty item, numbered 1 if at all, may interrupt a paragraph.
    if (interrupts && (isEmpty || (marker[1] !== undefined && Number(marker[1]) !== 1))) return false
    close()
    cursor.skipTo(next + marker[0].length)
    const { columns: gap } = cursor.indent()
    const padding = isEmpty || gap > 4 ? 1 : gap
    cursor.skipColumns(Math.min(padding, gap))
    this.listNear = true
    this.containers.push({ quote: false, width: columns + marker[0].length + padding })
    return true
  }

  private readParagraph(cursor: Cursor, matched: number, isLazy: boolean, inParagraph: boolean): Line {
    const { next } = cursor.indent()
    const rest = cursor.text.slice(next)
    if (!inParagraph) {
      if (!isLazy) this.containers.length = Math.max(matched, this.containers.length)
      this.newBlock()
    }
    this.interrupting = inParagraph
    this.matchedOnLine = isLazy ? matched : this.containers.length
    this.leaf = rest === '' ? 'none' : 'paragraph'
    if (rest.startsWith('$$') && !rest.slice(2).includes('$$')) this.inMath = !this.inMath
    if (DELIMITER_ROW.test(rest) && rest.includes('|')) this.inTable = true
    return { kind: 'text', start: next }
  }

  private newBlock(): void {
    this.literal = false
    this.inTable = false
  }
}

/** A place in a line, with tabs as columns (CommonMark 2.2). */
class Cursor {
  readonly text: string
  offset = 0
  private column = 0
  /** Columns of a tab that a container has not used up. */
  private spare = 0

  constructor(text: string) {
    this.text = text
  }

  rest(): string {
    return this.text.slice(this.offset)
  }

  isBlank(): boolean {
    return this.indent().next === this.text.length
  }

  /** Columns of white space here, and the index of what follows it. */
  indent(): { readonly columns: number; readonly next: number } {
    let next = this.offset
    let column = this.column + this.spare
    for (; next < this.text.length; next++) {
      const char = this.text[next]
      if (char === ' ' || char === '\r') column++
      else if (char === '\t') column += 4 - (column % 4)
      else break
    }
    return { columns: column - this.column, next }
  }

  skipTo(index: number): void {
    const { columns, next } = this.indent()
    this.column += columns + (index - next)
    this.spare = 0
    this.offset = index
  }

  skipColumns(count: number): void {
    let left = count - this.spare
    this.column += Math.min(count, this.spare)
    this.spare = Math.max(0, -left)
    for (; left > 0 && this.offset < this.text.length; this.offset++) {
      const width = this.text[this.offset] === '\t' ? 4 - (this.column % 4) : 1
      const used = Math.min(width, left)
      this.column += used
      this.spare = width - used
      left -= used
    }
  }

  skipQuoteMark(index: number): void {
    this.skipTo(index + 1)
    if (this.text[this.offset] === ' ' || this.text[this.offset] === '\t') this.skipColumns(1)
  }
}

/** Start conditions 1 and 6 of CommonMark 4.6. */
const RAW_BLOCKS: ReadonlySet<string> = new Set(['pre', 'script', 'style', 'textarea'])
const HTML_BLOCKS: ReadonlySet<string> = new Set(
  `address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
  fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main
  menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead title tr
  track ul`.split(/\s+/),
)

/** Whether a line that starts with this tag starts an HTML block even before the tag is closed. */
export function startsHtmlBlock(name: string): boolean {
  return RAW_BLOCKS.has(name) || HTML_BLOCKS.has(name)
}
