import { openHiddenScan, REMOVAL_CONFIDENCE } from './hidden-scan.ts'

/**
 * Removes hidden characters from a whole text and leaves everything a language, an emoji or a paragraph needs.
 * `removed` counts the UTF-16 code units that were taken out or replaced.
 *
 * @example
 * cleanText('ig\u200Bnore').text // 'ignore'
 */
export function cleanText(text: string): { readonly text: string; readonly removed: number } {
  const scan = openHiddenScan({ allow: [], maxBlankRun: 1000, maxLineEnds: 50 })
  const parts: string[] = []
  let removed = 0
  let position = 0
  for (const { start, end, confidence, replacement = '' } of scan.push(text, true)) {
    if (confidence < REMOVAL_CONFIDENCE || end <= position) continue
    parts.push(text.slice(position, Math.max(position, start)), replacement)
    removed += end - Math.max(position, start)
    position = end
  }
  parts.push(text.slice(position))
  return { text: parts.join(''), removed }
}
