import { hostList } from './host-list.ts'
import { made, wholeFinding, type SinkResult } from './sink.ts'
import { dangerousScheme, readWebUrl } from './web-url.ts'

export interface UrlOptions {
  /** Hosts the URL may lead to: `example.com`, `*.example.com`. Default: every host. */
  readonly hosts?: readonly string[]
  /** Schemes besides `http` and `https`, lower case without the colon. Default `mailto`, `tel`. */
  readonly schemes?: readonly string[]
}

/** What stands in place of a URL that may not be followed: a fragment, which stays on the page. */
export const BLOCKED_URL = '#blocked'

/**
 * Makes text a URL that may stand in `href`, `src` or a redirect. Allowed URLs stay as they are, or are rewritten the
 * way browsers read them when they hold characters that parsers read differently (blanks, controls, backslashes,
 * quotes, userinfo). All others become `#blocked`. This is no defence for a server that fetches the URL: there the
 * address must be checked when the socket is opened.
 */
export function sanitizeUrl(text: string, options: UrlOptions = {}): SinkResult<'url'> {
  const blocked = (code: string, message: string): SinkResult<'url'> =>
    made(text, BLOCKED_URL, [wholeFinding('url', code, text, 'high', message)])
  if (dangerousScheme(text) !== undefined) return blocked('url-scheme', 'A scheme that can run code or read files.')
  const url = readWebUrl(text)
  switch (url.kind) {
    case 'invalid':
      return blocked('url-invalid', 'No URL that a browser would load.')
    case 'scheme':
      return (options.schemes ?? DEFAULT_SCHEMES).includes(url.scheme)
        ? made(text, text.trim().replace(UNSAFE, percentEncode))
        : blocked('url-scheme', 'A scheme that is not allowed.')
    case 'relative':
      return made(
        text,
        text
          .trim()
          .replace(/[\t\r\n]/g, '')
          .replaceAll('\\', '/')
          .replace(UNSAFE, percentEncode),
      )
    case 'host': {
      if (!/^(?:https?|ftp):$/.test(url.url.protocol)) return blocked('url-scheme', 'A scheme that is not allowed.')
      if (options.hosts !== undefined && !hostList(options.hosts)(url.host)) {
        return blocked('url-host', 'A host that is not allowed.')
      }
      if (PLAIN.test(text)) return made(text, text)
      url.url.username = ''
      url.url.password = ''
      // Quotes are percent-encoded too, so that the value cannot end an attribute or a string it is put into.
      return made(text, url.url.href.replace(UNSAFE, percentEncode))
    }
    default:
      return url satisfies never
  }
}

const DEFAULT_SCHEMES = ['mailto', 'tel'] as const

/** A spelling that every URL parser reads alike. */
const PLAIN =
  /^https?:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#][A-Za-z0-9\-._~:/?#[\]@!$&()*+,;=%|{}^]*)?$/

const UNSAFE = /["'`<>\s\0-\x20\x7f]/g

/** encodeURIComponent leaves the apostrophe alone. */
function percentEncode(char: string): string {
  return char === "'" ? '%27' : encodeURIComponent(char)
}
