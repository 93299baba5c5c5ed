import type { RuleMatch } from '../../../guard/rule.ts'
import { digitsOf, isRepeated } from '../checksums/digits.ts'
import { entityRule, type EntityRule } from '../entity-rule.ts'
import { internationalPattern } from './calling-codes.ts'

const EXTENSION = '(?: ?(?:ext\\.?|extension|x|#) ?\\d{1,6})?'
const BEFORE = '(?<![a-z0-9+])(?<![0-9][-./(])'
const AFTER = `${EXTENSION}(?![a-z0-9])(?![./-]\\d)`

/** Telephone numbers: international by country code and length, national where the form is telling, others by a label. */
export const phoneNumberRules: readonly EntityRule[] = [
  phone(
    'phone-number-international',
    `(?<![a-z0-9+])(?:\\+\\(?|(?<!\\d )00 ?)(?:${internationalPattern()})${EXTENSION}(?!\\d)`,
    likelyInternational,
  ),
  phone(
    'phone-number-us',
    `${BEFORE}(?:\\+?1[ .-]?)?(?:\\([2-9]\\d{2}\\) ?[2-9]\\d{2}[ .-]?\\d{4}|[2-9]\\d{2}-[2-9]\\d{2}-\\d{4}|[2-9]\\d{2}\\.[2-9]\\d{2}\\.\\d{4}|` +
      `[2-9]\\d{2}[ /][2-9]\\d{2}[ -]\\d{4})${AFTER}`,
    ({ text, before }) => plausible(text, before, text.includes('(') ? 0.8 : /\d[ /]\d/u.test(text) ? 0.5 : 0.7),
  ),
  phone(
    'phone-number-national',
    `${BEFORE}(?:${[
      // United Kingdom
      '\\(?02\\d\\)? ?\\d{4} ?\\d{4}',
      '0[1-9]\\d \\d{4} \\d{4}',
      '\\(?01\\d{3}\\)? ?\\d{3} ?\\d{3}',
      '07\\d{3} ?\\d{3} ?\\d{3}',
      '0[38]\\d{2} \\d{3} \\d{4}',
      // France, Belgium
      '0[1-9](?: \\d{2}){4}(?! \\d{2}(?!\\d))',
      '0[1-9](?:\\.\\d{2}){4}',
      '0[1-9](?:-\\d{2}){4}',
      // Germany, Austria, Switzerland
      '\\(0[2-9]\\d{1,4}\\) ?\\d{3,8}',
      '0(?:1[567]\\d|[2-9]\\d{1,4})(?: ?/ ?| - |-)\\d{3,4} ?\\d{2,5}',
      '01[567]\\d{1,2} \\d{3,8}(?: \\d{2,5})?',
      '0[1-9]\\d \\d{3} \\d{2} \\d{2}',
      '04\\d{2} \\d{2} \\d{2} \\d{2}',
      '0[1-9]\\d \\d{3} \\d{4}',
      '06-\\d{8}',
      // Italy
      '3[2-9]\\d[ .-]\\d{3}[ .-]?\\d{3,4}',
      // Spain
      '[6789]\\d{2} \\d{2} \\d{2} \\d{2}',
      '[679]\\d{2} \\d{3} \\d{3}',
      // Australia
      '\\(?0[2378]\\)? \\d{4} \\d{4}',
      '04\\d{2} \\d{3} \\d{3}',
      // India
      '0?[6-9]\\d{4}[ -]\\d{5}',
      // Japan
      '0[789]0-\\d{4}-\\d{4}',
      '0\\d{1,3}-\\d{2,4}-\\d{4}',
      // Brazil
      '\\([1-9]\\d\\) ?9?[ .]?\\d{4}[ .-]\\d{4}',
      // Korea, China
      '01[016789]-\\d{3,4}-\\d{4}',
      '1[3-9]\\d[ -]\\d{4}[ -]\\d{4}',
    ].join('|')})${AFTER}`,
    likelyNational,
  ),
  // Area code and number as Germany, Austria, the Netherlands, Sweden, Nigeria and the Philippines write them: two numbers, or one.
  phone(
    'phone-number-national-weak',
    `${BEFORE}0[1-9]\\d{0,3}(?: \\d{5,9}|-\\d{2,3} \\d{2} \\d{2}| \\d{2,3} \\d{4})${AFTER}`,
    ({ text, before }) => !isDateLike(text) && plausible(text, before, 0.35),
  ),
  phone(
    'phone-number-labelled',
    `(?<![a-z0-9+.])(?:\\+|\\()?\\d{1,4}\\)?(?:[ .\\/-]{0,2}\\d){5,12}${EXTENSION}(?![a-z0-9])`,
    ({ text, before }) => (PHONE_LABEL.test(before) && !isDateLike(text) ? 0.75 : false),
  ),
]

function phone(code: string, pattern: string, validate: (match: RuleMatch) => boolean | number): EntityRule {
  return entityRule({
    code,
    entity: 'PHONE_NUMBER',
    label: 'a telephone number',
    severity: 'medium',
    pattern: new RegExp(pattern, 'u'),
    confidence: 0.7,
    validate,
  })
}

/** A word for telephone, with at most some words between it and the number. */
const PHONE_LABEL =
  /(?:\b(?:tele?(?:ph?one?|fone?|fax)?[a-z]{0,6}|(?:cell|mobile|smart|hand)?[ -]?phones?|mobiles?|cell|fax|whatsapp|sms|handy(?:nummer)?|rufnummer|mobil(?:nummer|e)?|movil|celular|cellulare|portable|(?:call|ring|dial|reach|text|phone) (?:me|us|him|her|them|it|back)?|hotline|helpline|voicemail|pager|contact (?:no|number)|numero de contacto|(?:not )?answering at|messages to|(?:contact|reached?) (?:me |us )?(?:at|on)|my number is|number to (?:call|reach))\b|office|desk|телефон|тел[. :]|моб|电话|手机|電話|携帯|전화|휴대폰|هاتف|फोन|मोबाइल)[^0-9\n]{0,24}\n?[^0-9\n]{0,4}$/u

/** Numbers that carry such a name are no telephone numbers. */
const OTHER_NUMBER =
  /\b(?:isbn|issn|ean|upc|gtin|asin|sku|order|invoice|ticket|tracking|serial|part|model|version|ver|build|ref|reference|case|account|acct|id|uid|pid|doi|lot|batch|port|room|rfc|cas|page|pages|pp|lines?|bytes?|offset|commit|size|code|key|seed|zip|px|width|height)(?:[ _-]?(?:no|nr|num|number|code|id))?\.?["']?[ ]?[:=#(]{0,2} ?["']?$/u

function plausible(text: string, before: string, confidence: number): boolean | number {
  const number = digitsOf(text)
  if (isRepeated(number)) return false
  if (PHONE_LABEL.test(before)) return Math.max(confidence, 0.9)
  if (OTHER_NUMBER.test(before)) return 0.2
  return confidence
}

function likelyInternational({ text, before }: RuleMatch): boolean | number {
  if (isDateLike(text.replace(/^\+/u, ''))) return false
  // `00` starts many serial numbers; a plus sign in front of a country code and the right length starts few.
  const confidence = text.startsWith('+') ? 0.85 : /[ ()./-]/u.test(text) ? 0.6 : 0.35
  return plausible(text, before, confidence)
}

function likelyNational({ text, before }: RuleMatch): boolean | number {
  if (isDateLike(text)) return false
  // Without any separator only a label tells a telephone number from a serial number.
  return plausible(text, before, /[ ()./-]/u.test(text) && !LIKE_A_NUMBER.test(text) ? 0.6 : 0.35)
}

/** Groups of three without a leading zero are thousands in many languages, two groups of five are any two numbers. */
const LIKE_A_NUMBER = /^(?:\d{3} \d{3} \d{3}|\d{5} \d{5})$/u

/** 2024-01-15…, 15.01.2024, 01-02-2024. */
function isDateLike(text: string): boolean {
  return /^(?:(?:19|20)\d{2}[-./ ]?(?:0\d|1[0-2])[-./ ]?[0-3]\d|[0-3]?\d[-./][0-3]?\d[-./](?:19|20)\d{2})(?!\d)/u.test(
    text,
  )
}
