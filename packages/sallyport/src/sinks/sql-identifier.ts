import { hasLoneSurrogate, made, refused, type SinkResult } from './sink.ts'
import type { SqlOptions } from './sql-dialect.ts'

/**
 * Quotes text as an SQL identifier (a table or column name), quotes included. Quoting only stops the name from becoming
 * SQL: which tables may be named is for an allow-list to say. Refuses empty names, NUL, and names the server would
 * silently cut (63 bytes in PostgreSQL, 64 characters in MySQL), as the cut name may be another table's.
 */
export function encodeSqlIdentifier(text: string, options: SqlOptions): SinkResult<'sql-identifier'> {
  if (text === '') return refused('sql-empty-identifier', 'An identifier cannot be empty.')
  if (text.includes('\0')) return refused('sql-nul', 'An identifier cannot hold a NUL character.')
  if (hasLoneSurrogate(text)) {
    return refused('sql-malformed-text', 'The text holds half of a surrogate pair, which UTF-8 cannot carry.')
  }
  switch (options.dialect) {
    case 'postgres':
      if (utf8Length(text) > 63) return refused('sql-long-identifier', 'PostgreSQL cuts identifiers at 63 bytes.')
      return made(text, `"${text.replaceAll('"', '""')}"`)
    case 'mysql':
    case 'mariadb':
      if (text.length > 64) return refused('sql-long-identifier', 'An identifier is longer than 64 characters.')
      // Identifiers are limited to the basic plane and may not end in a blank (MySQL manual, schema object names).
      if (/[\ud800-\udfff]|\s$/.test(text)) {
        return refused('sql-bad-identifier', 'The name holds characters MySQL does not allow in identifiers.')
      }
      return made(text, `\`${text.replaceAll('`', '``')}\``)
    case 'sqlite':
      return made(text, `"${text.replaceAll('"', '""')}"`)
    default:
      return options.dialect satisfies never
  }
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
