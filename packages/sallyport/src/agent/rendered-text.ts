/** Characters of a tag, a comment or the target of a link that are waited for: a longer one is taken for text. */
const MAX_MARKUP = 4_000

/**
 * Whose rules say where a tag ends. To a browser `<? a <!-- b -->` is one comment up to the first `>`; to CommonMark (6.6)
 * `<? a ` is text, and only what follows is a comment.
 */
export type Renderer = 'html' | 'markdown'

export const RENDERERS: readonly Renderer[] = ['html', 'markdown']

/**
 * A text as its reader sees it: without tags, comments and the marks of Markdown. A number with a comment in its middle is
 * no number to a gate, and one to the reader. Grows, and knows which character stood where.
 */
export class RenderedText {
  readonly #renderer: Renderer
  #waiting = ''
  /** Where `#waiting` begins. */
  #from = 0
  #before = ''
  /** Ends of the shown characters, in the text as it was written. */
  readonly #ends: number[] = []

  constructor(renderer: Renderer) {
    this.#renderer = renderer
  }

  /** What more can be seen. Markup that is not complete waits. */
  push(text: string): string {
    return this.#read(text, false)
  }

  /** What is left, markup that never ended as the text it is. */
  end(): string {
    return this.#read('', true)
  }

  /** The end of the first `count` seen characters in the text as it was written. */
  endOf(count: number): number {
    return count === 0 ? 0 : (this.#ends[count - 1] ?? this.#from)
  }

  #read(text: string, isLast: boolean): string {
    const all = this.#waiting + text
    const reading = new Reading(all, this.#renderer, isLast)
    let seen = ''
    let at = 0
    while (at < all.length) {
      const length = markupAt(reading, at, this.#before)
      if (length === undefined) break
      if (length > 0) {
        at += length
        continue
      }
      this.#before = all.charAt(at)
      seen += this.#before
      at++
      this.#ends.push(this.#from + at)
    }
    this.#waiting = all.slice(at)
    this.#from += at
    return seen
  }
}

/** The ways a reader may see the whole text that differ from the way it is written. */
export function renderingsOf(text: string): string[] {
  if (!MAY_BE_MARKUP.test(text)) return []
  const seen = RENDERERS.map((renderer) => {
    const rendered = new RenderedText(renderer)
    return rendered.push(text) + rendered.end()
  })
  return [...new Set(seen)].filter((rendering) => rendering !== text)
}

/** Whether a text holds what may be markup. */
export const MAY_BE_MARKUP = /[<*_~`[\\]/

/** A text that is being read, and where the ends of its markup stand. */
class Reading {
  readonly text: string
  readonly renderer: Renderer
  readonly isLast: boolean
  /** By end: the next place, looked for once and not from each opening anew. */
  readonly #ends = new Map<string, number>()

  constructor(text: string, renderer: Renderer, isLast: boolean) {
    this.text = text
    this.renderer = renderer
    this.isLast = isLast
  }

  /** Characters from `at` to after the next `end`: 0 when it is not within reach, undefined when that is not known yet. */
  closed(at: number, end: string): number | undefined {
    let next = this.#ends.get(end)
    if (next === undefined || next < at) {
      const found = this.text.indexOf(end, at)
      next = found < 0 ? Infinity : found
      this.#ends.set(end, next)
    }
    const length = next + end.length - at
    if (length <= MAX_MARKUP) return length
    return this.isLast || this.text.length - at > MAX_MARKUP ? 0 : undefined
  }
}

/** Characters of markup that begin here: 0 for text, undefined when that is not known yet. */
function markupAt(reading: Reading, at: number, before: string): number | undefined {
  const { text, isLast } = reading
  const char = text.charAt(at)
  const next = text.charAt(at + 1)
  if (next === '' && !isLast && /[<_\]\\]/.test(char)) return undefined
  switch (char) {
    case '<':
      return reading.renderer === 'html' ? tagAt(reading, at) : inlineHtmlAt(reading, at)
    case ']':
      return next === '(' ? reading.closed(at, ')') || 1 : 1
    case '[':
    case '*':
    case '~':
    case '`':
      return 1
    case '_':
      return IS_WORD.test(before) && IS_WORD.test(next) ? 0 : 1
    case '\\':
      return /[!-/:-@[-`{-~]/.test(next) ? 1 : 0
    default:
      return 0
  }
}

const IS_WORD = /[\p{L}\p{N}]/u

function tagAt(reading: Reading, at: number): number | undefined {
  const { text, isLast } = reading
  const start = text.slice(at, at + 4)
  if (start.startsWith('<!--')) return reading.closed(at, '-->')
  if (!isLast && '<!--'.startsWith(start)) return undefined
  if (/^<\/?[a-z!?]/i.test(start)) return reading.closed(at, '>')
  return !isLast && start === '</' ? undefined : 0
}

/** Inline HTML as CommonMark has it: a tag holds no further `<` but in quotes. */
function inlineHtmlAt(reading: Reading, at: number): number | undefined {
  const { text, isLast } = reading
  const start = text.slice(at, at + 9)
  for (const [begin, end] of MARKDOWN_ENDS) {
    if (start.startsWith(begin)) return reading.closed(at, end)
    if (!isLast && begin.startsWith(start)) return undefined
  }
  if (!isLast && (start === '</' || start === '<!')) return undefined
  if (/^<![a-z]/i.test(start)) return reading.closed(at, '>')
  if (!/^<\/?[a-z]/i.test(start)) return 0
  INLINE_TAG.lastIndex = at
  const [tag = '', end] = INLINE_TAG.exec(text.slice(0, at + MAX_MARKUP)) ?? []
  if (end === '>') return tag.length
  // An end within reach is no tag; the end of what came may still become one.
  return !isLast && at + tag.length === text.length ? undefined : 0
}

const MARKDOWN_ENDS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const
const INLINE_TAG = /<(?:[^<>"']|"[^"]*(?:"|$)|'[^']*(?:'|$))*(>?)/y
