import type { HostList } from '../host-list.ts'
import { readWebUrl } from '../web-url.ts'
import { carriedData, type CarriedData, type CarriedDataCode } from './carried-data.ts'
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
  'url-conversation-data': 'A URL that repeats what the conversation holds.',
}

/** Confidence from which the sinks act: a sink has no policy that could say otherwise. */
export const CARRIED_MINIMUM = 0.7
/** Evidence that is about the data and not about the address: it counts on allowed hosts, too. */
const PLAIN_EVIDENCE = 0.85
/** How much less all other evidence weighs when the host is allowed. */
const ALLOWED_HOST_FACTOR = 0.5

/** What a URL carries and how sure that is, given whether its host is allowed. */
export function weighCarriedData(url: URL, isAllowed: boolean, known?: CarriedData): CarriedData | undefined {
  const shown = carriedData(url)
  const carried = known === undefined || (shown?.confidence ?? 0) > known.confidence ? shown : known
  if (carried === undefined || !isAllowed || carried.confidence >= PLAIN_EVIDENCE) return carried
  return { ...carried, confidence: carried.confidence * ALLOWED_HOST_FACTOR }
}

/** Whether a sink takes a URL out for what it carries. */
export function carriesData(url: string, isAllowed: HostList): boolean {
  if (TOO_SHORT_TO_CARRY.test(url)) return false
  const read = readWebUrl(url)
  if (read.kind !== 'host') return false
  return (weighCarriedData(read.url, isAllowed(read.host))?.confidence ?? 0) >= CARRIED_MINIMUM
}

/** Plain words in the path and at most two short values, as most links have: nothing to look at more closely. */
const TOO_SHORT_TO_CARRY =
  /^(?=.{0,150}$)(?!(?:[^=]*=){3})(?:https?:\/\/(?:[a-z0-9-]{1,19}\.){1,4}[a-z]{2,19}(?=[/?#]|$))?(?:\/[a-z]{6,12}(?:-[a-z]{1,12}){0,7}(?=[/?#]|$)|[/?&=#][\w.-]{0,5}(?![\w.-]))*$/

/**
 * Objects to links and images that carry data, below `minimum` confidence to none. `known` compares a URL with the
 * conversation.
 */
export function dataCarryingRules(
  hosts: HostList,
  minimum: number,
  known?: (url: URL, raw: string) => CarriedData | undefined,
): MarkdownRules {
  const judge = (url: string, replacement: string): Objection | undefined => {
    const read = readWebUrl(url)
    if (read.kind !== 'host') return undefined
    const isAllowed = hosts(read.host)
    const carried = weighCarriedData(read.url, isAllowed, known?.(read.url, url))
    if (carried === undefined || carried.confidence < minimum) return undefined
    const { code, confidence } = carried
    const severity = confidence >= PLAIN_EVIDENCE || !isAllowed ? 'high' : 'low'
    return { code, severity, confidence, message: CARRIED_DATA_CODES[code], replacement }
  }
  return {
    bareUrls: true,
    image: (url, _raw, alt) => judge(url, removedImage('it carries data', alt)),
    // What an autolink holds is judged as a bare URL, too.
    link: (url, _raw, kind) => (kind === 'autolink' ? undefined : judge(url, LINK_REPLACEMENTS[kind])),
    tag: (tag) => {
      if (tag.name !== 'img') return undefined
      const valueOf = (name: string): string => tag.attributes.find((each) => each.name === name)?.value ?? ''
      const objection = judge(valueOf('src').trim(), removedImage('it carries data', valueOf('alt')))
      return objection && { ...objection, whole: true }
    },
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
