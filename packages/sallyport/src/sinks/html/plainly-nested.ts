import type { DefaultTreeAdapterMap } from 'parse5'

/**
 * Whether a tree of allowed elements is nested so plainly that its serialization must parse back into the same tree: no
 * element stands where the parser would close another one first, move it or reopen it (HTML Standard, 13.2.6, tree
 * construction). False means "not sure". Deliberately narrower than the standard: what is not clear at a glance is left
 * to a second parse.
 */
export function isPlainlyNested(root: DefaultTreeAdapterMap['documentFragment']): boolean {
  return root.childNodes.every((child) => isPlain(child, '', NOWHERE))
}

/** What is open around a node, as far as the parser would react to it. */
interface Around {
  readonly paragraph: boolean
  readonly heading: boolean
  readonly link: boolean
}

const NOWHERE: Around = { paragraph: false, heading: false, link: false }

function isPlain(node: DefaultTreeAdapterMap['childNode'], parent: string, around: Around): boolean {
  if (node.nodeName === '#text') {
    const text = (node as DefaultTreeAdapterMap['textNode']).value
    // A table moves text out of itself; a newline right after `<pre>` is not part of its text.
    if (TABLE_PARTS.has(parent)) return /^[ \t\n\f]*$/.test(text)
    return parent !== 'pre' || !text.startsWith('\n')
  }
  if (!('tagName' in node)) return false
  const name = node.tagName
  const wanted = PARENTS[name]
  if (wanted !== undefined ? !wanted.includes(parent) : TABLE_PARTS.has(parent)) return false
  if (around.paragraph && CLOSES_PARAGRAPH.has(name)) return false
  const isHeading = /^h[1-6]$/.test(name)
  if ((isHeading && around.heading) || (name === 'a' && around.link)) return false
  const inside: Around =
    name === 'p' || isHeading || name === 'a'
      ? {
          paragraph: around.paragraph || name === 'p',
          heading: around.heading || isHeading,
          link: around.link || name === 'a',
        }
      : around
  for (const child of node.childNodes) if (!isPlain(child, name, inside)) return false
  return true
}

/** Elements that hold other elements of a table and no text. */
const TABLE_PARTS: ReadonlySet<string> = new Set(['table', 'thead', 'tbody', 'tfoot', 'tr', 'colgroup'])

/** Elements the parser only leaves in place under these parents. */
const PARENTS: Readonly<Record<string, readonly string[]>> = Object.assign(
  Object.create(null) as Record<string, readonly string[]>,
  {
    caption: ['table'],
    colgroup: ['table'],
    col: ['colgroup'],
    thead: ['table'],
    tbody: ['table'],
    tfoot: ['table'],
    tr: ['thead', 'tbody', 'tfoot'],
    td: ['tr'],
    th: ['tr'],
    li: ['ul', 'ol', 'menu', 'dir'],
    dt: ['dl'],
    dd: ['dl'],
    rt: ['ruby'],
    rp: ['ruby'],
  },
)

const CLOSES_PARAGRAPH: ReadonlySet<string> = new Set(
  `address article aside blockquote center dd details dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header
  hgroup hr li main menu nav ol p pre section summary table ul`.split(/\s+/),
)
