import { parseFragment } from 'parse5'

/** Decodes HTML character references, with the parser's own table. Text without an ampersand costs nothing. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  const node = parseFragment(text.replaceAll('<', '&lt;')).childNodes[0]
  return node !== undefined && 'value' in node ? node.value : text
}
