/*
 * What the output guards and sinks find in attacks, and what they change in honest documents.
 * A document is "plain" when a crude pattern, written apart from the guards, sees no active HTML, no remote image and no
 * script URL outside fenced code. Usage: npx tsx benchmarks/quality/output.ts [data folder] [--altered]
 */
import { join } from 'node:path'
import { marked } from 'marked'
import { exfiltration } from '../../packages/sallyport/src/guards/exfiltration/index.ts'
import { outputMarkdown } from '../../packages/sallyport/src/guards/output-markdown/index.ts'
import type { Match } from '../../packages/sallyport/src/guard/guard.ts'
import { readFragment } from '../../packages/sallyport/src/sinks/html/filtering-parser.ts'
import { ALLOWED_ELEMENTS } from '../../packages/sallyport/src/sinks/html/html-policy.data.ts'
import { sanitizeHtml } from '../../packages/sallyport/src/sinks/html.ts'
import { dataFolder, readBenignSets, readRows } from './read-rows.ts'

const ACTIVE =
  /<\/?(?:script|style|iframe|object|embed|svg|math|form|input|button|label|select|option|textarea|link|meta|base|body|html|head|title|video|audio|source|canvas|template|noscript|img|image|picture|dialog|slot|map|area)\b|<[a-z][^>]*\son[a-z]+\s*=|<[a-z][^>]*\s(?:style|srcset|tabindex|data-)|!\[[^\]]*\]\(\s*<?(?:https?:|data:)?\/?\/?[a-z0-9.-]+\.[a-z]{2,}\/|!\[[^\]]*\]\(\s*(?:data|javascript):|javascript:|file:/i

/** Attributes that load nothing in HTML but may in Markdown, where frameworks read them. */
const INERT_ATTRIBUTES = /\s(?:style|tabindex|data-[\w-]+)(?=\s*=)/gi

/** A document that holds HTML of the ordinary kind. */
const HTML = /<(?:p|div|ul|ol|table|h[1-6]|a|b|i|em|strong|br|span)\b[^<>]*>/i

const folder = dataFolder()
const share = (part: number, whole: number): string =>
  `${part}/${whole} (${((100 * part) / Math.max(1, whole)).toFixed(2)} %)`
const context = { stage: 'output', origin: 'model' } as const
const inMarkdown = (text: string): readonly Match[] =>
  outputMarkdown.open?.(outputMarkdown.options.parse({}), context)?.push(text, true) ?? []
const inLinks = (text: string): readonly Match[] =>
  (exfiltration.open?.(exfiltration.options.parse({}), context)?.push(text, true) ?? []).filter(
    (match) => match.confidence >= 0.5,
  )

interface ExfilRow {
  readonly text: string
  readonly exfil: boolean | null
  readonly click_required?: boolean
}

const exfil = readRows<ExfilRow>(join(folder, 'security/markdown_exfil.jsonl.gz'))
const images = exfil.filter((row) => row.exfil === true && row.click_required !== true)
const links = exfil.filter((row) => row.exfil === true && row.click_required === true)
console.log('markdown_exfil, no host allowed')
console.log(
  `  zero-click, found by either guard  ${count(images, (row) => inMarkdown(row.text).length + inLinks(row.text).length > 0)}`,
)
console.log(`  click needed, found by exfiltration ${count(links, (row) => inLinks(row.text).length > 0)}`)

let total = 0
let plain = 0
let same = 0
let plainSame = 0
let linked = 0
let htmlDocuments = 0
let sameTree = 0
let rendered = 0
let sameRendered = 0
for (const set of readBenignSets(folder)) {
  for (const text of set.texts) {
    total++
    const matches = inMarkdown(text)
    const isPlain = !ACTIVE.test(text.replace(/^([ \t>]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t>]*\2/gm, ''))
    if (isPlain) plain++
    if (matches.length === 0) same++
    if (matches.length === 0 && isPlain) plainSame++
    if (matches.length > 0 && isPlain && process.argv.includes('--altered')) {
      console.log(
        '  altered',
        set.name,
        matches.map((match) => match.code).join(),
        JSON.stringify(text.slice(Math.max(0, (matches[0]?.start ?? 0) - 60), (matches[0]?.end ?? 0) + 60)),
      )
    }
    if (inLinks(text).length > 0) linked++
    if (isHtml(text) && !ACTIVE.test(text.replace(INERT_ATTRIBUTES, ' '))) {
      htmlDocuments++
      if (keepsTree(text)) sameTree++
      else showAltered('HTML', set.name, text)
    }
    if (isMarkdown(text)) {
      rendered++
      const html = marked.parse(text, { async: false })
      if (keepsTree(html)) sameRendered++
      else showAltered('rendered Markdown', set.name, html)
    }
  }
}
console.log('benign training documents')
console.log(`  output-markdown, byte-identical, all    ${share(same, total)}`)
console.log(`  output-markdown, byte-identical, plain  ${share(plainSame, plain)}`)
console.log(`  exfiltration, something found           ${share(linked, total)}`)
console.log(`  sanitizeHtml, same tree, HTML documents     ${share(sameTree, htmlDocuments)}`)
console.log(`  sanitizeHtml, same tree, rendered Markdown  ${share(sameRendered, rendered)}`)

function keepsTree(html: string): boolean {
  const clean = sanitizeHtml(html)
  return clean.ok && shape(clean.value) === shape(html)
}

function showAltered(what: string, set: string, html: string): void {
  if (!process.argv.includes('--altered')) return
  const clean = sanitizeHtml(html)
  console.log('  altered', what, set, clean.ok ? clean.findings.map(({ code }) => code).join() : 'refused')
  const [before, after] = [shape(html).split('\n'), shape(clean.ok ? clean.value : '').split('\n')]
  const at = before.findIndex((line, index) => line !== after[index])
  console.log('   ', JSON.stringify(before[at]?.slice(0, 200)), '→', JSON.stringify(after[at]?.slice(0, 200)))
}

/** Markdown with something to render, and neither HTML of its own (outside code) nor images. */
function isMarkdown(text: string): boolean {
  const hasMarkup = /^(?:#{1,6} |[-*+] |\d+\. |> |```|\|.*\|)|\[[^\]]+\]\([^)]+\)|\*\*[^*]+\*\*|`[^`]+`/m
  const outsideCode = text.replace(/^([ \t>]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t>]*\2/gm, '').replace(/`[^`\n]*`/g, '')
  return hasMarkup.test(text) && !/<[a-z!/]/i.test(outsideCode) && !text.includes('![')
}

/** Ordinary HTML and nothing else in angle brackets: no JSX (`className`, `={`), no generics, no `<placeholders>`. */
function isHtml(text: string): boolean {
  const names = [...text.matchAll(/<\/?([a-z][^\s<>/]*)/gi)].map((found) => (found[1] ?? '').toLowerCase())
  return HTML.test(text) && names.every((name) => ALLOWED_ELEMENTS.has(name)) && !/className|\skey=|=\{/.test(text)
}

function count<Row>(rows: readonly Row[], test: (row: Row) => boolean): string {
  return share(rows.filter(test).length, rows.length)
}

/** Elements, attributes and text of the tree; without comments, and the text on both sides of one is one text. */
function shape(html: string): string {
  const lines: string[] = []
  let words = ''
  const flush = (): void => {
    if (words !== '') lines.push(words)
    words = ''
  }
  const visit = (node: {
    readonly childNodes?: readonly unknown[]
    readonly tagName?: string
    readonly attrs?: unknown
    readonly value?: string
    readonly nodeName?: string
  }): void => {
    if (node.nodeName === '#text') words += node.value ?? ''
    else if (node.tagName !== undefined) {
      flush()
      lines.push(`<${node.tagName} ${JSON.stringify(node.attrs)}>`)
    }
    for (const child of node.childNodes ?? []) visit(child as Parameters<typeof visit>[0])
    if (node.tagName !== undefined) {
      flush()
      lines.push('/')
    }
  }
  visit(readFragment(html) as unknown as Parameters<typeof visit>[0])
  flush()
  return lines.join('\n')
}
