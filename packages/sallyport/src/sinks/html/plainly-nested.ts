import type { DefaultTreeAdapterMap } from 'parse5'
import { ALLOWED_ELEMENTS } from './html-policy.data.ts'

/**
 * Whether a tree of allowed elements is nested so plainly that its serialization must parse back into the same tree: no
 * element stands where the parser would close another one first, move it or reopen it (HTML Standard, 13.2.6, tree
 * construction). False means "not sure". Deliberately narrower than the standard: what is not clear at a glance is left
 * to a second parse.
 */
export function isPlainlyNested(root: DefaultTreeAdapterMap['documentFragment']): boolean {
  return root.childNodes.every((child) => isPlain(child, '', undefined, 0))
}

/** What is open around a node, as far as the parser would react to it: bits. */
const PARAGRAPH = 1
const HEADING = 2
const LINK = 4

interface Nesting {
  /** Bits that must not be set around the element. */
  readonly notIn: number
  /** Bits it sets for what it holds. */
  readonly opens: number
  /** The only parents the parser leaves it in. */
  readonly parents: ReadonlySet<string> | undefined
  /** Whether it holds other elements of a table and no text. */
  readonly isTablePart: boolean
}

function isPlain(
  node: DefaultTreeAdapterMap['childNode'],
  parent: string,
  around: Nesting | undefined,
  open: number,
): boolean {
  if (node.nodeName === '#text') {
    const text = (node as DefaultTreeAdapterMap['textNode']).value
    // A newline right after `<pre>` is not part of its text; a table moves text out of itself.
    if (parent === 'pre') return !text.startsWith('\n')
    return around?.isTablePart !== true || /^[ \t\n\f]*$/.test(text)
  }
  if (!('tagName' in node)) return false
  const name = node.tagName
  const nesting = NESTINGS.get(name)
  if (nesting === undefined || (nesting.notIn & open) !== 0) return false
  if (nesting.parents !== undefined ? !nesting.parents.has(parent) : around?.isTablePart === true) {
    return false
  }
  const inside = open | nesting.opens
  for (const child of node.childNodes) if (!isPlain(child, name, nesting, inside)) return false
  return true
}

const PARENTS: Readonly<Record<string, string>> = {
  caption: 'table',
  colgroup: 'table',
  col: 'colgroup',
  thead: 'table',
  tbody: 'table',
  tfoot: 'table',
  tr: 'thead tbody tfoot',
  td: 'tr',
  th: 'tr',
  li: 'ul ol menu dir',
  dt: 'dl',
  dd: 'dl',
  rt: 'ruby',
  rp: 'ruby',
}

const TABLE_PARTS = /^(?:table|thead|tbody|tfoot|tr|colgroup)$/

const CLOSES_PARAGRAPH =
  /^(?:address|article|aside|blockquote|center|dd|details|dir|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hgroup|hr|li|main|menu|nav|ol|p|pre|search|section|summary|table|ul)$/

const NESTINGS: ReadonlyMap<string, Nesting> = new Map(
  [...ALLOWED_ELEMENTS, 'input'].map((name) => {
    const own = name === 'p' ? PARAGRAPH : /^h[1-6]$/.test(name) ? HEADING : name === 'a' ? LINK : 0
    const parents = PARENTS[name]
    return [
      name,
      {
        notIn: (CLOSES_PARAGRAPH.test(name) ? PARAGRAPH : 0) | (own & ~PARAGRAPH),
        opens: own,
        parents: parents === undefined ? undefined : new Set(parents.split(' ')),
        isTablePart: TABLE_PARTS.test(name),
      },
    ]
  }),
)
