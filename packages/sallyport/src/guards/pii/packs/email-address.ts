import type { RuleMatch } from '../../../guard/rule.ts'
import { entityRule, ESCAPE_BEFORE, type EntityRule } from '../entity-rule.ts'

/**
 * Local part: ASCII and the alphabetic scripts of RFC 6531 addresses. Scripts written without blanks (Han, Kana, Thai)
 * are left out, as the words before an address would count as part of it.
 */
const LOCAL_LETTER = String.raw`a-z0-9_\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}`
/**
 * One run of the characters that real local parts are made of, tried only where a run begins, so that a text full of
 * them is read once. The rarer ones of RFC 5322 (`=`, `&`, `!`, quotes …) more often stand in front of an address.
 */
const BEFORE = String.raw`(?:(?<![${LOCAL_LETTER}.%+\\-])|${ESCAPE_BEFORE}|(?<=\\)(?![nrt]|u[0-9a-f]{4}))`
const LOCAL = String.raw`${BEFORE}(?:[a-z]{1,3}['\u2019])?[${LOCAL_LETTER}.%+-]{1,64}`
const LABEL = String.raw`[\p{L}\p{N}_]{1,63}(?:-{1,3}[\p{L}\p{N}_]{1,40}){0,3}`
const TOP = String.raw`(?:xn--[a-z0-9]{2,50}|[a-z]{2,24}|(?![a-z])\p{L}{2,24})(?![a-z0-9_]|-[a-z0-9])`

const SPELLED_AT = String.raw`[[({<] ?at ?[\])}>]`
/** A plain `@` or ` at ` counts only before one of these, else it is an ordinary address or prose. */
const SPELLED_DOT = String.raw`(?: ?[[({<] ?(?:dot|\.) ?[\])}>] ?| dot )`

/** Every pair of brackets, as the patterns take them, with and without blanks inside. */
function bracketed(word: string): readonly string[] {
  return [...'[({<'].flatMap((open) =>
    [...'])}>'].flatMap((close) => [word, ` ${word}`, `${word} `, ` ${word} `].map((inner) => open + inner + close)),
  )
}

/** E-mail addresses, international ones included, and the common ways of writing one so that robots miss it. */
export const emailAddressRules: readonly EntityRule[] = [
  entityRule({
    code: 'email-address',
    entity: 'EMAIL_ADDRESS',
    label: 'an e-mail address',
    severity: 'medium',
    literals: ['@'],
    pattern: new RegExp(`${LOCAL}@(?:${LABEL}\\.){1,5}${TOP}`, 'u'),
    confidence: 0.95,
    validate: likelyAddress,
  }),
  entityRule({
    code: 'email-address-quoted',
    entity: 'EMAIL_ADDRESS',
    label: 'an e-mail address with a quoted name',
    severity: 'medium',
    literals: ['"@'],
    pattern: new RegExp(`"[a-z0-9 ._+-]{1,62}"@(?:${LABEL}\\.){1,5}${TOP}`, 'u'),
    confidence: 0.8,
  }),
  entityRule({
    code: 'email-address-at-literal',
    entity: 'EMAIL_ADDRESS',
    label: 'an e-mail address at an IP address',
    severity: 'medium',
    literals: ['@['],
    pattern: /(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}@\[(?:ipv6:)?[0-9a-f.:]{3,45}\]/u,
    confidence: 0.8,
  }),
  entityRule({
    code: 'email-address-spelled',
    entity: 'EMAIL_ADDRESS',
    label: 'an e-mail address with its signs spelled out',
    severity: 'medium',
    literals: [...bracketed('at'), ...bracketed('dot'), ...bracketed('.'), ' dot '],
    pattern: new RegExp(
      `(?<![a-z0-9_.+-])[a-z0-9_.+-]{1,64}(?: ?${SPELLED_AT} ?|(?: ?@ ?| at )(?=[a-z0-9.-]{1,150}${SPELLED_DOT}))(?:[a-z0-9]{1,63}(?:-{1,2}[a-z0-9]{1,40}){0,3}(?:\\.|${SPELLED_DOT})){1,4}[a-z]{2,24}(?![a-z0-9])`,
      'u',
    ),
    confidence: 0.8,
    validate: ({ text }) => /[[({<] ?(?:at|dot|\.)|(?: at .{0,70} dot )/u.test(text),
  }),
]

/** Endings that are file types or unit types, not top-level domains: `logo@2x.png`, `user@1000.service`. */
const NOT_TOP_LEVEL = new Set(
  (
    'png jpg jpeg gif svg webp avif ico bmp js mjs cjs jsx ts tsx json json5 yaml yml xml html htm css scss less md5 txt csv ' +
    'tgz gz bz2 xz tar jar war deb rpm apk exe dll pdf doc docx lock toml ini cfg conf log service socket target timer slice ' +
    'mount scope device path class java kt swift cpp hpp php rb'
  ).split(' '),
)

function likelyAddress({ text, before }: RuleMatch): boolean | number {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  const labels = domain.split('.')
  if (NOT_TOP_LEVEL.has(labels.at(-1) ?? '') || local.includes('..')) return false
  // Package versions (`node@20.11.5-alpine.tar`) start with two numbers.
  if (/^[~^v]?\d{1,5}$/u.test(labels[0] ?? '') && /^\d/u.test(labels[1] ?? '')) return false
  // `git@github.com:team/repository` names a service account, not a person.
  if (local === 'git') return false
  // The user part of a URL: rather a credential, which another guard knows better.
  if (/:\/\/[^\s/@]{0,60}$/u.test(before)) return 0.4
  return true
}
