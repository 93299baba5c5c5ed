import type { Span } from '../../guard/finding.ts'

/** How far a sentence may reach to either side of a match, in UTF-16 code units. */
const REACH = 400

const STOP = /[.!?。！？]/
const BREAK = /[\n\r]/

/**
 * The sentence a span stands in, and the next one when the span is all of it: redacting only "ignore the instructions"
 * would leave the order that follows it in force.
 */
export function sentenceAround(text: string, span: Span): Span {
  const start = startOfSentence(text, span.start)
  const end = endOfSentence(text, span.end)
  const isWhole =
    text.slice(start, span.start).trim() === '' && text.slice(span.end, end).replace(STOP, '').trim() === ''
  if (!isWhole || !/^ [^\s]/.test(text.slice(end, end + 2))) return { start, end }
  return { start, end: endOfSentence(text, end) }
}

function startOfSentence(text: string, from: number): number {
  let at = from
  while (at > 0 && from - at < REACH && !isEnd(text, at - 1)) at -= 1
  while (at < from && /\s/.test(text.charAt(at))) at += 1
  return isLowSurrogate(text, at) ? at + 1 : at
}

function endOfSentence(text: string, from: number): number {
  let at = from
  while (at < text.length && at - from < REACH && !isEnd(text, at)) at += 1
  while (at < text.length && STOP.test(text.charAt(at))) at += 1
  return isLowSurrogate(text, at) ? at - 1 : at
}

/** A full stop inside a word, as in a host name or a version, ends nothing. */
function isEnd(text: string, at: number): boolean {
  const character = text.charAt(at)
  if (character === '.') return !/[\p{L}\p{N}]/u.test(text.charAt(at + 1))
  return STOP.test(character) || BREAK.test(character)
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff
}
