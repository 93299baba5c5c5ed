import { parseInline, type Inline } from './markdown-inline.ts'

/** A block of the Markdown subset the chat shows. There is no HTML block: markup in a model's text stays text. */
export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly language: string; readonly text: string }
  | { readonly type: 'list'; readonly start: number | undefined; readonly items: readonly (readonly Block[])[] }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | { readonly type: 'rule' }

const DEEPEST_BLOCK = 6

/**
 * Reads headings, lists, quotes, fenced code, rules and paragraphs into plain objects, to be drawn as elements. Work is
 * linear in the text for each level of nesting, of which there are at most six.
 */
export function parseMarkdown(text: string): readonly Block[] {
  return parseBlocks(text.replaceAll(/\r\n?/g, '\n').split('\n'), 0)
}

const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\s`]{0,40})/
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+|$)/
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const QUOTE = /^ {0,3}> ?/
const BULLET = /^( {0,3})([-*+]|\d{1,9}[.)])( {1,4}|\t|$)/

function parseBlocks(lines: readonly string[], depth: number): readonly Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', children: parseInline(paragraph.join('\n')) })
    paragraph = []
  }
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const taken = depth < DEEPEST_BLOCK ? readBlock(lines, at, depth) : undefined
    if (taken) {
      endParagraph()
      blocks.push(taken.block)
      at = taken.next
    } else {
      if (line.trim() === '') endParagraph()
      else paragraph.push(line)
      at += 1
    }
  }
  endParagraph()
  return blocks
}

interface Taken {
  readonly block: Block
  readonly next: number
}

function readBlock(lines: readonly string[], at: number, depth: number): Taken | undefined {
  const line = lines[at] ?? ''
  const fence = FENCE.exec(line)
  if (fence) return readFence(lines, at, fence[1] ?? '```', fence[2] ?? '')
  const heading = HEADING.exec(line)
  if (heading) {
    const title = trimClosingHashes(line.slice(heading[0].length))
    return { block: { type: 'heading', level: heading[1]?.length ?? 1, children: parseInline(title) }, next: at + 1 }
  }
  if (line.length < 200 && RULE.test(line)) return { block: { type: 'rule' }, next: at + 1 }
  if (QUOTE.test(line)) return readQuote(lines, at, depth)
  return BULLET.test(line) ? readList(lines, at, depth) : undefined
}

function readFence(lines: readonly string[], at: number, fence: string, language: string): Taken {
  let next = at + 1
  const isClosing = (line: string) =>
    line.trim().startsWith(fence) && line.trim().replaceAll(fence[0] ?? '`', '') === ''
  while (next < lines.length && !isClosing(lines[next] ?? '')) next += 1
  return { block: { type: 'code', language, text: lines.slice(at + 1, next).join('\n') }, next: next + 1 }
}

function readQuote(lines: readonly string[], at: number, depth: number): Taken {
  let next = at
  while (next < lines.length && QUOTE.test(lines[next] ?? '')) next += 1
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTE, ''))
  return { block: { type: 'quote', children: parseBlocks(inner, depth + 1) }, next }
}

/** Items go on while lines are indented past their marker; one empty line inside an item is allowed. */
function readList(lines: readonly string[], at: number, depth: number): Taken {
  const number = /\d+/.exec((BULLET.exec(lines[at] ?? '') ?? [])[2] ?? '')
  const isOrdered = number !== null
  const items: (readonly Block[])[] = []
  let next = at
  while (next < lines.length) {
    const bullet = BULLET.exec(lines[next] ?? '')
    if (!bullet || /\d/.test(bullet[2] ?? '') !== isOrdered) break
    const indent = bullet[0].length
    const item = [(lines[next] ?? '').slice(indent)]
    next += 1
    while (next < lines.length && belongsToItem(lines[next] ?? '', lines[next + 1], indent)) {
      item.push((lines[next] ?? '').slice(Math.min(indent, leadingSpaces(lines[next] ?? ''))))
      next += 1
    }
    items.push(parseBlocks(item, depth + 1))
    while ((lines[next] ?? 'x').trim() === '' && BULLET.test(lines[next + 1] ?? '')) next += 1
  }
  return { block: { type: 'list', start: number ? Number(number[0]) : undefined, items }, next }
}

function belongsToItem(line: string, following: string | undefined, indent: number): boolean {
  if (line.trim() === '') return following !== undefined && leadingSpaces(following) >= Math.min(indent, 2)
  return leadingSpaces(line) >= Math.min(indent, 2)
}

function leadingSpaces(line: string): number {
  let count = 0
  while (line.charCodeAt(count) === 0x20) count += 1
  return count
}

function trimClosingHashes(title: string): string {
  const trimmed = title.trimEnd()
  let end = trimmed.length
  while (end > 0 && trimmed[end - 1] === '#') end -= 1
  return end === 0 || trimmed[end - 1] === ' ' ? trimmed.slice(0, end).trimEnd() : trimmed
}
