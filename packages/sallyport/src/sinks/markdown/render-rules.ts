import { cleanAttribute, isAllowedImage, isClobbering, type LinkRules } from '../html/attributes.ts'
import { ACTIVE_ELEMENTS, ALLOWED_ELEMENTS } from '../html/html-policy.data.ts'
import { dangerousScheme, readWebUrl } from '../web-url.ts'
import type { LinkKind, MarkdownRules, Objection, TagObjection } from './scanner.ts'
import type { Tag, TagAttribute } from './tag.ts'

/** Codes of what makes rendered Markdown load, run or mislead. */
export const RENDER_CODES = {
  'remote-image': 'An image from a host that is not allowed, which tells that host whatever its URL holds.',
  'image-scheme': 'An image with a scheme that is not allowed.',
  'dangerous-link': 'A link with a scheme that can run code or read files.',
  'foreign-link': 'A link to a host that is not allowed.',
  'active-html': 'An element that runs, loads, navigates or takes input.',
  'html-attribute': 'An attribute that runs, loads, moves or clobbers.',
  'tex-command': 'A TeX command that links or loads.',
} as const

/** What may be rendered: images of allowed hosts, links without dangerous schemes, HTML that only formats. */
export function renderRules(rules: LinkRules): MarkdownRules {
  // Where a link of a tag leads is judged as a link, so that the tag may stay.
  const tagRules = { ...rules, linkHosts: undefined }
  return {
    bareUrls: rules.linkHosts !== undefined,
    image: (url, raw, alt) => judgeImage(url, raw, alt, rules),
    link: (url, raw, kind) => {
      if (kind !== 'html' && (dangerousScheme(url) !== undefined || dangerousScheme(raw) !== undefined)) {
        return objection('dangerous-link', 'high', 0.95, DANGEROUS_LINK_REPLACEMENTS[kind])
      }
      // What an autolink holds is judged as a bare URL, too.
      if (kind === 'autolink' || (leadsToAllowed(url, rules) && leadsToAllowed(raw, rules))) return undefined
      return objection('foreign-link', 'medium', 0.9, FOREIGN_LINK_REPLACEMENTS[kind])
    },
    tag: (tag) => judgeTag(tag, tagRules),
    tex: (command, argument) => {
      const isBad =
        command === 'href' || command === 'url'
          ? dangerousScheme(argument) !== undefined || !leadsToAllowed(argument, rules)
          : command === 'includegraphics'
            ? !isAllowedImage(argument, rules)
            : command === 'style' || command === 'htmlStyle'
              ? /url\s*\(|expression|@import/i.test(argument)
              : false
      return isBad ? objection('tex-command', 'high', 0.8, 'removed') : undefined
    },
  }
}

const DANGEROUS_LINK_REPLACEMENTS: Readonly<Record<LinkKind, string>> = {
  inline: ' (link removed: unsafe scheme)',
  definition: '#unsafe-link-removed',
  autolink: '&lt;',
  bare: '(link removed: unsafe scheme)',
  html: '#unsafe-link-removed',
}

const FOREIGN_LINK_REPLACEMENTS: Readonly<Record<Exclude<LinkKind, 'autolink'>, string>> = {
  inline: ' (link removed: host not allowed)',
  definition: '#link-removed',
  bare: '(link removed: host not allowed)',
  html: '#link-removed',
}

/** Whether a URL stays on the page's host, names no host, or names one that links may lead to. */
function leadsToAllowed(url: string, { linkHosts, imageHosts }: LinkRules): boolean {
  if (linkHosts === undefined) return true
  const read = readWebUrl(url)
  return read.kind !== 'host' || linkHosts(read.host) || imageHosts(read.host)
}

function judgeImage(url: string, raw: string, alt: string, rules: LinkRules): Objection | undefined {
  if (isAllowedImage(url, rules) && isAllowedImage(raw, rules)) return undefined
  const isScheme = dangerousScheme(url) !== undefined || readWebUrl(url).kind === 'scheme'
  return isScheme
    ? objection('image-scheme', 'high', 0.95, removedImage('scheme not allowed', alt))
    : objection('remote-image', 'high', 0.9, removedImage('host not allowed', alt))
}

/** The notice that stands in place of an image. The alternative text keeps its words and loses all markup. */
export function removedImage(reason: string, alt: string): string {
  const words = alt
    .slice(0, 300)
    .replace(/\S*(?:\/\/|www\.)\S*/gi, ' ')
    .replace(/[^\p{L}\p{M}\p{N} .,;?'%-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 150)
  return words === '' ? `(image removed: ${reason})` : `(image removed: ${reason}; ${words})`
}

function judgeTag(tag: Tag, rules: LinkRules): TagObjection | undefined {
  if (tag.name === 'img') return judgeImageTag(tag, rules)
  if (ACTIVE_ELEMENTS.has(tag.name)) return objection('active-html', 'high', 0.95, '&lt;')
  if (tag.isCut) return objection('html-attribute', 'medium', 0.6, '&lt;')
  for (const attribute of tag.attributes) {
    if (!isHarmless(tag.name, attribute, rules)) {
      return { ...objection('html-attribute', 'high', 0.9, '&lt;'), attribute: true }
    }
  }
  return undefined
}

function judgeImageTag(tag: Tag, rules: LinkRules): TagObjection | undefined {
  const isClean =
    tag.isClosed && tag.attributes.every((each) => each.name !== 'srcset' && isHarmless('img', each, rules))
  if (isClean) return undefined
  const source = tag.attributes.find((each) => each.name === 'src')
  const alt = tag.attributes.find((each) => each.name === 'alt')?.value ?? ''
  if (source === undefined || isAllowedImage(source.value, rules)) {
    return objection('html-attribute', 'high', 0.9, '&lt;')
  }
  return {
    ...(judgeImage(source.value, source.value, alt, rules) ?? objection('remote-image', 'high', 0.9, '')),
    whole: true,
  }
}

/** Attributes that load, navigate, submit, target or take part in a framework's scripting, on any element. */
const ACTIVE_ATTRIBUTES: ReadonlySet<string> = new Set(
  `srcset action formaction formmethod formtarget form background poster data srcdoc ping code codebase archive classid
  longdesc lowsrc dynsrc profile manifest usemap is slot popover popovertarget popovertargetaction autofocus tabindex
  contenteditable draggable nonce http-equiv part exportparts command commandfor interestfor`.split(/\s+/),
)

/** Those that act without a value. */
const SWITCHES: ReadonlySet<string> = new Set(['autofocus', 'contenteditable', 'popover'])

/** Attributes with a value that script libraries act on: htmx, Vue, Angular, Alpine, Stimulus, Bootstrap and others. */
const GADGET =
  /^(?:data-(?:bs|toggle|target|remote|method|url|confirm|hx|sse|ng|v|x|bind|controller|action|turbo|src|href|html|template|on|ajax|wp|uk|pjax|unicorn|params)\b|hx-|x-|v-|ng-|sse-|ws-|up-|unicorn:|[@:#*][a-z]|[[(][\w.-]+[\])]$|xlink:|xmlns:|xml:)/

function isHarmless(element: string, attribute: TagAttribute, rules: LinkRules): boolean {
  const { name, value } = attribute
  // Without a value an event handler or a directive does nothing, and prose has words such as `on` and `once`.
  if (SWITCHES.has(name)) return false
  if (value !== '' && (ACTIVE_ATTRIBUTES.has(name) || name.startsWith('on') || GADGET.test(name))) return false
  switch (name) {
    case 'style':
    case 'href':
    case 'target':
      return isUnchanged(cleanAttribute('a', name, value, rules), value)
    case 'src':
      return isUnchanged(cleanAttribute('img', name, value, rules), value)
    case 'id':
    case 'name':
      return !isClobbering(value) || !ALLOWED_ELEMENTS.has(element)
    default:
      return true
  }
}

function isUnchanged(result: ReturnType<typeof cleanAttribute>, value: string): boolean {
  return 'value' in result && result.value === value
}

function objection(
  code: keyof typeof RENDER_CODES,
  severity: Objection['severity'],
  confidence: number,
  replacement: string,
): Objection {
  return { code, severity, confidence, message: RENDER_CODES[code], replacement }
}
