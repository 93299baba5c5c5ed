import type { HostList } from '../host-list.ts'
import { readWebUrl } from '../web-url.ts'
import { carriedData, type CarriedDataCode } from './carried-data.ts'
import { removedImage } from './render-rules.ts'
import type { LinkKind, MarkdownRules, Objection } from './scanner.ts'

export const CARRIED_DATA_CODES: Readonly<Record<CarriedDataCode, string>> = {
  'url-secret': 'A URL that holds something in the form of a key or token.',
  'url-personal-data': 'A URL that holds an e-mail address, a card number or a social security number.',
  'url-encoded-data': 'A URL that holds encoded text or a long random value.',
  'url-text': 'A URL that holds sentences.',
  'url-named-data': 'A URL with a parameter named after what it takes away.',
  'url-placeholder': 'A URL with a placeholder for data.',
  'url-long-data': 'A URL whose parameters are unusually long.',
  'url-subdomain-data': 'A URL with data in its host name.',
}

/** How much less a finding weighs when the host is allowed. */
const ALLOWED_HOST_FACTOR = 0.5

/** Objects to links and images that carry data, below `minimum` confidence to none. */
export function dataCarryingRules(hosts: HostList, minimum: number): MarkdownRules {
  const judge = (url: string, replacement: string): Objection | undefined => {
    const read = readWebUrl(url)
    if (read.kind !== 'host') return undefined
    const carried = carriedData(read.url)
    if (carried === undefined) return undefined
    const isAllowed = hosts(read.host)
    const confidence = carried.confidence * (isAllowed ? ALLOWED_HOST_FACTOR : 1)
    if (confidence < minimum) return undefined
    const severity = isAllowed ? 'low' : 'high'
    return { code: carried.code, severity, confidence, message: CARRIED_DATA_CODES[carried.code], replacement }
  }
  return {
    bareUrls: true,
    image: (url, _raw, alt) => judge(url, removedImage('it carries data', alt)),
    // What an autolink holds is judged as a bare URL, too.
    link: (url, _raw, kind) => (kind === 'autolink' ? undefined : judge(url, LINK_REPLACEMENTS[kind])),
    tag: () => undefined,
    tex: (command, argument) =>
      command === 'href' || command === 'url' || command === 'includegraphics' ? judge(argument, 'removed') : undefined,
  }
}

const LINK_REPLACEMENTS: Readonly<Record<Exclude<LinkKind, 'autolink'>, string>> = {
  inline: ' (link removed: it carries data)',
  definition: '#link-removed',
  bare: '(link removed: it carries data)',
  html: '#link-removed',
}
