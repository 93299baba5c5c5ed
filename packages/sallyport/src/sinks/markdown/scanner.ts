import type { Severity } from '../../guard/finding.ts'
import { BlockReader, startsHtmlBlock } from './block-reader.ts'
import { readBareDestination, readDestination, type Destination } from './destination.ts'
import { readImage } from './image.ts'
import { ReferenceLabels } from './reference-labels.ts'
import { readTag, type Tag } from './tag.ts'

/** What is wrong with a piece of markup, and what stands there instead. */
export interface Objection {
  readonly code: string
  readonly severity: Severity
  readonly confidence: number
  readonly message: string
  readonly replacement: string
}

export interface MarkdownMatch extends Objection {
  readonly start: number
  readonly end: number
}

export type LinkKind = 'inline' | 'definition' | 'autolink' | 'bare' | 'html'

export interface TagObjection extends Objection {
  /** The replacement stands for the whole tag instead of its `<`. */
  readonly whole?: boolean
  /** It is an attribute that is objected to, not the element. */
  readonly attribute?: boolean
}

/** What to judge. Each method returns undefined to leave the markup as it is. */
export interface MarkdownRules {
  /** An image that would be loaded; `alt` is as written. The replacement stands for the whole image. */
  image(url: string, raw: string, alt: string): Objection | undefined
  /** A link. The replacement stands for the parentheses, the URL of a definition, attribute or bare link, or for `<`. */
  link(url: string, raw: string, kind: LinkKind): Objection | undefined
  tag(tag: Tag): TagObjection | undefined
  /** A TeX command that can load or link; the replacement stands for its argument. */
  tex(command: string, argument: string): Objection | undefined
  /** Whether bare `https://…` and `www.…` are links to be judged. */
  readonly bareUrls: boolean
}

/** How a step ended: on to `next`, or wait for more text, with what may leave before `hold`. */
type Step = number | { readonly hold: number }

const CODE_SPAN_LIMIT = 8000
const TRIGGER = /[<!\]\\]/g
const TRIGGER_OR_URL = /[<!\]\\]|h(?=t|$)|w(?=w|$)/gi
const SPECIAL = /[\\`<!\]\n]/g
const SPECIAL_OR_URL = /[\\`<!\]\n]|h(?=ttps?:\/\/|$|t$|tt$|ttp$|ttps$|ttps?:$|ttps?:\/$)|w(?=ww\.|$|w$|ww$)/gi

/**
 * Reads Markdown as it arrives and objects to markup. Code is left alone. The reader's state after a replacement is
 * that of the replaced text, so that what it says of the rest holds for the text that leaves. Matches are the same for
 * any chunking; at most a few thousand characters are held back, as every construct has a limit past which it is
 * treated as hostile.
 */
export class MarkdownScanner {
  /** Nothing before this offset can change. */
  settled = 0
  private readonly rules: MarkdownRules
  private readonly blocks = new BlockReader()
  private readonly labels = new ReferenceLabels()
  private buffer = ''
  /** Offset of `buffer[0]` in the whole text. */
  private base = 0
  /** Index in `buffer` of the next character to judge. */
  private index = 0
  private atLineStart = true
  private inCode = false
  /** Where the content of the current line starts, -1 once something else than a tag was seen in it. */
  private contentStart = -1
  /** Absolute offset up to which URLs were already judged as part of a link. */
  private judgedTo = 0
  /** An image opener was broken up in this paragraph: what follows `](` would have been its source. */
  private brokenImage = false
  private matches: MarkdownMatch[] = []

  constructor(rules: MarkdownRules) {
    this.rules = rules
  }

  push(chunk: string, end: boolean): readonly MarkdownMatch[] {
    this.matches = []
    this.buffer += chunk
    let hold: number | undefined
    while (hold === undefined && this.index < this.buffer.length) {
      const step = this.atLineStart ? this.startLine(end) : this.step(end)
      if (typeof step === 'number') this.index = step
      else hold = step.hold
    }
    if (end) this.settled = this.base + this.buffer.length
    else this.settled = Math.max(this.settled, this.base + (hold ?? this.index))
    this.trim()
    return this.matches
  }

  /** Forgets what is judged, but for the label a definition may need. */
  private trim(): void {
    const keep = Math.max(0, this.index - 1100)
    if (keep < 4096) return
    this.buffer = this.buffer.slice(keep)
    this.base += keep
    this.index -= keep
    if (this.contentStart >= 0) this.contentStart -= keep
  }

  private startLine(end: boolean): Step {
    const newline = this.buffer.indexOf('\n', this.index)
    const stop = newline < 0 ? this.buffer.length : newline
    const start = this.buffer.slice(this.index, Math.min(stop, this.index + 1001))
    const line = this.blocks.read(start, newline >= 0 || end, newline >= 0)
    if (line === undefined) return { hold: this.firstTrigger(this.index) }
    this.atLineStart = false
    this.contentStart = -1
    if (line.kind === 'blank') this.brokenImage = false
    this.inCode = line.kind === 'code'
    if (line.kind === 'text') {
      this.contentStart = this.index + line.start
      return this.index + line.start
    }
    return this.index
  }

  private step(end: boolean): Step {
    if (this.inCode) {
      const newline = this.buffer.indexOf('\n', this.index)
      if (newline < 0) return this.buffer.length
      this.inCode = false
      this.atLineStart = true
      return newline + 1
    }
    const special = this.rules.bareUrls ? SPECIAL_OR_URL : SPECIAL
    special.lastIndex = this.index
    const found = special.exec(this.buffer)
    if (found === null) return this.buffer.length
    const at = found.index
    switch (found[0]) {
      case '\n':
        this.atLineStart = true
        return at + 1
      case '\\':
        return this.escape(at, end)
      case '`':
        return this.backtick(at, end)
      case '<':
        return this.angle(at, end)
      case '!':
        return this.bang(at, end)
      case ']':
        return this.bracket(at, end)
      default:
        return this.bareUrl(at, end)
    }
  }

  private escape(at: number, end: boolean): Step {
    const next = this.buffer[at + 1]
    if (next === undefined) return end ? at + 1 : { hold: at }
    if (/[A-Za-z]/.test(next)) return this.tex(at, end)
    // In HTML blocks a backslash means nothing, and in TeX `\\` is a line break: only what follows is skipped.
    return this.blocks.literal || !/[!-/:-@[-`{-~]/.test(next) || this.isInUrl(at) ? at + 1 : at + 2
  }

  private tex(at: number, end: boolean): Step {
    const rest = this.buffer.slice(at, at + 2200)
    const found =
      /^\\(href|url|includegraphics|style|cssId|htmlStyle|htmlData|unicode|require)(?![A-Za-z])[ \t]*(?:\[[^\]\n]{0,200}\][ \t]*)?\{([^}\n]{0,1900})([}\n])?/.exec(
        rest,
      )
    if (found === null) {
      const mayGrow = !end && rest.length < 2200 && /^\\[A-Za-z]{1,16}(?:[ \t]*(?:\[[^\]\n]*\]?)?[ \t]*)$/.test(rest)
      return mayGrow && TEX_PREFIX.test(rest) ? { hold: at } : at + 1
    }
    const argument = found[2] ?? ''
    if (found[3] === undefined && !end && argument.length < 1900) return { hold: at }
    const objection = argument === '' ? undefined : this.rules.tex(found[1] ?? '', argument)
    if (objection === undefined) return at + 1
    const stop = at + found[0].length - (found[3] ?? '').length
    const start = stop - argument.length
    this.report(objection, start, stop)
    return stop
  }

  private backtick(at: number, end: boolean): Step {
    const run = /^`+/.exec(this.buffer.slice(at, at + CODE_SPAN_LIMIT))?.[0].length ?? 1
    const after = at + run
    if (this.blocks.literal) return after
    if (this.isInUrl(at)) {
      this.blocks.literal = true
      return after
    }
    if (after >= this.buffer.length && !end) return { hold: at }
    const newline = this.buffer.indexOf('\n', after)
    const stop = Math.min(newline < 0 ? this.buffer.length : newline, at + CODE_SPAN_LIMIT)
    const found = this.closingRun(after, stop, run)
    const close = found !== undefined && found + run < at + CODE_SPAN_LIMIT ? found : undefined
    // A run that touches the end may still grow, and then closes nothing.
    const mayChange = newline < 0 && !end && this.buffer.length < at + CODE_SPAN_LIMIT
    if (mayChange && (close === undefined || close + run === this.buffer.length)) {
      return { hold: this.firstTrigger(after) }
    }
    if (close === undefined || (this.blocks.inTable && /(?<!\\)\|/.test(this.buffer.slice(after, close)))) {
      // An unclosed span may end on a later line, or at a cell border: for the rest of the paragraph nothing is code.
      this.blocks.literal = true
      return after
    }
    this.contentStart = -1
    return close + run
  }

  /** Whether a GFM autolink, which swallows backticks and backslashes, may reach up to here. */
  private isInUrl(at: number): boolean {
    let start = at
    while (start > 0 && at - start < 500 && !/[\s<]/.test(this.buffer[start - 1] ?? '')) start--
    return at - start === 500 || /:\/\/|www\./i.test(this.buffer.slice(start, at))
  }

  private closingRun(from: number, stop: number, length: number): number | undefined {
    let index = from
    for (;;) {
      const start = this.buffer.indexOf('`', index)
      if (start < 0 || start >= stop) return undefined
      index = start
      while (this.buffer[index] === '`') index++
      if (index - start === length) return start
    }
  }

  private angle(at: number, end: boolean): Step {
    const next = this.buffer[at + 1]
    if (next === undefined) return end ? at + 1 : { hold: at }
    if (next === '!' || next === '?') return this.declaration(at, end)
    const tag = readTag(this.buffer, at, end)
    if (tag === 'none') return at + 1
    if (tag === 'more') return { hold: at }
    const autolink = AUTOLINK.exec(this.buffer.slice(at, at + 2000))
    const linked = autolink === null ? undefined : this.rules.link(autolink[1] ?? '', autolink[1] ?? '', 'autolink')
    if (linked !== undefined) {
      this.report(linked, at, at + 1)
      return at + 1
    }
    const source = this.buffer.slice(at, tag.end)
    const isFirst = at === this.contentStart
    const lineEnd = this.buffer.indexOf('\n', tag.end)
    const afterTag = this.buffer.slice(tag.end, Math.min(lineEnd < 0 ? this.buffer.length : lineEnd, tag.end + 500))
    const isAlone = isFirst && afterTag.trim() === ''
    if (isAlone && lineEnd < 0 && !end && afterTag.length < 500) return { hold: at }
    // A backtick means code to one parser and part of the tag to another.
    if (source.includes('`') && (tag.isStrict || tag.isClosed)) this.blocks.giveUp()
    // What neither CommonMark nor an HTML block would take for a tag only matters when a lenient renderer passes it on.
    const isText = !tag.isClosed && !this.blocks.literal && !tag.isStrict
    const isHarmless = isText && !tag.attributes.some((each) => /^(?:on|style$|src|href$)/.test(each.name))
    // A tag left open at a blank line would swallow what follows, up to the next quote or `>`.
    const isOpenEnded = !tag.isClosed && (this.blocks.literal || (isFirst && startsHtmlBlock(tag.name)))
    const judged = this.rules.tag(isOpenEnded ? { ...tag, isCut: true } : tag)
    const objection = isHarmless && judged?.attribute === true ? undefined : judged
    if (objection !== undefined) {
      if (objection.whole === true && tag.isClosed && !source.includes('\n')) {
        this.report(objection, at, tag.end)
        this.contentStart = -1
        return tag.end
      }
      this.report(objection.whole === true ? { ...objection, replacement: '&lt;' } : objection, at, at + 1)
      return at + 1
    }
    this.judgeAttributes(tag)
    if (tag.isEnd && RAW_END.has(tag.name)) this.blocks.endRawHtml()
    if (isFirst) this.blocks.startHtml(tag.name, tag.isClosed && tag.isStrict && isAlone)
    return at + 1
  }

  /** Links in attributes of a kept tag. */
  private judgeAttributes(tag: Tag): void {
    for (const attribute of tag.attributes) {
      if (attribute.name !== 'href' && attribute.name !== 'src') continue
      const raw = this.buffer.slice(attribute.start, attribute.end)
      const objection = this.rules.link(attribute.value.trim(), raw, 'html')
      this.judgedTo = Math.max(this.judgedTo, this.base + attribute.end)
      if (objection !== undefined) this.report(objection, attribute.start, attribute.end)
    }
  }

  /**
   * Comments, declarations and processing instructions stay, as they do nothing; what is in them is judged as text. Where
   * parsers may disagree about their end or what they hold, nothing is called code from here on.
   */
  private declaration(at: number, end: boolean): Step {
    const rest = this.buffer.slice(at, at + 2100)
    const isFinal = end || rest.length === 2100
    if ('<!--'.startsWith(rest) && !isFinal) return { hold: at }
    const isComment = rest.startsWith('<!--')
    if (!isComment && !/^<(?:\?|![A-Za-z[-])/.test(rest)) return at + 1
    const close = rest.indexOf(isComment ? '-->' : rest[1] === '?' ? '?>' : '>', isComment ? 4 : 2)
    const stop = /[`<]|--!>/.exec(rest.slice(2))
    if (close < 0 && stop === null && !isFinal) return { hold: at }
    const body = close < 0 ? undefined : rest.slice(isComment ? 4 : 2, close)
    const isPlain = body !== undefined && (isComment ? PLAIN_COMMENT.test(body) : !/[`<>[\n]/.test(body))
    // Read as text (HTML switched off) the lines of a comment may open lists and quotes.
    if (!isPlain || /\n[ \t]*(?:[-+*>]|\d+[.)]|~~~|\n| {4}|\t)/.test(body)) this.blocks.giveUp()
    else if (body.includes('\n') || at === this.contentStart) this.blocks.literal = true
    return at + 1
  }

  private bang(at: number, end: boolean): Step {
    // Invisible characters between the two may be taken out on the way to the renderer.
    const gap = INVISIBLE.exec(this.buffer.slice(at + 1, at + 20))?.[0].length ?? 0
    const next = this.buffer[at + 1 + gap]
    if (next === undefined) return end || gap >= 16 ? at + 1 : { hold: at }
    if (next !== '[') return at + 1
    const image = readImage(this.buffer, at + gap, end, this.blocks.literal)
    switch (image.kind) {
      case 'more':
        return { hold: at }
      case 'text':
        return at + gap + 2
      case 'reference': {
        if (!this.labels.use(image.labels)) return at + gap + 2
        const objection = this.rules.image('https://unknown.invalid/', '', image.alt)
        if (objection === undefined) return at + gap + 2
        return this.removeImage(objection, at, image.end)
      }
      case 'unclear': {
        // Too long or too tangled to say where it leads: the opener is broken up.
        const objection = this.rules.image('https://unknown.invalid/', '', '')
        if (objection === undefined) return at + gap + 2
        this.report({ ...objection, replacement: '!&#91;' }, at, at + gap + 2)
        this.brokenImage = true
        return at + gap + 2
      }
      case 'inline': {
        const objection = this.rules.image(image.destination.url, image.destination.raw, image.alt)
        if (objection === undefined) {
          this.judgedTo = Math.max(this.judgedTo, this.base + image.destination.close)
          return at + gap + 2
        }
        return this.removeImage(objection, at, image.destination.close)
      }
      default:
        return image satisfies never
    }
  }

  private removeImage(objection: Objection, start: number, end: number): Step {
    // `[text]![…](…)` must not turn into `[text](…)`.
    const glue = this.buffer[start - 1] === ']' ? ' ' : ''
    this.report({ ...objection, replacement: glue + objection.replacement }, start, end)
    this.contentStart = -1
    return end
  }

  private bracket(at: number, end: boolean): Step {
    const next = this.buffer[at + 1]
    if (next === undefined) return end ? at + 1 : { hold: at }
    if (next === ':') return this.definition(at, end)
    if (next !== '(') return at + 1
    const destination = readDestination(this.buffer, at + 1, end)
    if (destination === 'more') return { hold: at }
    if (destination === 'none') return at + 2
    const image = this.brokenImage ? this.rules.image(destination.url, destination.raw, '') : undefined
    const objection = image ?? this.linkObjection(destination)
    if (objection === undefined) return at + 2
    this.report(
      image === undefined ? objection : { ...image, replacement: ` ${image.replacement}` },
      at + 1,
      destination.close,
    )
    return destination.close
  }

  private linkObjection(destination: Destination): Objection | undefined {
    this.judgedTo = Math.max(this.judgedTo, this.base + destination.close)
    return this.rules.link(destination.url, destination.raw, 'inline')
  }

  private definition(at: number, end: boolean): Step {
    const blanks = /^[ \t\r]*(?:\n[ \t>\r]*)?/.exec(this.buffer.slice(at + 2, at + 200))?.[0].length ?? 0
    const start = at + 2 + blanks
    if (start >= this.buffer.length) return end || blanks > 190 ? at + 2 : { hold: at }
    const destination = readBareDestination(this.buffer, start, end)
    if (destination === 'more') return { hold: at }
    if (destination === 'none') return at + 2
    const after = this.buffer.slice(destination.end, destination.end + 400)
    const title = /^>?[ \t\r]*\n?[ \t>]*(["'(])([^\n]*)(\n)?/.exec(after)
    const isOpenEnded = title?.[3] === undefined && /^>?[ \t\r]*(?:\n[ \t>]*)?(?:["'(].*)?$/.test(after)
    if (isOpenEnded && !end && after.length < 400) return { hold: at }
    // Some renderers let a definition's parts on further lines swallow what begins a block there.
    const isSplit = this.buffer.slice(at, start).includes('\n') && /^(?:[`~]{3}|[-+*#>|]|\d+[.)])/.test(destination.raw)
    const isUnclosed = title !== null && !(title[2] ?? '').includes(title[1] === '(' ? ')' : (title[1] ?? ''))
    if (isSplit || isUnclosed) this.blocks.giveUp()
    const label = this.labelBefore(at)
    const asImage = this.rules.image(destination.url, destination.raw, '')
    const isImageSource = asImage !== undefined && this.labels.define(label)
    const objection = isImageSource
      ? { ...asImage, replacement: '#image-removed' }
      : this.rules.link(destination.url, destination.raw, 'definition')
    this.judgedTo = Math.max(this.judgedTo, this.base + destination.end)
    if (objection === undefined) return at + 2
    this.report(objection, destination.start, destination.end)
    return destination.end
  }

  private labelBefore(at: number): string {
    const before = this.buffer.slice(Math.max(0, at - 1000), at)
    let open = before.lastIndexOf('[')
    while (open > 0 && before[open - 1] === '\\') open = before.lastIndexOf('[', open - 1)
    return open < 0 ? '' : before.slice(open + 1)
  }

  private bareUrl(at: number, end: boolean): Step {
    if (this.base + at < this.judgedTo) return at + 1
    const rest = this.buffer.slice(at, at + 3000)
    const url = /^(?:https?:\/\/|www\.)[^\s<>"`]*/i.exec(rest)?.[0]
    if (url === undefined) {
      const mayGrow = !end && rest.length < 8 && /^(?:h(?:t(?:t(?:ps?(?::\/?)?)?)?)?|w{1,3})$/i.test(rest)
      return mayGrow ? { hold: at } : at + 1
    }
    if (/[A-Za-z0-9]/.test(this.buffer[at - 1] ?? '') && /^www/i.test(url)) return at + 1
    if (url.length === rest.length && rest.length < 3000 && !end) return { hold: at }
    const clean = url.replace(/[?!.,:*_~'";\])}|]{1,16}$/, '')
    const objection = this.rules.link(/^www/i.test(clean) ? `http://${clean}` : clean, clean, 'bare')
    if (objection === undefined) return at + Math.max(1, clean.length)
    this.report(objection, at, at + clean.length)
    return at + clean.length
  }

  /** The first place at or after `from` where a match could start. */
  private firstTrigger(from: number): number {
    const trigger = this.rules.bareUrls ? TRIGGER_OR_URL : TRIGGER
    trigger.lastIndex = from
    return trigger.exec(this.buffer)?.index ?? this.buffer.length
  }

  private report(objection: Objection, start: number, end: number): void {
    const { code, severity, confidence, message, replacement } = objection
    this.matches.push({
      code,
      severity,
      confidence,
      message,
      replacement,
      start: this.base + start,
      end: this.base + end,
    })
  }
}

/** CommonMark 6.5. */
const AUTOLINK = /^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\0-\x20<>]*)>/

const INVISIBLE = /^(?:[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|[\ufe00-\ufe0f]){1,16}/

const RAW_END: ReadonlySet<string> = new Set(['pre', 'script', 'style', 'textarea'])

/** Nothing that is markup when the comment is read as text, and nothing that ends it early for an HTML parser. */
const PLAIN_COMMENT = /^(?!-?>)(?:(?!--!>)[^`<])*$/

const TEX_COMMANDS = ['href', 'url', 'includegraphics', 'style', 'cssId', 'htmlStyle', 'htmlData', 'unicode', 'require']
const TEX_PREFIX = {
  test: (text: string): boolean => {
    const name = /^\\([A-Za-z]+)/.exec(text)?.[1] ?? ''
    return TEX_COMMANDS.some((each) => (text.length === name.length + 1 ? each.startsWith(name) : each === name))
  },
}
