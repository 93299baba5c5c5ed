import { html, Parser, Token, TokenizerMode, type DefaultTreeAdapterMap, type ParserOptions } from 'parse5'
import { cleanAttribute, type LinkRules } from './attributes.ts'
import { ALLOWED_ELEMENTS, DROPPED_WITH_CONTENT } from './html-policy.data.ts'

/** Elements open at once. Deeper ones lose their tags; browsers stop at 512. */
const MAX_DEPTH = 200
/** Formatting elements (`b`, `a`, `font` …) the parser may have to reopen in each block. */
const MAX_FORMATTING = 12

type Tree = DefaultTreeAdapterMap

/**
 * The parse5 parser with the allow-list in front of its tree builder: only allowed elements with clean attributes reach
 * the tree, so that deep nesting and reopened formatting cannot make it slow or large, and no foreign content, template
 * or raw text element exists in the tree at all.
 */
export class FilteringParser extends Parser<Tree> {
  rules!: LinkRules
  /** Called with a code for each thing that is dropped. */
  onDrop!: (code: string, detail: string) => void
  /** The element whose content is being dropped, and how many of the same name are open in it. */
  private dropping: { readonly name: string; depth: number } | undefined

  /** Reads `text` as the content of `<body>`. */
  static read(text: string, rules: LinkRules, onDrop: FilteringParser['onDrop']): Tree['documentFragment'] {
    const context = bodyElement()
    const parser = FilteringParser.getFragmentParser(context, FILTER_OPTIONS) as FilteringParser
    parser.rules = rules
    parser.onDrop = onDrop
    parser.tokenizer.write(text, true)
    return parser.getFragment()
  }

  override onStartTag(token: Token.TagToken): void {
    const name = token.tagName
    if (this.dropping !== undefined) {
      if (name === this.dropping.name && !token.selfClosing) this.dropping.depth++
      // In SVG and MathML no element is read raw.
      else if (!/^(?:svg|math)$/.test(this.dropping.name)) this.skipRawText(name)
      return
    }
    if (EMBEDDED.has(name)) this.say(`(${name} removed)`)
    if (DROPPED_WITH_CONTENT.has(name)) {
      this.onDrop('html-element', name)
      // A self-closing slash only counts in SVG and MathML.
      if (token.selfClosing && /^(?:svg|math)$/.test(name)) return
      this.dropping = { name, depth: 1 }
      this.skipRawText(name)
      return
    }
    if (!ALLOWED_ELEMENTS.has(name) && !isTaskCheckbox(token)) {
      this.onDrop('html-element', name)
      return
    }
    if (this.openElements.stackTop >= MAX_DEPTH && !VOID.has(name)) {
      this.onDrop('html-depth', name)
      return
    }
    if (FORMATTING.has(name) && this.countFormatting() >= MAX_FORMATTING) {
      this.onDrop('html-depth', name)
      return
    }
    if (token.attrs.length > 0) token.attrs = this.cleanAttributes(name, token.attrs)
    super.onStartTag(token)
  }

  override onEndTag(token: Token.TagToken): void {
    if (this.dropping !== undefined) {
      if (token.tagName === this.dropping.name && --this.dropping.depth === 0) this.dropping = undefined
      return
    }
    // `</p>` and `</br>` make elements of their own accord; other unknown end tags are noise.
    if (ALLOWED_ELEMENTS.has(token.tagName)) super.onEndTag(token)
  }

  override onCharacter(token: Token.CharacterToken): void {
    if (this.dropping === undefined) super.onCharacter(token)
  }

  override onWhitespaceCharacter(token: Token.CharacterToken): void {
    if (this.dropping === undefined) super.onWhitespaceCharacter(token)
  }

  override onNullCharacter(_token: Token.CharacterToken): void {
    // NUL never survives: browsers differ in where they drop it.
  }

  override onComment(_token: Token.CommentToken): void {
    // Comments carry nothing for a reader and much for a parser that disagrees about their end.
  }

  override onDoctype(_token: Token.DoctypeToken): void {}

  private countFormatting(): number {
    let count = 0
    let entry = this.activeFormattingElements.newest
    while (entry !== null && count < MAX_FORMATTING) {
      count++
      entry = entry.older
    }
    return count
  }

  private cleanAttributes(element: string, attributes: readonly Token.Attribute[]): Token.Attribute[] {
    const kept: Token.Attribute[] = []
    for (const attribute of attributes) {
      const result = cleanAttribute(element, attribute.name, attribute.value, this.rules)
      if ('dropped' in result) {
        this.onDrop(result.dropped, attribute.name)
      } else {
        if (result.value !== attribute.value) this.onDrop('html-style', attribute.name)
        if (result.value === attribute.value) kept.push(attribute)
        else kept.push({ ...attribute, value: result.value })
      }
    }
    return kept.length === attributes.length ? kept : withNotice(element, attributes, kept)
  }

  /** Text a reader sees where something was. */
  private say(chars: string): void {
    super.onCharacter({ type: Token.TokenType.CHARACTER, chars, location: null })
  }

  /** The tree builder would switch the tokenizer for these; it never sees them. */
  private skipRawText(name: string): void {
    if (name === 'script') this.tokenizer.state = TokenizerMode.SCRIPT_DATA
    else if (name === 'plaintext') this.tokenizer.state = TokenizerMode.PLAINTEXT
    else if (name === 'textarea' || name === 'title') this.tokenizer.state = TokenizerMode.RCDATA
    else if (RAW_TEXT.has(name)) this.tokenizer.state = TokenizerMode.RAWTEXT
  }
}

/** An image without its source says so, unless it has a text of its own; a link without its target keeps its words. */
function withNotice(element: string, before: readonly Token.Attribute[], kept: Token.Attribute[]): Token.Attribute[] {
  const has = (name: string, attributes: readonly Token.Attribute[]): boolean =>
    attributes.some((each) => each.name === name && each.value.trim() !== '')
  const lost = (name: string): boolean => has(name, before) && !has(name, kept)
  if (element === 'img' && lost('src') && !has('alt', kept)) {
    return [...kept.filter(({ name }) => name !== 'alt'), { name: 'alt', value: '(image removed)' }]
  }
  if (element === 'a' && lost('href') && !has('title', kept)) {
    return [...kept.filter(({ name }) => name !== 'title'), { name: 'title', value: '(link removed)' }]
  }
  return kept
}

/** The box of a task list as Markdown renders it: a check box nobody can tick and no form reads. */
function isTaskCheckbox(token: Token.TagToken): boolean {
  if (token.tagName !== 'input') return false
  const type = token.attrs.find((attribute) => attribute.name === 'type')?.value
  return type?.toLowerCase() === 'checkbox' && token.attrs.some((attribute) => attribute.name === 'disabled')
}

const FILTER_OPTIONS: ParserOptions<Tree> = { scriptingEnabled: true }
/** What a reader would see or hear, or another page: a notice stands for it. */
const EMBEDDED: ReadonlySet<string> = new Set(['audio', 'video', 'iframe', 'object', 'embed'])
const RAW_TEXT: ReadonlySet<string> = new Set(['style', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript'])
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'wbr', 'col', 'input'])
const FORMATTING: ReadonlySet<string> = new Set([
  'a',
  'b',
  'big',
  'code',
  'em',
  'font',
  'i',
  's',
  'small',
  'strike',
  'strong',
  'tt',
  'u',
])

function bodyElement(): Tree['element'] {
  return {
    nodeName: 'body',
    tagName: 'body',
    attrs: [],
    namespaceURI: html.NS.HTML,
    childNodes: [],
    parentNode: null,
  }
}

/** Reads HTML that is expected to hold nothing but allowed elements, without changing it. */
export function readFragment(text: string): Tree['documentFragment'] {
  const parser = Parser.getFragmentParser<Tree>(bodyElement(), FILTER_OPTIONS)
  parser.tokenizer.write(text, true)
  return parser.getFragment()
}
