/** A key, string or number of a JSON text: what it says and where it stands. */
export interface JsonLeaf {
  readonly kind: 'key' | 'string' | 'number'
  /** Decoded: escapes are undone. */
  readonly text: string
  /** Half-open range in the JSON text, quotes included. */
  readonly start: number
  readonly end: number
}

const TOKEN =
  /[ \t\r\n]*(?:("[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([[\]{},:]))/y

/**
 * The leaves of a JSON text in document order, or undefined when it is no JSON. Duplicate keys stay:
 * every token is looked at, whichever of them the reader of the text will take.
 */
export function jsonLeaves(text: string, maxDepth = 64): readonly JsonLeaf[] | undefined {
  try {
    // Says whether the text is JSON at all; the tokens below may then be read without a grammar.
    JSON.parse(text)
  } catch {
    return undefined
  }
  const leaves: JsonLeaf[] = []
  let depth = 0
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const end = TOKEN.lastIndex
    const [, string, number, , punctuation] = match
    if (string !== undefined) {
      leaves.push({ kind: 'string', text: JSON.parse(string) as string, start: end - string.length, end })
    } else if (number !== undefined) {
      leaves.push({ kind: 'number', text: number, start: end - number.length, end })
    } else if (punctuation === ':') {
      const key = leaves.pop()
      if (key !== undefined) leaves.push({ ...key, kind: 'key' })
    } else if (punctuation === '{' || punctuation === '[') {
      if (++depth > maxDepth) return undefined
    } else if (punctuation === '}' || punctuation === ']') depth--
    if (end === text.length) return leaves
  }
  return leaves
}

/** The JSON text with some leaves (by index) replaced; everything else keeps its bytes. */
export function replaceLeaves(text: string, leaves: readonly JsonLeaf[], edits: ReadonlyMap<number, string>): string {
  let result = ''
  let last = 0
  for (const [index, leaf] of leaves.entries()) {
    const edited = edits.get(index)
    if (edited === undefined) continue
    result += text.slice(last, leaf.start) + JSON.stringify(edited)
    last = leaf.end
  }
  return result + text.slice(last)
}
