export { encodeCsvCell } from './csv.ts'
export { encodeCssValue } from './css-value.ts'
export { encodeHtmlAttribute } from './html-attribute.ts'
export { encodeHtmlText } from './html-text.ts'
export { sanitizeHtml, type HtmlOptions } from './html.ts'
export { encodeHttpHeader } from './http-header.ts'
export { encodeJsString } from './js-string.ts'
export { encodeJson } from './json.ts'
export { encodeLogLine } from './log-line.ts'
export { sanitizeMarkdown, type MarkdownOptions } from './markdown.ts'
export { confinePath, type PathOptions } from './path.ts'
export { encodeRegex } from './regex.ts'
export { sanitizeFor, SINK_TARGETS, type SanitizeOptions, type Sanitized, type SinkTarget } from './sanitize-for.ts'
export { encodeShellArgument, SHELL_DIALECTS, type ShellDialect, type ShellOptions } from './shell.ts'
export type {
  ConfinedPath,
  CssValue,
  CsvCell,
  HttpHeaderValue,
  JsonLiteral,
  JsString,
  LogLine,
  RegexSource,
  Safe,
  SafeHtml,
  SafeHtmlAttribute,
  SafeHtmlText,
  SafeMarkdown,
  SafeUrl,
  ShellArgument,
  SinkFinding,
  SinkRefusal,
  SinkResult,
  SqlIdentifier,
  SqlLikePattern,
  SqlLiteral,
  TerminalText,
  XmlText,
} from './sink.ts'
export { SQL_DIALECTS, type SqlDialect, type SqlOptions } from './sql-dialect.ts'
export { encodeSqlIdentifier } from './sql-identifier.ts'
export { encodeSqlLike } from './sql-like.ts'
export { encodeSqlLiteral } from './sql-literal.ts'
export { encodeTerminal } from './terminal.ts'
export { BLOCKED_URL, sanitizeUrl, type UrlOptions } from './url.ts'
export { encodeXml } from './xml.ts'
