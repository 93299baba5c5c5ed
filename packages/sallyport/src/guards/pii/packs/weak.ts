import { entityRule, type EntityRule } from '../entity-rule.ts'

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const NUMBER_MONTH = '(?:0?[1-9]|1[0-2])'
const YEAR = '(?:(?:19|20)\\d{2}|\\d{2})'
const TIME =
  '(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?(?: ?[ap]\\.?m\\.?)?(?: ?z|[+-]\\d{2}:?\\d{2})?'
const BEFORE = '(?<![a-z0-9])(?<!\\d[-./,:])'
const AFTER = '(?![a-z0-9])(?![-/:]\\d)'

/** What is personal only together with other things: dates and web addresses. Off by default. */
export const weakRules: readonly EntityRule[] = [
  entityRule({
    code: 'date-iso',
    entity: 'DATE_TIME',
    label: 'a date',
    severity: 'info',
    pattern: new RegExp(
      `${BEFORE}(?:19|20)\\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\\d|3[01])(?:(?:t| )${TIME})?${AFTER}`,
      'u',
    ),
    confidence: 0.6,
  }),
  entityRule({
    code: 'date-numeric',
    entity: 'DATE_TIME',
    label: 'a date',
    severity: 'info',
    pattern: new RegExp(
      `${BEFORE}(?:${DAY}\\/${NUMBER_MONTH}\\/${YEAR}|${NUMBER_MONTH}\\/${DAY}\\/${YEAR}|${DAY}\\.${NUMBER_MONTH}\\.${YEAR}|${DAY}-${NUMBER_MONTH}-${YEAR}|${NUMBER_MONTH}-${DAY}-${YEAR})${AFTER}(?!\\.\\d)`,
      'u',
    ),
    confidence: 0.6,
  }),
  entityRule({
    code: 'date-worded',
    entity: 'DATE_TIME',
    label: 'a date',
    severity: 'info',
    pattern: new RegExp(
      `${BEFORE}(?:${DAY}(?:st|nd|rd|th)?[ -](?:of )?${MONTH}(?:,?[ -]${YEAR})?|${MONTH}[ -]${DAY}(?:st|nd|rd|th)?(?:(?:,? |-)(?:19|20)\\d{2})?|${MONTH}[ -](?:of )?(?:19|20)\\d{2})${AFTER}`,
      'u',
    ),
    confidence: 0.6,
  }),
  entityRule({
    code: 'date-partial',
    entity: 'DATE_TIME',
    label: 'part of a date or a time of day',
    severity: 'info',
    pattern: new RegExp(
      `${BEFORE}(?:${NUMBER_MONTH}\\/(?:19|20)\\d{2}|${NUMBER_MONTH}\\/${DAY}|(?:19|20)\\d{2}-(?:0[1-9]|1[0-2])|${TIME}|(?:1[0-2]|0?[1-9]) ?[ap]\\.?m\\.?)${AFTER}(?!\\.\\d)`,
      'u',
    ),
    confidence: 0.15,
  }),
  entityRule({
    code: 'url',
    entity: 'URL',
    label: 'a web address',
    severity: 'info',
    literals: ['://'],
    pattern:
      /(?<![a-z0-9])(?:https?|ftp):\/\/(?:[^\s/@:"'<>]{1,64}(?::[^\s/@"'<>]{0,64})?@)?(?:[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63}){1,8}|\[[0-9a-f:.]{2,45}\]|localhost)(?::\d{1,5})?(?:[/?#](?:[^\s"'<>`]{0,500}[^\s"'<>`.,;:!?)\]}])?)?/u,
    confidence: 0.6,
  }),
  entityRule({
    code: 'url-without-scheme',
    entity: 'URL',
    label: 'a web address without its scheme',
    severity: 'info',
    literals: ['.'],
    pattern:
      /(?<![\p{L}\p{N}@._/-])(?:www(?:\.[a-z0-9][a-z0-9-]{0,62}){1,4}\.[a-z]{2,24}|[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62}){0,4}\.(?:com|org|net|edu|gov|mil|int|info|biz|io|co|ai|app|dev|me|tv|us|uk|de|fr|it|es|nl|eu|ru|cn|jp|in|br|au|ca|ch|at|be|se|no|fi|dk|ly|pl|cz|gr|pt|ie|kr|xyz|site|online|shop|store|blog|cloud|tech))(?![\p{L}\p{N}_@-])(?!\.[\p{L}\p{N}])(?::\d{1,5})?(?:\/(?:[^\s"'<>`]{0,300}[^\s"'<>`.,;:!?)\]}])?)?/u,
    confidence: 0.3,
    validate: ({ text }) => (text.startsWith('www.') || text.includes('/') ? 0.5 : true),
  }),
]
