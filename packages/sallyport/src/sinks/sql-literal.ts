import { hasLoneSurrogate, made, refused, type SinkResult } from './sink.ts'
import type { SqlOptions } from './sql-dialect.ts'

/**
 * Encodes text as an SQL string literal, quotes included. The value read back is identical to the text. Use a bound
 * parameter wherever the driver has one: it is faster and has no quoting to get wrong; this is for the places that
 * cannot bind, such as `COPY`, `SET` and DDL. The connection must speak UTF-8.
 *
 * Refuses NUL for PostgreSQL and SQLite, whose text cannot carry it, and half surrogate pairs everywhere.
 */
export function encodeSqlLiteral(text: string, options: SqlOptions): SinkResult<'sql-literal'> {
  if (hasLoneSurrogate(text)) {
    return refused('sql-malformed-text', 'The text holds half of a surrogate pair, which UTF-8 cannot carry.')
  }
  switch (options.dialect) {
    case 'postgres': {
      if (text.includes('\0')) return refused('sql-nul', 'PostgreSQL text cannot hold a NUL character.')
      const quoted = text.replaceAll("'", "''")
      // A backslash means itself only when standard_conforming_strings is on: the E form does not depend on it. The
      // leading blank keeps the E apart from a word before it (as PQescapeLiteral does).
      return made(text, text.includes('\\') ? ` E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`)
    }
    case 'mysql':
    case 'mariadb':
      // Doubling both quote and backslash cannot be broken out of under NO_BACKSLASH_ESCAPES either; clients rewrite
      // raw line ends, and \Z ends a file on Windows (MySQL manual, string literals).
      return made(text, `'${text.replace(/['\\\0\n\r\x1a]/g, (char) => MYSQL_ESCAPES[char] ?? '')}'`)
    case 'sqlite':
      if (text.includes('\0')) return refused('sql-nul', 'An SQLite statement ends at a NUL character.')
      return made(text, `'${text.replaceAll("'", "''")}'`)
    default:
      return options.dialect satisfies never
  }
}

const MYSQL_ESCAPES: Readonly<Record<string, string>> = {
  "'": "''",
  '\\': '\\\\',
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\x1a': '\\Z',
}
