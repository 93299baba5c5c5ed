import type { Span } from '../../guard/finding.ts'

/** How far a sentence may reach to either side of a match, in UTF-16 code units. */
const REACH = 400

const END = /[.!?。！？\n\r]/

/**
 * The sentence a span stands in: redacting only the words "ignore all previous instructions" would leave the order that
 * follows them in force.
 */
export function sentenceAround(text: string, span: Span): Span {
  let start = span.start
  while (start > 0 && span.start - start < REACH && !END.test(text.charAt(start - 1))) start -= 1
  while (start < span.start && /\s/.test(text.charAt(start))) start += 1
  let end = span.end
  if (end > span.start && END.test(text.charAt(end - 1))) return { start, end }
  while (end < text.length && end - span.end < REACH && !END.test(text.charAt(end))) end += 1
  if (end < text.length && /[.!?。！？]/.test(text.charAt(end))) end += 1
  return { start, end }
}
