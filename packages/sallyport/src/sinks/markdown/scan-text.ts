import { MarkdownScanner, type MarkdownMatch, type MarkdownRules } from './scanner.ts'

/** Scans a complete text. */
export function scanWhole(text: string, rules: MarkdownRules): readonly MarkdownMatch[] {
  return new MarkdownScanner(rules).push(text, true)
}

/**
 * Scans a text in pieces of the given sizes (then in single characters) and checks on the way that no match starts
 * before what was called settled.
 */
export function scanInChunks(text: string, sizes: readonly number[], rules: MarkdownRules): readonly MarkdownMatch[] {
  const scanner = new MarkdownScanner(rules)
  const matches: MarkdownMatch[] = []
  let start = 0
  for (let index = 0; start < text.length; index++) {
    const size = sizes[index] ?? 1
    const settled = scanner.settled
    const found = scanner.push(text.slice(start, start + size), false)
    if (found.some((match) => match.start < settled)) throw new Error('A match starts in settled text.')
    matches.push(...found)
    start += size
  }
  matches.push(...scanner.push('', true))
  return matches
}

/** The text with every match replaced. */
export function applyMatches(text: string, matches: readonly MarkdownMatch[]): string {
  let result = ''
  let from = 0
  for (const match of matches.toSorted((a, b) => a.start - b.start)) {
    result += text.slice(from, Math.max(from, match.start)) + match.replacement
    from = Math.max(from, match.end)
  }
  return result + text.slice(from)
}
