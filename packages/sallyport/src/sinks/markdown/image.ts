import { readDestination, type Destination } from './destination.ts'

export type ImageReading =
  | { readonly kind: 'inline'; readonly alt: string; readonly destination: Destination }
  | { readonly kind: 'reference'; readonly alt: string; readonly labels: readonly string[]; readonly end: number }
  /** Not an image for any renderer. */
  | { readonly kind: 'text' }
  /** Too long or too tangled to tell. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'more' }

const ALT_LIMIT = 2000
const MAX_DEPTH = 8

/**
 * Reads an image at `![`. `literal` is set where backticks may or may not be code; an alternative text with one is then
 * unclear. Renderers differ on tags, quotes and blank lines inside; whatever could go two ways is unclear.
 */
export function readImage(text: string, open: number, end: boolean, literal: boolean): ImageReading {
  const close = closingBracket(text, open + 2, end, literal)
  if (typeof close === 'string') return { kind: close }
  const alt = text.slice(open + 2, close)
  const next = text[close + 1]
  if (next === undefined && !end) return { kind: 'more' }
  if (next === '(') {
    const destination = readDestination(text, close + 1, end)
    if (destination === 'more') return { kind: 'more' }
    if (destination !== 'none') return { kind: 'inline', alt, destination }
    // A destination cut by the limit must not pass for text.
    if (text.length > close + 2900 && !/^.{0,2900}\n/.test(text.slice(close, close + 2902))) return { kind: 'unclear' }
    return { kind: 'reference', alt, labels: [alt], end: close + 1 }
  }
  return readReference(text, close, alt, end)
}

function readReference(text: string, close: number, alt: string, end: boolean): ImageReading {
  const label = /^[ \t]?\n?[ \t]{0,3}\[((?:[^[\]\\]|\\.){0,999})(\])?/s.exec(text.slice(close + 1, close + 1010))
  const hasMore = text.length > close + 1010 || end
  if (label === null) {
    const mayFollow = !hasMore && /^[ \t]?\n?[ \t]{0,3}$/.test(text.slice(close + 1))
    return mayFollow ? { kind: 'more' } : { kind: 'reference', alt, labels: [alt], end: close + 1 }
  }
  if (label[2] === undefined) {
    const isCut = label[0].length === text.length - close - 1
    return isCut && !hasMore ? { kind: 'more' } : { kind: 'reference', alt, labels: [alt], end: close + 1 }
  }
  return { kind: 'reference', alt, labels: [alt, label[1] ?? ''], end: close + 1 + label[0].length }
}

/** Index of the bracket that closes the alternative text. */
function closingBracket(
  text: string,
  start: number,
  end: boolean,
  literal: boolean,
): number | 'text' | 'unclear' | 'more' {
  const limit = Math.min(text.length, start + ALT_LIMIT)
  let depth = 0
  for (let index = start; index < limit; index++) {
    switch (text[index]) {
      case '\\':
        if (literal) return 'unclear'
        index++
        break
      case '[':
        if (++depth > MAX_DEPTH) return 'unclear'
        break
      case ']':
        if (depth-- === 0) return index
        break
      case '`': {
        if (literal) return 'unclear'
        const after = skipCode(text, index, limit)
        if (after === undefined)
          return limit < text.length || end || text.slice(index, limit).includes('\n') ? 'unclear' : 'more'
        index = after - 1
        break
      }
      case '<':
        if (index + 1 >= limit) break
        if (/[A-Za-z/!?]/.test(text[index + 1] ?? '')) return 'unclear'
        break
      case '\n':
        if (/^\n[ \t\r>]*\n/.test(text.slice(index, index + 100))) return 'text'
        break
      default:
    }
  }
  if (limit < text.length) return 'unclear'
  return end ? 'text' : 'more'
}

/** Index after a code span on the same line, undefined when it is not closed there. */
function skipCode(text: string, start: number, limit: number): number | undefined {
  let after = start
  while (text[after] === '`') after++
  const length = after - start
  for (let index = after; index < limit && text[index] !== '\n'; index++) {
    if (text[index] !== '`') continue
    const from = index
    while (text[index] === '`') index++
    if (index - from === length && index < limit) return index
    index--
  }
  return undefined
}
