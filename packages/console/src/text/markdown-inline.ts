/**
 * A run inside a block. Links and images keep their target as text to be shown: model text never makes the browser go
 * or fetch anywhere, because a target is where stolen data would be written.
 */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly type: 'link' | 'image'; readonly label: string; readonly target: string }

const DEEPEST_INLINE = 6
const LONGEST_LABEL = 1000
const LONGEST_TARGET = 2000
const LONGEST_FENCE = 10

const MARKS = [
  ['**', 'strong'],
  ['__', 'strong'],
  ['~~', 'strike'],
  ['*', 'emphasis'],
  ['_', 'emphasis'],
] as const

/** Reads code, emphasis, links and images. What does not close stays as it was written. */
export function parseInline(text: string, depth = 0): readonly Inline[] {
  const nodes: Inline[] = []
  // Delimiters that have no partner further on, so that many openers do not make the search quadratic.
  const unclosed = new Set<string>()
  let plain = ''
  let at = 0
  while (at < text.length) {
    const taken = readInline(text, at, depth, unclosed)
    if (taken) {
      if (plain) nodes.push({ type: 'text', text: plain })
      plain = ''
      nodes.push(taken.node)
      at = taken.next
    } else if (text[at] === '\\' && isPunctuation(text[at + 1])) {
      plain += text[at + 1] ?? ''
      at += 2
    } else {
      plain += text[at] ?? ''
      at += 1
    }
  }
  if (plain) nodes.push({ type: 'text', text: plain })
  return nodes
}

interface Taken {
  readonly node: Inline
  readonly next: number
}

function readInline(text: string, at: number, depth: number, unclosed: Set<string>): Taken | undefined {
  switch (text[at]) {
    case '`':
      return readCode(text, at, unclosed)
    case '!':
      return text[at + 1] === '[' ? readTarget(text, at + 1, 'image', unclosed) : undefined
    case '[':
      return readTarget(text, at, 'link', unclosed)
    case '*':
    case '_':
    case '~':
      return depth < DEEPEST_INLINE ? readEmphasis(text, at, depth, unclosed) : undefined
    default:
      return undefined
  }
}

function readCode(text: string, at: number, unclosed: Set<string>): Taken | undefined {
  let open = at
  while (text[open] === '`' && open < at + LONGEST_FENCE) open += 1
  const fence = text.slice(at, open)
  if (unclosed.has(fence)) return undefined
  const close = text.indexOf(fence, open)
  if (close === -1) {
    unclosed.add(fence)
    return undefined
  }
  return { node: { type: 'code', text: text.slice(open, close) }, next: close + fence.length }
}

function readTarget(text: string, at: number, type: 'link' | 'image', unclosed: Set<string>): Taken | undefined {
  const label = text.slice(at + 1, at + 1 + LONGEST_LABEL)
  const labelEnd = label.indexOf('](')
  if (labelEnd === -1) return undefined
  const targetAt = at + 1 + labelEnd + 2
  if (unclosed.has(')') || text.indexOf(')', targetAt) === -1) {
    unclosed.add(')')
    return undefined
  }
  const target = text.slice(targetAt, targetAt + LONGEST_TARGET)
  const targetEnd = closingParenthesis(target)
  if (targetEnd === -1) return undefined
  const node: Inline = { type, label: label.slice(0, labelEnd), target: target.slice(0, targetEnd).trim() }
  return { node, next: targetAt + targetEnd + 1 }
}

function closingParenthesis(target: string): number {
  let depth = 0
  for (let at = 0; at < target.length; at += 1) {
    if (target[at] === '\n') return -1
    if (target[at] === '(') depth += 1
    if (target[at] === ')' && depth-- === 0) return at
  }
  return -1
}

function readEmphasis(text: string, at: number, depth: number, unclosed: Set<string>): Taken | undefined {
  for (const [mark, type] of MARKS) {
    if (!text.startsWith(mark, at) || unclosed.has(mark)) continue
    const open = at + mark.length
    if (isBlank(text[open]) || (mark[0] === '_' && isWord(text[at - 1]))) continue
    const close = findClosing(text, mark, open + 1)
    if (close === -1) {
      unclosed.add(mark)
      continue
    }
    if (isBlank(text[close - 1]) || (mark[0] === '_' && isWord(text[close + mark.length]))) continue
    return { node: { type, children: parseInline(text.slice(open, close), depth + 1) }, next: close + mark.length }
  }
  return undefined
}

/** A single mark does not end inside a double one, and the last of a longer run ends a double one: `***a***`. */
function findClosing(text: string, mark: string, from: number): number {
  let close = text.indexOf(mark, from)
  while (close !== -1) {
    let end = close
    while (text[end] === mark[0] && end < close + 3) end += 1
    if (mark.length === 2) return end - 2
    if (end - close !== 2) return close
    close = text.indexOf(mark, end)
  }
  return -1
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || character === ' ' || character === '\n' || character === '\t'
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

function isPunctuation(character: string | undefined): boolean {
  return character !== undefined && /[!-/:-@[-`{-~]/.test(character)
}
