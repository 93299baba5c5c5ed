import { z } from 'zod'
import { defineGuard } from '../../guard/guard.ts'
import { hostList, isHostEntry, namedHosts } from '../../sinks/host-list.ts'
import { RENDER_CODES, renderRules } from '../../sinks/markdown/render-rules.ts'
import { MarkdownScanner } from '../../sinks/markdown/scanner.ts'

const hostEntry = z.string().refine(isHostEntry, 'not a host name, `*.host` or `*`')

const options = z.strictObject({
  hosts: z
    .strictObject({
      /** Hosts images may be loaded from: `example.com`, `*.example.com`. Relative images always may. */
      images: z.array(hostEntry).readonly().default([]),
      /** Hosts links may lead to, besides those of images. Default: every host. */
      links: z.array(hostEntry).readonly().optional(),
    })
    .prefault({}),
  /** Allows `data:` images that are PNG, GIF, JPEG or WebP and short enough to be read whole (3,000 characters). */
  dataImages: z.boolean().default(false),
})

/**
 * Finds what makes rendered Markdown load, run or mislead: images and links of hosts that are not allowed, links with
 * dangerous schemes, active HTML. Each match carries an inert, visible replacement; code and ordinary Markdown stay byte for byte.
 */
export const outputMarkdown = defineGuard({
  meta: {
    id: 'output-markdown',
    summary: 'Makes Markdown safe to render: no image of a foreign host, no dangerous link, no active HTML.',
    stages: ['output', 'tool-call'],
    threats: ['LLM02:2026', 'LLM10:2026', 'ASI01', 'AML.T0024', 'AML.T0077'],
    codes: RENDER_CODES,
  },
  options,
  open: ({ hosts, dataImages }) =>
    new MarkdownScanner(
      renderRules({ imageHosts: hostList(hosts.images), linkHosts: namedHosts(hosts.links), dataImages }),
    ),
})
