import { isPlaceholder } from '../placeholder.ts'
import type { SecretRow } from '../secret-row.ts'

/** Passwords in URLs and connection strings. The password alone is the match; host and user stay readable. */
export const CONNECTION_STRINGS: readonly SecretRow[] = [
  {
    code: 'database-url-password',
    name: 'a password in a database or broker URL',
    literals: [
      'postgres',
      'mysql',
      'mariadb',
      'mongodb',
      'redis',
      'amqp',
      'mssql',
      'sqlserver',
      'clickhouse',
      'cockroachdb',
      'kafka',
      'nats',
      'mqtt',
      'ldap',
      'neo4j',
      'couchbase',
      'db2',
      'oracle',
      'cassandra',
      'bolt',
    ],
    pattern:
      /(?<=\b(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|sqlserver|clickhouse|cockroachdb|kafka|nats|mqtts?|ldaps?|neo4j|bolt|couchbases?|db2|oracle|cassandra)(?:\+[a-z0-9]{1,12})?:\/\/[^\s:@/"'<>]{0,80}:)[^\s"'`<>]{2,200}?(?=@[\w.$%{}[\]-]{1,255}(?![\w.@-]))/i,
    minimumEntropy: 0,
    placeholders: 'off',
    decoded: false,
    severity: 'high',
    confidence: 0.9,
    validate: (value, before) => isUrlPassword(value, before),
  },
  {
    code: 'url-password',
    name: 'a password in a URL',
    literals: ['://'],
    pattern:
      /(?<=\b(?:https?|ftps?|sftp|ssh|git|svn|smtps?|imaps?|pop3s?|rtsps?|socks[45]?h?|wss?|telnet|vnc|smb)(?:\+[a-z]{1,8})?:\/\/[^\s:@/"'`<>?#]{1,80}:)[^\s"'`<>/?#]{2,200}?(?=@[\w.-]{1,255}(?![\w.@-]))/i,
    minimumEntropy: 0,
    placeholders: 'off',
    decoded: false,
    severity: 'high',
    confidence: 0.85,
    validate: (value, before) => isUrlPassword(value, before),
  },
  {
    code: 'connection-string-password',
    name: 'a password in a connection string',
    literals: ['password', 'pwd'],
    pattern: /(?<=(?:[;"'?& ]|\b)(?:User )?(?:Password|Pwd)\s{0,2}=\s{0,2})[^;"'\s&<>]{4,128}(?=;|["'\s&]|$)/i,
    minimumEntropy: 1.5,
    decoded: false,
    severity: 'high',
    confidence: 0.85,
    validate: (value, before) =>
      /(?:Server|Data Source|Host|Address|Uid|User ?Id|User|Database|Initial Catalog|jdbc)\s{0,2}[=:][^\n]{0,90}$/i.test(
        before,
      ) &&
      !isPlaceholder(value) &&
      !NO_VALUE.test(value),
  },
  {
    code: 'jdbc-password',
    name: 'a password in a JDBC URL',
    literals: ['jdbc:'],
    pattern:
      /(?<=jdbc:[a-z0-9][^\s"']{1,229}[?;&]password=)[^;&"'\s<>]{3,128}|(?<=jdbc:oracle:thin:[^\s/"']{1,60}\/)[^@\s"']{3,80}(?=@)/i,
    minimumEntropy: 1.5,
    decoded: false,
    severity: 'high',
    confidence: 0.85,
  },
]

/** A default or a type of a parameter, or a call that fetches the value. */
const NO_VALUE =
  /^(?:none|null|nil|undefined|true|false|str(?:ing)?|bytes|self\.|os\.|env\.|process\.|config[.[]|settings\.|get\w*\()/i

const TEMPLATE_USER =
  /^(?:user(?:name)?|login|name|foo|admin|root|postgres|username_here|my_?user(?:name)?|db_?user|<[^>]*>|)$/i
const TEMPLATE_PASSWORD =
  /^(?:pass(?:word)?|passwd|pwd|secret|bar|my_?pass(?:word)?|password_here|your_?password|db_?pass(?:word)?|admin|root|postgres|guest|token|changeme|example|x-oauth-basic|[x*.]+)$/i
const REFERENCE = /^[$%{<*[]|\$\{|\{\{|<[^>]{0,60}>$/

/** Ports, variables and the usual `user:password` of manuals are no passwords. */
function isUrlPassword(value: string, before: string): boolean | number {
  if (
    /^\d{1,5}(?:\/|$)/.test(value) ||
    REFERENCE.test(value) ||
    /(?:^|[_-])(?:your|example|placeholder|change_?me|replace)(?:$|[_-])/i.test(value)
  )
    return false
  const user = /[:/]\/([^\s:@/"'`<>]{0,80}):$/.exec(before)?.[1] ?? ''
  if (user === value) return false
  if (!TEMPLATE_PASSWORD.test(value)) return true
  return TEMPLATE_USER.test(user) ? false : 0.5
}
