import { entropyOf } from '../entropy.ts'
import { isPlaceholder, isSequence } from '../placeholder.ts'
import { ASSIGNMENT, type SecretRow } from '../secret-row.ts'

const SECRET_KEYS = String.raw`(?:api|access|auth|secret|private|encryption|signing|master|service|account|storage|app|client|session|refresh|bearer|webhook|license|consumer|deploy|bot|oauth|id|jwt|csrf|generic|hmac|cookie|salt|shared|root|admin|user|db|database|crypto|aes|signature|hash)[_ .-]?(?:api[_ .-]?|access[_ .-]?|secret[_ .-]?|auth[_ .-]?)?(?:key|token|secret|salt|credentials?|creds)(?:_?(?:id|base))?|secrets?|tokens?|credentials?|creds|apikey|passphrase|(?:^|[_\W])key`
const PASSWORD_KEYS = String.raw`(?:passw(?:or)?d|passwrd|pwd|passphrase|passcode|kennwort|contraseña|[_-]pass)[\w.-]{0,20}|(?<![a-z])pass(?=["'=])`

/** Assignments whose name says secret and whose value looks like one. The widest net, so the value must earn it. */
export const GENERIC_SECRETS: readonly SecretRow[] = [
  {
    code: 'generic-secret',
    name: 'a value of high entropy under a name that says key, token or secret',
    literals: ['key', 'token', 'secret', 'credential', 'creds', 'salt', 'passphrase'],
    pattern: new RegExp(`(?<=(?:${SECRET_KEYS})${ASSIGNMENT})[A-Za-z0-9_.+/=~@!$^*-]{10,300}(?![\\w(])`, 'i'),
    minimumEntropy: 3.2,
    decoded: false,
    severity: 'high',
    confidence: 0.7,
    validate: (value, before) => isRandomValue(value, before),
  },
  {
    code: 'generic-password',
    name: 'a password under a name that says so',
    literals: ['pass', 'pwd', 'kennwort', 'contrase'],
    pattern: new RegExp(
      `(?<=(?:${PASSWORD_KEYS})["'\`\\\\\\]]{0,3}[ \\t]{0,3}(?:=>|[:?!=]{0,2}=|:)[ \\t]{0,3}[@\`"'\\\\]{0,3})[^\\s"'\`,;<>(){}\\\\][^\\s"'\`;<\\\\]{5,127}(?=["'\`;,\\s\\\\<]|$)`,
      'i',
    ),
    minimumEntropy: 2.2,
    decoded: false,
    severity: 'high',
    confidence: 0.65,
    validate: (value, before) => isPassword(value, before),
  },
  {
    code: 'generic-password-quoted',
    name: 'a quoted password under a name that says so',
    literals: ['pass', 'pwd', 'kennwort', 'contrase', 'secret', 'api_key', 'apikey'],
    pattern: new RegExp(
      `(?<=(?:${PASSWORD_KEYS}|(?:secret|api_?key)[\\w.-]{0,20})["'\`\\\\\\]]{0,3}[ \\t]{0,3}(?:=>|[:?!=]{0,2}=|:)[ \\t]{0,3}@?["'\`])[^"'\`\\n]{8,120}(?=["'\`])`,
      'i',
    ),
    minimumEntropy: 2.5,
    decoded: false,
    severity: 'high',
    confidence: 0.6,
    validate: (value) => isQuotedPassword(value),
  },
]

/** Names whose values look random and are public: hashes, revisions, identifiers, public keys, integrity fields. */
const PUBLIC_NAME =
  /(?:public|publishable|foreign|primary|partition|sort|cache|idempotency|dedup|object|registry|s3|i18n|locale|index|row|map|hot|short|translation|answer|pad|eos|bos|unk|max|min|num|next|prev|page|continuation|author|csrf|xsrf)[_ .-]?(?:key|token|_?id)s?["'\s:=\]>`]{0,6}$|(?:sha\d{0,3}|md5|hash|checksum|digest|integrity|etag|commit|revision|version|fingerprint|thumbprint|uuid|guid|accessor|secret[_-]?(?:name|id|ref|version|store)|token[_-]?(?:type|url|uri|endpoint|count|limit|name)|key[_-]?(?:id|name|path|file|type|size|length|vault|ring|code|usage|space)|(?:url|uri|path|name|file|endpoint|host))["'\s:=\]>`(,]{0,6}$|(?:keying|keyword|keyboard|keystone|keynote|keyframe|tokeni[sz]|secretar|monkey|turkey|hockey|jockey|donkey)[\w .-]{0,20}["'\s:=\]>`(,]{0,6}$/i

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/

function isRandomValue(value: string, before: string): boolean | number {
  if (isPlaceholder(value) || isSequence(value) || PUBLIC_NAME.test(before.slice(-48)) || isCode(value)) return false
  if (!/\d/.test(value) || !/[a-z]/i.test(value)) {
    return (
      value.length >= 24 && /[a-z]/.test(value) && /[A-Z]/.test(value) && entropyOf(value) >= 4.2 && !isWordy(value)
    )
  }
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)) {
    return /(?:api[_ .-]?key|secret|token|password)["'\s:=>`(,\]]{1,8}$/i.test(before) ? 0.6 : false
  }
  if (
    /^\d{4}-\d\d-\d\d|\d+\.\d+\.\d+|^v?\d+(?:\.\d+){1,3}|^\d+(?:px|em|rem|ms|kb|mb|gb)?$|^#?[0-9a-f]{3,8}$/i.test(value)
  )
    return false
  if (
    /^(?:https?|file|s3|gs|arn|urn):|^[./~]|^[\w-]+\.(?:json|ya?ml|pem|key|crt|txt|env|js|ts|py|md|html|com|org|io|net)$|^\w+@\w/i.test(
      value,
    )
  )
    return false
  return !isWordy(value) && (value.length >= 16 || /\d.*[a-z].*\d|[a-z].*\d.*[a-z]/i.test(value))
}

/** Code rather than a value: constants, member access, calls, types. */
function isCode(value: string): boolean {
  if (/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) && !/\d{3}/.test(value)) return true
  if (/^[A-Za-z_$][\w$.]*\(|^[A-Za-z_$][\w$]*\[/.test(value)) return !/\d.*\d/.test(value)
  const segments = value.split(/\.|->|::|\?\./)
  return (
    segments.length > 1 &&
    segments.every(
      (segment) => IDENTIFIER.test(segment) && segment.length <= 24 && segment.replace(/\D/g, '').length <= 3,
    )
  )
}

/** Mostly words of letters, as identifiers, slugs and sentences are. */
function isWordy(value: string): boolean {
  const words = value
    .split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})/u)
    .filter((word) => word.length >= 4 && /[aeiouyà-ü]/i.test(word) && /^(?:\p{Lu}?\p{Ll}+|\p{Lu}+)$/u.test(word))
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  return letters >= value.length * 0.6
}

function isPassword(value: string, before: string): boolean | number {
  if (isPlaceholder(value) || isSequence(value) || isCode(value) || /\)[,;]?$/.test(value)) return false
  if (
    /^(?:https?:|[./~]|self\.|this\.|req\.|process\.|str\b|string\b|bool|int\b|z\.|\w+\()/i.test(value) ||
    /^[\d.,:/-]+$/.test(value)
  )
    return false
  const hasDigit = /\d/.test(value)
  const hasLetter = /\p{L}/u.test(value)
  const symbols = value.replace(/[\p{L}\d\s._,:/-]/gu, '').length
  const isQuoted = /["'`]$/.test(before)
  if (!hasLetter && symbols === 0) return false
  if (hasDigit) return hasLetter && (symbols > 0 || isQuoted || !isWordy(value))
  return symbols >= 2 && (isQuoted || symbols >= 4)
}

function isQuotedPassword(value: string): boolean | number {
  if (isPlaceholder(value) || isSequence(value)) return false
  const symbols = new Set(value.replace(/[\p{L}\d\s._,:/-]/gu, ''))
  const hasDigit = /\d/.test(value)
  if (/\s/.test(value)) return hasDigit && symbols.size > 1 ? 0.4 : false
  if (/^[./~]|^https?:|^[\w.-]+\.[a-z]{2,4}$/i.test(value)) return false
  return (symbols.size >= 4 || (hasDigit && symbols.size > 0)) && !isWordy(value) && !isCode(value)
}
