/** What a browser would make of a URL found in hostile text. */
export type WebUrl =
  /** On the page's own host, or a fragment. */
  | { readonly kind: 'relative' }
  /** `http`, `https`, `ws`, `wss` or `ftp`, to `host` (port included). */
  | { readonly kind: 'host'; readonly host: string; readonly url: URL }
  /** Any other scheme, lower case, without the colon. */
  | { readonly kind: 'scheme'; readonly scheme: string }
  /** No browser would load it. */
  | { readonly kind: 'invalid' }

/** Two bases, because `https:evil.example` is relative on an https page and absolute on an http page. */
const BASES = ['https://page.invalid/', 'http://page.invalid/'] as const
const WEB_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'ws:', 'wss:', 'ftp:'])

/**
 * Reads a URL by the WHATWG rules: blanks and controls at the ends cut, tabs and line ends inside dropped, backslashes
 * as slashes, userinfo apart from the host, IDN as punycode. Escapes of the format around it must be undone before.
 */
export function readWebUrl(text: string): WebUrl {
  let isRelative = false
  for (const base of BASES) {
    const url = parseUrl(text, base)
    if (url === undefined) return { kind: 'invalid' }
    if (!WEB_SCHEMES.has(url.protocol)) return { kind: 'scheme', scheme: url.protocol.slice(0, -1) }
    if (url.hostname !== 'page.invalid') return { kind: 'host', host: url.host, url }
    isRelative = url.port === '' && url.username === '' && url.password === ''
  }
  return isRelative ? { kind: 'relative' } : { kind: 'invalid' }
}

function parseUrl(text: string, base: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/** Schemes that run code, read local files, or wrap another URL that does. */
const DANGEROUS: ReadonlySet<string> = new Set([
  'javascript',
  'vbscript',
  'livescript',
  'mocha',
  'ecmascript',
  'jscript',
  'data',
  'file',
  'blob',
  'filesystem',
  'about',
  'view-source',
  'jar',
  'feed',
  'pcast',
  'mhtml',
  'mk',
  'ms-its',
  'its',
  'res',
  'resource',
  'chrome',
  'chrome-extension',
  'moz-extension',
  'edge',
  'wyciwyg',
  'shell',
  'search-ms',
  'ms-msdt',
  'ms-officecmd',
  'hcp',
  'ms-appinstaller',
  'ms-word',
  'ms-excel',
  'ms-powerpoint',
  'ldap',
  'dict',
  'gopher',
  'smb',
  'x-javascript',
])

/**
 * The dangerous scheme a link has, under any reading some renderer may give it: as it stands, percent-decoded, with
 * controls, blanks and invisible characters dropped, or compatibility-normalised. Undefined when there is none.
 */
export function dangerousScheme(text: string): string | undefined {
  const bare = text.slice(0, 4096).replace(INVISIBLE, '')
  for (const reading of new Set([
    bare,
    percentDecode(bare),
    percentDecode(bare).normalize('NFKC').replace(INVISIBLE, ''),
  ])) {
    const scheme = /^[a-z][a-z0-9+.-]{1,30}(?=:)/i.exec(reading)?.[0].toLowerCase()
    if (scheme !== undefined && DANGEROUS.has(scheme)) return scheme
  }
  return undefined
}

const INVISIBLE =
  /(?:[\0-\x20\x7f-\xa0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\uffff]|\u034f|[\ufe00-\ufe0f])+/g

function percentDecode(text: string): string {
  return text.replace(/%([0-7][0-9a-f])/gi, (_found, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
