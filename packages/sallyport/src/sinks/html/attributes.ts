import type { HostList } from '../host-list.ts'
import { dangerousScheme, readWebUrl } from '../web-url.ts'
import { cleanStyle } from './css.ts'
import { CLOBBERING_NAMES, DATA_NAMES, ELEMENT_ATTRIBUTES, GLOBAL_ATTRIBUTES } from './html-policy.data.ts'

export interface LinkRules {
  /** Hosts images may be loaded from. */
  readonly imageHosts: HostList
  /** Hosts links may lead to; undefined: every host. */
  readonly linkHosts?: HostList | undefined
  /** Whether images may be `data:` PNG, GIF, JPEG or WebP. */
  readonly dataImages: boolean
  /** Whether a URL carries data away; left out: no URL does. */
  readonly carriesData?: ((url: string) => boolean) | undefined
}

/** What becomes of an attribute: a value (the same or a cleaned one), or the code of the reason it is dropped. */
export type CleanAttribute = { readonly value: string } | { readonly dropped: string }

/** Judges one attribute of an allowed element. `name` is lower case, `value` has its entities decoded. */
export function cleanAttribute(element: string, name: string, value: string, rules: LinkRules): CleanAttribute {
  if (name.startsWith('on')) return { dropped: 'html-event-handler' }
  if (name === 'style') {
    const style = cleanStyle(value)
    return style === '' && value.trim() !== '' ? { dropped: 'html-style' } : { value: style }
  }
  const isKnown =
    GLOBAL_ATTRIBUTES.has(name) ||
    (ELEMENT_ATTRIBUTES[element]?.has(name) ?? false) ||
    /^aria-[a-z]+$/.test(name) ||
    (name.startsWith('data-') && DATA_NAMES.has(name.slice(5)))
  if (!isKnown) return { dropped: 'html-attribute' }
  switch (name) {
    case 'href':
    case 'cite':
      if (!isAllowedLink(value, rules)) return { dropped: 'html-link' }
      return rules.carriesData?.(value) === true ? { dropped: 'html-carried-data' } : { value }
    case 'src':
      if (!isAllowedImage(value, rules)) return { dropped: 'html-image' }
      return rules.carriesData?.(value) === true ? { dropped: 'html-carried-data' } : { value }
    case 'id':
    case 'name':
      return isClobbering(value) ? { dropped: 'html-clobbering-name' } : { value }
    case 'target':
      return value === '_blank' || value === '_self' ? { value } : { dropped: 'html-attribute' }
    default:
      return { value }
  }
}

/** Relative links, `http`, `https`, `mailto`, `tel` and `ftp`, to an allowed host. */
export function isAllowedLink(value: string, rules: LinkRules): boolean {
  if (rules.linkHosts === undefined && PLAIN_LINK.test(value)) return true
  if (dangerousScheme(value) !== undefined) return false
  const url = readWebUrl(value)
  switch (url.kind) {
    case 'relative':
      return true
    case 'host':
      return rules.linkHosts?.(url.host) ?? true
    case 'scheme':
      return LINK_SCHEMES.has(url.scheme)
    case 'invalid':
      return false
    default:
      return url satisfies never
  }
}

/** A web link every reader takes for one, whatever follows the host: most links need no closer look. */
const PLAIN_LINK = /^https?:\/\/[a-z][a-z0-9-]{0,62}(?:\.[a-z][a-z0-9-]{0,62}){1,8}(?:[/?#][\x21-\x7e]*)?$/

const LINK_SCHEMES: ReadonlySet<string> = new Set(['mailto', 'tel', 'sms', 'xmpp', 'irc', 'ircs', 'news'])

/** Relative images, allowed hosts over `http` or `https`, and small raster `data:` images when the rules say so. */
export function isAllowedImage(value: string, rules: LinkRules): boolean {
  const url = readWebUrl(value)
  switch (url.kind) {
    case 'relative':
      return dangerousScheme(value) === undefined
    case 'host':
      return /^https?:$/.test(url.url.protocol) && rules.imageHosts(url.host)
    case 'scheme':
      return rules.dataImages && url.scheme === 'data' && RASTER.test(value.trim())
    case 'invalid':
      return false
    default:
      return url satisfies never
  }
}

/** SVG is left out: it can hold script and links. */
const RASTER = /^data:image\/(?:png|gif|jpe?g|webp);base64,[A-Za-z0-9+/=\s]{0,65536}$/i

export function isClobbering(value: string): boolean {
  const name = value.trim().toLowerCase()
  return CLOBBERING_NAMES.has(name) || name === '' || /^(?:webkit|moz|ms)[a-z]+$|^on[a-z]+$/.test(name)
}
