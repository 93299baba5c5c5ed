import { entityRule, type EntityRule } from '../entity-rule.ts'

const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const NUMBER_MONTH = '(?:0?[1-9]|1[0-2])'
const FULL_YEAR = '(?:1[5-9]|2[01])\\d{2}'
const YEAR = `(?:${FULL_YEAR}|\\d{2})`
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
      `${BEFORE}${FULL_YEAR}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\\d|3[01])(?:(?:t| )${TIME})?${AFTER}`,
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
      `${BEFORE}(?:${DAY}(?:st|nd|rd|th)?[ -](?:of )?${MONTH}(?:,?[ -]${YEAR})?|${MONTH}[ -]${DAY}(?:st|nd|rd|th)?(?:(?:,? |-)${FULL_YEAR})?|${MONTH}(?:[ -](?:of )?${FULL_YEAR}|-\\d{2}))${AFTER}`,
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
      `${BEFORE}(?:${NUMBER_MONTH}\\/${FULL_YEAR}|${NUMBER_MONTH}\\/${DAY}|${FULL_YEAR}-(?:0[1-9]|1[0-2])|${TIME}|(?:1[0-2]|0?[1-9]) ?[ap]\\.?m\\.?)${AFTER}(?!\\.\\d)`,
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
      /(?<![\p{L}\p{N}@._/-])(?:www(?:\.[a-z0-9][a-z0-9-]{0,62}){1,4}\.[a-z]{2,24}|[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9][a-z0-9-]{0,62}){0,4}\.(?:com|org|net|edu|gov|mil|int|info|biz|io|co|ai|app|dev|me|tv|us|uk|de|fr|it|es|nl|eu|ru|cn|jp|in|br|au|ca|ch|at|be|se|no|fi|dk|ly|pl|cz|gr|pt|ie|kr|xyz|site|online|shop|store|blog|cloud|tech|club|top|pro|mobi|name|travel|jobs|asia|cat|tel|agency|news|live|world|life|today|space|website|media|email|services|company|digital|group|academy|center|health|energy|finance|bank|social|team|works|studio|design|expert|systems|network|support|global|city|tools|zone|berlin|london|paris|nyc|africa|law|legal|art|music|games|video|photo|mx|cl|pe|ar|ve|uy|ec|bo|cr|pa|do|gt|hn|ni|sv|cu|pr|il|tr|ae|sa|qa|kw|om|jo|lb|eg|ma|dz|tn|ke|ng|gh|za|tz|ug|et|zm|zw|th|vn|id|my|sg|ph|hk|tw|pk|bd|lk|np|nz|lu|li|mt|cy|hu|ro|bg|hr|si|sk|lt|lv|ee|is|ua|by|kz|ge|am|az|rs|ba|mk|al))(?![\p{L}\p{N}_@-])(?!\.[\p{L}\p{N}])(?::\d{1,5})?(?:\/(?:[^\s"'<>`]{0,300}[^\s"'<>`.,;:!?)\]}])?)?/u,
    confidence: 0.3,
    validate: ({ text }) => (text.startsWith('www.') || text.includes('/') ? 0.5 : true),
  }),
]
