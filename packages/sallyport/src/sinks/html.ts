import { serialize } from 'parse5'
import type { Severity } from '../guard/finding.ts'
import { hostList, namedHosts } from './host-list.ts'
import { escapeHtml } from './html-text.ts'
import type { LinkRules } from './html/attributes.ts'
import { FilteringParser, readFragment } from './html/filtering-parser.ts'
import { isPlainlyNested } from './html/plainly-nested.ts'
import { carriesData } from './markdown/data-carrying-rules.ts'
import { made, refused, wholeFinding, type SinkFinding, type SinkResult } from './sink.ts'

export interface HtmlOptions {
  /** Hosts images may be loaded from: `example.com`, `*.example.com`. Default: none. Relative images always may. */
  readonly imageHosts?: readonly string[]
  /** Hosts links may lead to, besides those of images; `*` stands for every host. Default: every host. */
  readonly linkHosts?: readonly string[]
  /** Allows `data:` images that are PNG, GIF, JPEG or WebP. Default false. */
  readonly dataImages?: boolean
  /** Longest text in UTF-16 units that is taken on; longer is refused. Default 1,000,000. */
  readonly maxLength?: number
}

/**
 * Sanitizes HTML for the content of an element (`innerHTML`). An allow-list of text elements and attributes stays, but
 * no URL that carries data away, on allowed hosts either; a notice stands for images, links and media that go. Scripts, styles, forms, media, frames, SVG, MathML, templates and comments go. The result holds its shape: parsing it
 * and serialising again gives the same HTML, in a parser with or without scripting (no mutation XSS).
 *
 * Linear in the input: nesting is cut at 200 elements, reopened formatting at 12.
 *
 * @example
 * ```ts
 * sanitizeHtml('<p onclick="x()">Hi <script>y()</script></p>') // { ok: true, value: '<p>Hi </p>', … }
 * ```
 */
export function sanitizeHtml(text: string, options: HtmlOptions = {}): SinkResult<'html'> {
  if (text.length > (options.maxLength ?? 1_000_000)) {
    return refused('html-too-long', 'The HTML is longer than the limit.')
  }
  const imageHosts = hostList(options.imageHosts ?? [])
  const linkHosts = namedHosts(options.linkHosts)
  const isNamed = (host: string): boolean => imageHosts(host) || linkHosts?.(host) === true
  const rules: LinkRules = {
    imageHosts,
    linkHosts: linkHosts && isNamed,
    dataImages: options.dataImages ?? false,
    carriesData: (url) => carriesData(url, isNamed),
  }
  const dropped = new Set<string>()
  const tree = FilteringParser.read(text, rules, (code) => dropped.add(code))
  const first = serialize(tree)
  // Reopened formatting can multiply the text by at most the formatting cap; what still explodes is shown as text.
  if (first.length > 8 * text.length + 10_000) return escaped(text)
  // A carriage return from an entity would be read as a line feed.
  const value = isPlainlyNested(tree) && !first.includes('\r') ? first : settle(first)
  if (value === undefined) return escaped(text)
  return made(
    text,
    value,
    [...dropped].map((code) => describe(code, text)),
  )
}

/** HTML that parses back into itself; undefined for misnested markup the standard's own algorithm does not settle on. */
function settle(html: string): string | undefined {
  let value = html
  for (let pass = 0; pass < 5; pass++) {
    const again = serialize(readFragment(value))
    if (again === value) return value
    value = again
  }
  return undefined
}

function escaped(text: string): SinkResult<'html'> {
  return made(text, escapeHtml(text), [
    wholeFinding('html', 'html-unstable', text, 'high', 'Markup that does not settle into one tree; shown as text.'),
  ])
}

const CODES: Readonly<Record<string, readonly [Severity, string]>> = {
  'html-element': ['medium', 'An element that is not allowed was removed.'],
  'html-event-handler': ['high', 'An event handler was removed.'],
  'html-style': ['medium', 'A style that can load, cover or move things was removed.'],
  'html-link': ['high', 'A link target that is not allowed was removed.'],
  'html-image': ['high', 'An image source that is not allowed was removed.'],
  'html-carried-data': ['high', 'A URL that carries data away was removed.'],
  'html-clobbering-name': ['medium', 'An id or name that shadows a property of the page was removed.'],
  'html-attribute': ['low', 'An attribute that is not allowed was removed.'],
  'html-depth': ['medium', 'Nesting beyond the limit was flattened.'],
}

function describe(code: string, text: string): SinkFinding {
  const [severity, message] = CODES[code] ?? (['medium', 'Markup that is not allowed was removed.'] as const)
  return wholeFinding('html', code, text, severity, message)
}
