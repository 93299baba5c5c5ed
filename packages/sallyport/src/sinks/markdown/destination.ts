import { decodeEntities } from './entities.ts'

/** The part in parentheses of an inline link or image. */
export interface Destination {
  /** Escapes and entities undone. */
  readonly url: string
  /** As written. */
  readonly raw: string
  readonly start: number
  readonly end: number
  /** Index after the closing parenthesis. */
  readonly close: number
  /** False when only a lenient renderer would read it as a link. */
  readonly strict: boolean
}

/** `none`: no renderer sees a destination here; `more`: cannot be told yet. */
export type DestinationResult = Destination | 'none' | 'more'

const LIMIT = 3000

/**
 * Reads `(destination "title")` at the opening parenthesis (CommonMark 6.3). What is no strict destination but has a
 * closing parenthesis on its line is returned as a lenient one, as older renderers allow blanks and unbalanced
 * parentheses in URLs.
 */
export function readDestination(text: string, open: number, end: boolean): DestinationResult {
  const limit = Math.min(text.length, open + LIMIT)
  const cut: DestinationResult = end || text.length > open + LIMIT ? 'none' : 'more'
  const start = skipBlanks(text, open + 1, limit)
  if (start === limit) return cut
  const strict = readStrict(text, start, limit)
  if (strict === 'more') return cut === 'more' ? 'more' : readLenient(text, open, limit, end)
  if (strict !== 'none') return strict
  return readLenient(text, open, limit, end)
}

/** A link destination alone, as in a reference definition; `start` is after the blanks. */
export function readBareDestination(text: string, start: number, end: boolean): Destination | 'none' | 'more' {
  const limit = Math.min(text.length, start + LIMIT)
  const cut: DestinationResult = end || text.length > start + LIMIT ? 'none' : 'more'
  const isAngled = text[start] === '<'
  let index = isAngled ? start + 1 : start
  for (; index < limit; index++) {
    const char = text[index] ?? ''
    if (isAngled ? char === '>' || char === '\n' : /\s/.test(char)) break
    if (char === '\\' && index + 1 < limit && !/\s/.test(text[index + 1] ?? '')) index++
  }
  if (index >= limit) {
    if (cut === 'more') return 'more'
    index = limit
  }
  const from = isAngled ? start + 1 : start
  if (index === from) return 'none'
  const raw = text.slice(from, index)
  return { url: unescapeMarkdown(raw), raw, start: from, end: index, close: index, strict: true }
}

function readStrict(text: string, start: number, limit: number): DestinationResult {
  let index = start
  let from = start
  let to: number
  if (text[start] === '<') {
    from = ++index
    for (; index < limit && text[index] !== '>'; index++) {
      if (text[index] === '\n' || text[index] === '<') return 'none'
      if (text[index] === '\\') index++
    }
    if (index >= limit) return 'more'
    to = index++
  } else {
    let depth = 0
    for (; index < limit; index++) {
      const char = text[index] ?? ''
      if (char === '\\' && /[!-/:-@[-`{-~]/.test(text[index + 1] ?? '')) index++
      else if (char === '(') depth++
      else if (char === ')' && depth-- === 0) break
      else if (/[\0-\x20\x7f]/.test(char)) break
      if (depth > 32) return 'none'
    }
    if (index >= limit) return 'more'
    to = index
  }
  const close = readTitle(text, index, limit)
  if (typeof close === 'string') return close
  const raw = text.slice(from, to)
  return { url: unescapeMarkdown(raw), raw, start: from, end: to, close, strict: true }
}

/** Reads an optional title and the closing parenthesis; returns the index after it. */
function readTitle(text: string, start: number, limit: number): number | 'none' | 'more' {
  let index = skipBlanks(text, start, limit)
  if (index >= limit) return 'more'
  if (text[index] === ')') return index + 1
  const quote = text[index] ?? ''
  if (index === start || !/["'(]/.test(quote)) return 'none'
  const closing = quote === '(' ? ')' : quote
  for (index++; index < limit && text[index] !== closing; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === '\n' && /^\n[ \t\r>]*\n/.test(text.slice(index, index + 200))) return 'none'
  }
  index = skipBlanks(text, index + 1, limit)
  if (index >= limit) return 'more'
  return text[index] === ')' ? index + 1 : 'none'
}

function readLenient(text: string, open: number, limit: number, end: boolean): DestinationResult {
  const rest = text.slice(open + 1, limit)
  const length = rest.search(/[)\n]/)
  if (length < 0) return !end && text.length <= open + LIMIT ? 'more' : 'none'
  if (rest[length] === '\n') return 'none'
  const index = open + 1 + length
  const raw = text.slice(open + 1, index).trim()
  return { url: unescapeMarkdown(raw), raw, start: open + 1, end: index, close: index + 1, strict: false }
}

/** Skips white space and, at the start of a further line, the marks of block quotes. */
export function skipBlanks(text: string, start: number, limit: number): number {
  let index = start
  let atLineStart = false
  for (; index < limit; index++) {
    const char = text[index]
    if (char === '\n') atLineStart = true
    else if (char !== ' ' && char !== '\t' && char !== '\r' && char !== '\f' && !(char === '>' && atLineStart)) break
  }
  return index
}

function unescapeMarkdown(text: string): string {
  return decodeEntities(text.replace(/\\([!-/:-@[-`{-~])/g, '$1')).trim()
}
