import { decodesToText, isRandom } from './encoded-text.ts'

/** What a URL carries besides an address. */
export type CarriedDataCode =
  | 'url-secret'
  | 'url-personal-data'
  | 'url-encoded-data'
  | 'url-text'
  | 'url-named-data'
  | 'url-placeholder'
  | 'url-long-data'
  | 'url-subdomain-data'
  | 'url-conversation-data'

export interface CarriedData {
  readonly code: CarriedDataCode
  /** 0 to 1. */
  readonly confidence: number
}

/** Reads the strongest sign that a URL carries data to its host; undefined for an ordinary address. */
export function carriedData(url: URL): CarriedData | undefined {
  let strongest: CarriedData | undefined
  const note = (code: CarriedDataCode, confidence: number): void => {
    if (strongest === undefined || confidence > strongest.confidence) strongest = { code, confidence }
  }
  readHost(url.hostname, note)
  let carried = 0
  const isPicture = isPictureUrl(url)
  const found = fieldsOf(url)
  for (const { name, value } of found) {
    carried += judgeField(isPicture && SEARCH_NAME.test(name) ? 'm' : name, value, note)
    if (isPicture && name !== SEGMENT && value.trim().split(/\s+/).length >= 3) note('url-text', 0.75)
  }
  // One encoded text may be dealt out over several parameters.
  if (decodesToText(found.map(({ name, value }) => (name === SEGMENT ? '' : value)).join(''))) {
    note('url-encoded-data', 0.9)
  }
  if (carried > 600) note('url-long-data', 0.8)
  else if (carried > 250) note('url-long-data', 0.6)
  return strongest
}

type Note = (code: CarriedDataCode, confidence: number) => void

/** A part of a URL that may hold something. */
export interface UrlField {
  /** Empty for what has no name; `/` for a path segment without one. */
  readonly name: string
  /** Decoded. */
  readonly value: string
}

/** Query parameters, `name=value` in path and fragment, and bare path segments, decoded. */
export function fieldsOf(url: URL): readonly UrlField[] {
  const found: (readonly [string, string])[] = []
  for (const part of url.search.slice(1).split('&')) found.push(field(part))
  // Text fragments point at words of the page itself.
  const fragment = url.hash.slice(1).replace(/:~:.*$/, '')
  for (const part of fragment.split('&')) found.push(field(part))
  for (const segment of url.pathname.split('/')) {
    const [name, value] = field(segment)
    found.push(name === '' ? [SEGMENT, value] : [name, value])
  }
  if (url.username !== '' || url.password !== '') found.push(['userinfo', decode(`${url.username}:${url.password}`)])
  return found
    .filter(([, value]) => value !== '')
    .slice(0, 200)
    .map(([name, value]) => ({ name, value }))
}

/** Name of a field that is a path segment without a name. */
export const SEGMENT = '/'

/** A picture needs no sentences: in its URL a search is none. */
export function isPictureUrl(url: URL): boolean {
  return /\.(?:png|jpe?g|gif|webp|svg|ico|bmp)$/i.test(url.pathname)
}

/** Whether a parameter of this name usually holds words that a person looks for. */
export function isSearchName(name: string): boolean {
  return SEARCH_NAME.test(name)
}

function field(part: string): readonly [string, string] {
  const equals = part.indexOf('=')
  return equals < 0 ? ['', decode(part)] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))]
}

/** Decoded as often as it was encoded, within reason. */
function decode(text: string): string {
  let value = text.replaceAll('+', ' ')
  for (let round = 0; round < 3 && value.includes('%'); round++) {
    try {
      value = decodeURIComponent(value)
    } catch {
      break
    }
  }
  return value
}

/** Judges one field and returns how many characters of it count as carried. */
function judgeField(name: string, value: string, note: Note): number {
  const isSegment = name === SEGMENT
  if (/^(?:https?|vscode|vscode-insiders):/i.test(value)) {
    if (URL.canParse(value)) {
      const nested = carriedData(new URL(value))
      if (nested !== undefined) note(nested.code, nested.confidence - 0.05)
    }
    return 0
  }
  if (SECRET.test(value)) note('url-secret', 0.95)
  if (EMAIL.test(value)) note('url-personal-data', isSegment ? 0.6 : 0.85)
  if (!isSegment && (/(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/.test(value) || hasCardNumber(value))) {
    note('url-personal-data', 0.85)
  }
  if (PLACEHOLDER.test(value)) note('url-placeholder', DATA_WORD.test(value) || DATA_NAME.test(name) ? 0.75 : 0.5)
  const tokens = value.replace(/\.[a-z0-9]{1,5}$/i, '').split(/[\s,;|:]+/)
  if (tokens.some(decodesToText)) note('url-encoded-data', 0.9)
  else if (!ORDINARY_NAME.test(name) && !isSegment && tokens.some((token) => token.length >= 32 && isRandom(token))) {
    note('url-encoded-data', value.length >= 100 ? 0.75 : 0.55)
  }
  judgeText(name, value, note)
  if (!isSegment && value.length >= 6 && !/^(?:true|false|null|none|default)$/i.test(value)) {
    if (STOLEN_NAME.test(name)) note('url-named-data', 0.75)
    else if (DATA_NAME.test(name)) note('url-named-data', /\d/.test(value) && /[A-Za-z]/.test(value) ? 0.6 : 0.5)
  }
  if (isSegment) return value.length > 100 && !/[-_.]/.test(value) ? value.length : 0
  return ORDINARY_NAME.test(name) ? 0 : value.length
}

/** Sentences: what a person wrote or a model read, spelled out. Titles in paths are joined by dashes, not blanks. */
function judgeText(name: string, value: string, note: Note): void {
  const words = value.trim().split(/\s+/).length
  if (words < 4) {
    if (SENSITIVE_WORD.test(value) && /\d/.test(value) && words >= 2) note('url-text', 0.7)
    return
  }
  const isSearch = SEARCH_NAME.test(name)
  const isSensitive = SENSITIVE_WORD.test(value)
  const isLong = value.length > 160
  if (isSearch) note('url-text', isSensitive && words >= 6 ? 0.75 : isLong ? 0.6 : 0.3)
  else note('url-text', isSensitive ? 0.85 : name === SEGMENT ? 0.55 : 0.7)
}

function readHost(hostname: string, note: Note): void {
  const labels = hostname.split('.').slice(0, -2)
  const own = labels.filter((label) => !label.startsWith('xn--'))
  if (own.some((label) => label.length >= 20 && decodesToText(label))) note('url-subdomain-data', 0.9)
  else if (own.some((label) => label.length >= 32 && isRandom(label) && !/^[0-9a-f-]{36}$/.test(label))) {
    note('url-subdomain-data', 0.7)
  } else if (own.join('').length >= 80) note('url-subdomain-data', 0.7)
}

function hasCardNumber(value: string): boolean {
  for (const found of value.matchAll(/(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{3,4}(?!\d)/g)) {
    let sum = 0
    const digits = found[0].replace(/\D/g, '')
    for (let index = 0; index < digits.length; index++) {
      const digit = Number(digits[digits.length - 1 - index])
      sum += index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
    }
    if (sum % 10 === 0) return true
  }
  return false
}

const SECRET =
  /(?:^|[^A-Za-z0-9])(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|A[KS]IA[A-Z0-9]{16}|xox[abeprs]-[\w-]{10,}|AIza[\w-]{30,}|npm_[A-Za-z0-9]{30,}|hf_[A-Za-z0-9]{30,}|canary-[bcdfghjkmnpqrtvw]{16}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|-----BEGIN )/

const EMAIL = /[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,62})*\.[A-Za-z]{2,24}/

/** Text that stands for data still to be filled in. */
const PLACEHOLDER =
  /\{\{[^}]{1,60}\}\}|\$\{[^}]{1,60}\}|^\{[\w .-]{2,60}\}$|^\[[A-Z][A-Z0-9_ -]{2,60}\]$|^<[\w .-]{2,60}>$|^[A-Z][A-Z0-9]{2,}(?:_[A-Z0-9]{2,}){1,6}$/

const DATA_WORD =
  /data|base ?64|encod|context|secret|content|info|token|prompt|history|conversation|password|message|memory|email|summary|disclaimer|document|chat|answer|key/i

const STOLEN_NAME =
  /^(?:exfil\w*|leak\w*|stolen|secrets?|passw(?:or)?d|pwd|ssn|cookies?|creds?|credentials?|conversation\w*|chat_?history|chatlog|history|system_?prompt|api_?keys?|private_?key|credit_?card|card_?number|user_?data|userinfo|pii|memory|memories|env)$/i

const DATA_NAME =
  /^(?:data|info|content|payload|context|prompt|chat|session|token|key|email|user|name|msg|message|body|text|d|x|p|log|note|summary|sales|account|balance|address|phone)$/i

/** Names of signatures, campaign tags and other opaque values that ordinary links carry. */
const ORDINARY_NAME =
  /^(?:x-(?:amz|goog)-.*|sig|signature|policy|key-pair-id|expires?|se|sp|sv|sr|st|hash|checksum|sha\d*|integrity|etag|code|state|nonce|utm_.*|fbclid|gclid|msclkid|dclid|igshid|mc_[ce]id|si|v|list|ref|ref_src|s|t|share|usp|gid|hl|lang|version|ver|rev|commit|branch|logo|style|color|label|id|pli|feature|source|ved|ei|oq|gs_lcp|sxsrf|sca_esv|cid|pid|_ga|_gl)$/i

const SEARCH_NAME =
  /^(?:q|query|search|s|k|keywords?|term|text|title|subject|body|phrase|find|destination|origin|address|daddr|saddr|dates|details|location|name|label)$/i

const SENSITIVE_WORD =
  /\b(?:passw(?:or)?ds?|secrets?|api ?keys?|tokens?|credentials?|ssn|social security|credit card|confidential|user (?:asked|said|told|wants)|system prompt|account number|salary|diagnosis|invoice|balance|pin)\b/i
