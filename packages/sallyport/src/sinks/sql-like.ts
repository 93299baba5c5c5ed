import { encodeSqlLiteral } from './sql-literal.ts'
import { made, type SinkResult } from './sink.ts'
import type { SqlOptions } from './sql-dialect.ts'

/**
 * Encodes text as the right side of `LIKE`, quotes included, so that `%` and `_` in it mean themselves. The escape
 * character is the backslash; for SQLite, which has none by default, the `ESCAPE` clause is part of the value.
 * Better: bind the escaped pattern as a parameter, or compare with `strpos`, `LOCATE` or `instr`.
 */
export function encodeSqlLike(text: string, options: SqlOptions): SinkResult<'sql-like'> {
  const pattern = text.replace(/[\\%_]/g, '\\$&')
  const literal = encodeSqlLiteral(pattern, options)
  if (!literal.ok) return literal
  const clause = options.dialect === 'sqlite' && pattern !== text ? ` ESCAPE '\\'` : ''
  return made(text, literal.value + clause)
}
