import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'

/**
 * The line (from 1) of every key and list item of a YAML file, by dotted path: `guards.pii.enabled`, `exceptions.0`. A
 * file that cannot be parsed has none.
 */
export function locateValues(text: string): ReadonlyMap<string, number> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const found = new Map<string, number>()
  const visit = (node: unknown, path: string): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue
        const at = path === '' ? String(key.value) : `${path}.${String(key.value)}`
        found.set(at, lines.linePos(key.range?.[0] ?? 0).line)
        visit(value, at)
      }
    } else if (isSeq(node)) {
      for (const [index, item] of node.items.entries()) {
        const range = (item as { readonly range?: readonly number[] } | null)?.range
        found.set(`${path}.${index}`, lines.linePos(range?.[0] ?? 0).line)
        visit(item, `${path}.${index}`)
      }
    }
  }
  if (document.errors.length === 0) visit(document.contents, '')
  return found
}
