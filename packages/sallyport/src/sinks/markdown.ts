import { hostList, namedHosts } from './host-list.ts'
import { CARRIED_MINIMUM, dataCarryingRules } from './markdown/data-carrying-rules.ts'
import { renderRules } from './markdown/render-rules.ts'
import { applyMatches, scanWhole } from './markdown/scan-text.ts'
import type { MarkdownMatch, MarkdownRules } from './markdown/scanner.ts'
import { made, refused, sinkFinding, type SinkResult } from './sink.ts'

export interface MarkdownOptions {
  /** Hosts images may be loaded from: `example.com`, `*.example.com`. Default: none. Relative images always may. */
  readonly imageHosts?: readonly string[]
  /** Hosts links may lead to, besides those of images; `*` stands for every host. Default: every host. */
  readonly linkHosts?: readonly string[]
  /** Allows `data:` images that are PNG, GIF, JPEG or WebP, up to 3,000 characters. Default false. */
  readonly dataImages?: boolean
  /** Longest text in UTF-16 units that is taken on; longer is refused. Default 1,000,000. */
  readonly maxLength?: number
}

/** Rounds after which markup within markup must have settled; each shortens what is left to object to. */
const MAX_ROUNDS = 8

/**
 * Sanitizes Markdown before it is rendered, with HTML switched on or off: images and links of hosts that are not allowed,
 * links with dangerous schemes or that carry data away, and active HTML are replaced by visible, inert text. Code and ordinary
 * Markdown stay byte for byte. The renderer's own HTML should still go through `sanitizeHtml` where that is possible.
 */
export function sanitizeMarkdown(text: string, options: MarkdownOptions = {}): SinkResult<'markdown'> {
  if (text.length > (options.maxLength ?? 1_000_000)) {
    return refused('markdown-too-long', 'The Markdown is longer than the limit.')
  }
  const imageHosts = hostList(options.imageHosts ?? [])
  const linkHosts = namedHosts(options.linkHosts)
  const passes = [
    renderRules({ imageHosts, linkHosts, dataImages: options.dataImages ?? false }),
    dataCarryingRules((host) => imageHosts(host) || linkHosts?.(host) === true, CARRIED_MINIMUM),
  ]
  const found = passes.flatMap((rules) => scanWhole(text, rules))
  let value = text
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = passes.reduce(applyRules, value)
    if (next === value) {
      return made(
        text,
        value,
        found.map((match) =>
          sinkFinding('markdown', match.code, match, match.severity, match.message, match.confidence),
        ),
      )
    }
    value = next
  }
  return refused('markdown-unstable', 'Markup within markup that does not settle.')
}

function applyRules(text: string, rules: MarkdownRules): string {
  const matches: readonly MarkdownMatch[] = scanWhole(text, rules)
  return matches.length === 0 ? text : applyMatches(text, matches)
}
