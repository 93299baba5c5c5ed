import { entropyOf } from '../entropy.ts'
import { isPlaceholder } from '../placeholder.ts'
import type { SecretRow } from '../secret-row.ts'

/** Credentials on their way: HTTP headers, cookies, command lines. */
export const HTTP_SECRETS: readonly SecretRow[] = [
  {
    code: 'authorization-basic',
    name: 'an HTTP basic-authentication header',
    literals: ['basic'],
    pattern:
      /(?<=\bauthorization["']?\s{0,3}[:=,]\s{0,3}["'`]?\s{0,3}basic\s{1,3})[A-Za-z0-9+/_-]{8,400}={0,2}(?![\w+/=.-])/i,
    minimumEntropy: 2.5,
    decoded: false,
    severity: 'high',
    confidence: 0.9,
    validate: (value) => isBasicCredential(value),
  },
  {
    code: 'authorization-bearer',
    name: 'an HTTP authorization header',
    literals: ['authorization'],
    pattern:
      /(?<=\bauthorization["']?\s{0,3}[:=,]\s{0,3}["'`]?\s{0,3}(?:(?:bearer|token|api-?token|api-?key|apikey|key|splunk|ssws|negotiate|digest|genie-?key)[ :=]{1,3})?)(?!(?:bearer|basic|token|digest|negotiate)\b)[\w~@.+/=-]{10,2000}(?![\w(])/i,
    minimumEntropy: 2.75,
    decoded: false,
    severity: 'high',
    confidence: 0.85,
    validate: (value) => looksIssued(value),
  },
  {
    code: 'bearer-token',
    name: 'a bearer token',
    literals: ['bearer '],
    pattern: /(?<=\bbearer )[A-Za-z0-9_~+/=.-]{20,2000}(?![\w(])/i,
    minimumEntropy: 3.3,
    decoded: false,
    severity: 'high',
    confidence: 0.75,
    validate: (value) => looksIssued(value),
  },
  {
    code: 'api-key-header',
    name: 'an API key in an HTTP header',
    literals: ['x-', 'api-key', 'apikey', 'api-token', 'apitoken', 'private-token', 'job-token'],
    pattern:
      /(?<=\b(?:x-(?:[a-z]{1,20}-){0,3}(?:api-?)?(?:key|token|secret)|(?:[a-z]{1,20}-)?api-?key|api-?token|private-token|job-token|x-auth-token)["']?\s{0,3}[:,]\s{0,3}["'`]?)[\w~@.+/=-]{8,500}(?![\w(])/i,
    minimumEntropy: 2.75,
    decoded: false,
    severity: 'high',
    confidence: 0.8,
    validate: (value) => looksIssued(value),
  },
  {
    code: 'session-cookie',
    name: 'a session cookie',
    literals: ['cookie'],
    pattern:
      /(?<=\b(?:set-)?cookie["']?:\s{0,3}["']?(?:[^\n]{0,200};\s{0,2})?(?:[\w.-]{0,30}(?:session|sess|sid|auth|token)[\w.-]{0,20})=)[\w%.+/=-]{16,1000}/i,
    minimumEntropy: 3,
    decoded: false,
    severity: 'high',
    confidence: 0.7,
    validate: (value) => looksIssued(value),
  },
  {
    code: 'curl-user',
    name: 'a password on a curl or wget command line',
    literals: ['curl', 'wget'],
    pattern:
      /(?<=\b(?:curl|wget)\b[^\n]{0,200}(?:\\\n[^\n]{0,200})?[ \t](?:-u|--user|--proxy-user|-U)(?:=|[ \t]{0,4}))(?:"[^":\n]{0,120}:[^"\n]{0,240}"(?::"[^"\n]{1,120}")?|'[^':\n]{0,120}:[^'\n]{0,240}'|(?:"[^"\n]{1,80}"|'[^'\n]{1,80}'|[\w$@.+-]{1,80}):(?:"[^"\n]{1,120}"|'[^'\n]{1,120}'|[^\s"'\\]{1,120}))(?=\s|$)/,
    minimumEntropy: 2,
    placeholders: 'off',
    decoded: false,
    severity: 'high',
    confidence: 0.8,
    validate: (value) => isUserAndPassword(value),
  },
  {
    code: 'command-line-password',
    name: 'a password on a command line',
    literals: ['pass', 'token', 'secret', 'api-key', 'apikey', '-p'],
    pattern:
      /(?<=(?:^|\s)(?:--(?:[a-z]{1,20}-){0,3}(?:password|passwd|pass|token|secret|api-?key)(?:=|[ \t]{1,3})|sshpass[ \t]{1,3}-p[ \t]{0,3}|\bmysql(?:dump|admin)?\b[^\n]{0,80}[ \t]-p)["']?)[^\s"'<>|&;]{6,200}(?=["'\s]|$)/i,
    minimumEntropy: 2.5,
    decoded: false,
    severity: 'high',
    confidence: 0.65,
    validate: (value) => looksIssued(value),
  },
  {
    code: 'url-query-secret',
    name: 'a secret in a URL query',
    literals: ['token=', 'key=', 'secret=', 'signature=', 'passw', 'pwd=', 'auth='],
    pattern:
      /(?<=[?&](?:access_?token|auth_?token|refresh_?token|id_?token|api_?key|apikey|token|key|secret|client_?secret|password|passwd|pwd|auth|x-amz-signature|x-amz-security-token|x-goog-signature|signature)=)[\w%.~+/=-]{10,1500}/i,
    minimumEntropy: 3,
    decoded: false,
    severity: 'high',
    confidence: 0.75,
    validate: (value) => looksIssued(value),
  },
]

/** Base64 of `user:password`, where the password (or, as API keys are sent, the user) is not a placeholder. */
function isBasicCredential(value: string): boolean {
  let pair: string
  try {
    pair = atob(value.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return false
  }
  return (
    /^[\x20-\x7e]{0,200}:[\x20-\x7e]{0,200}$/.test(pair) &&
    pair.length >= 5 &&
    !/^(?:user(?:name)?|test|foo|admin)?:(?:pass(?:word)?|test|bar|secret)?$/i.test(pair)
  )
}

/** Values handed out by a machine: digits and letters without the look of an identifier or a path. */
function looksIssued(value: string): boolean {
  if (isPlaceholder(value)) return false
  const hasDigit = /\d/.test(value)
  const hasLetter = /[a-z]/i.test(value)
  if (!hasLetter) return false
  if (!hasDigit)
    return (
      value.length >= 20 &&
      entropyOf(value) >= 4 &&
      /[a-z]/.test(value) &&
      /[A-Z]/.test(value) &&
      !/[a-z]{5,}[A-Z]/.test(value)
    )
  return !/^(?:[a-z]+[._/-])*[a-z]+\d{0,2}$/i.test(value)
}

function isUserAndPassword(value: string): boolean {
  const bare = value.replaceAll(/["']/g, '')
  const split = bare.indexOf(':')
  const user = bare.slice(0, split)
  const password = bare.slice(split + 1)
  const isOpen = (part: string): boolean => /^\$|\$\{|\$\(|\{\{|^<|^%|\$[A-Z_]{2}/.test(part)
  const secret = password === '' ? user : password
  if (isOpen(secret) || isPlaceholder(secret) || secret.length < 3) return false
  return user !== password && !/^(?:pass(?:word)?|secret|test)$/i.test(secret)
}
