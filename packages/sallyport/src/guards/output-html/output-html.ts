import { z } from 'zod'
import { defineGuard, type GuardScan, type Match } from '../../guard/guard.ts'
import { isHostEntry } from '../../sinks/host-list.ts'
import { sanitizeHtml } from '../../sinks/html.ts'

const hostEntries = z.array(z.string().refine(isHostEntry, 'not a host name, `*.host` or `*`')).readonly()

const options = z.strictObject({
  hosts: z
    .strictObject({
      /** Hosts images may be loaded from. Relative images always may. */
      images: hostEntries.default([]),
      /** Hosts links may lead to. Default: every host. */
      links: hostEntries.optional(),
    })
    .prefault({}),
  /** Allows `data:` images that are PNG, GIF, JPEG or WebP. */
  dataImages: z.boolean().default(false),
  /** Longest HTML taken on, in UTF-16 units; a longer one is replaced by a notice. */
  maxLength: z.int().min(1).default(1_000_000),
})

type Options = z.infer<typeof options>

/**
 * Sanitizes an output that is an HTML document or fragment. One match covers the whole text and carries the sanitized
 * HTML, so nothing of a stream is settled before its end. For Markdown, and for plain text, use `output-markdown`.
 */
export const outputHtml = defineGuard({
  meta: {
    id: 'output-html',
    summary: 'Sanitizes output that is HTML: an allow-list of elements, attributes, URLs and styles.',
    stages: ['output'],
    threats: ['LLM10:2026', 'ASI05', 'AML.T0077'],
    codes: { 'unsafe-html': 'HTML with elements, attributes, URLs or styles that are not allowed.' },
  },
  options,
  open: (settings) => new WholeHtmlScan(settings),
})

class WholeHtmlScan implements GuardScan {
  settled = 0
  private readonly settings: Options
  private text = ''
  private isTooLong = false
  private length = 0

  constructor(settings: Options) {
    this.settings = settings
  }

  push(chunk: string, end: boolean): readonly Match[] {
    this.length += chunk.length
    this.isTooLong = this.length > this.settings.maxLength
    // What is over the limit is not needed any more: the whole text will be replaced.
    this.text = this.isTooLong ? '' : this.text + chunk
    if (!end) return []
    this.settled = this.length
    return this.judge()
  }

  private judge(): readonly Match[] {
    const { hosts, dataImages } = this.settings
    const result = this.isTooLong
      ? undefined
      : sanitizeHtml(this.text, {
          imageHosts: hosts.images,
          ...(hosts.links && { linkHosts: hosts.links }),
          dataImages,
          maxLength: this.settings.maxLength,
        })
    if (result?.ok === true && result.findings.length === 0) return []
    return [
      {
        code: 'unsafe-html',
        severity: 'high',
        confidence: 0.95,
        message: 'HTML with parts that are not allowed.',
        start: 0,
        end: this.length,
        replacement: result?.ok === true ? result.value : '<p>(content removed: longer than the limit)</p>',
      },
    ]
  }
}
