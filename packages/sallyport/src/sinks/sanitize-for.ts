import { SallyportError } from '../errors/sallyport-error.ts'
import { encodeCssValue } from './css-value.ts'
import { encodeCsvCell } from './csv.ts'
import { encodeHtmlAttribute } from './html-attribute.ts'
import { encodeHtmlText } from './html-text.ts'
import { type HtmlOptions, sanitizeHtml } from './html.ts'
import { encodeHttpHeader } from './http-header.ts'
import { encodeJsString } from './js-string.ts'
import { encodeJson } from './json.ts'
import { encodeLogLine } from './log-line.ts'
import { confinePath } from './path.ts'
import { sanitizeMarkdown } from './markdown.ts'
import { encodeRegex } from './regex.ts'
import { encodeShellArgument, SHELL_DIALECTS, type ShellDialect } from './shell.ts'
import type { SinkFinding, SinkResult } from './sink.ts'
import { SQL_DIALECTS, type SqlDialect } from './sql-dialect.ts'
import { encodeSqlIdentifier } from './sql-identifier.ts'
import { encodeSqlLike } from './sql-like.ts'
import { encodeSqlLiteral } from './sql-literal.ts'
import { encodeTerminal } from './terminal.ts'
import { sanitizeUrl } from './url.ts'
import { encodeXml } from './xml.ts'

export interface SanitizeOptions {
  /** SQL targets: `postgres` (default), `mysql`, `mariadb`, `sqlite`. `shell`: `posix` (default), `powershell`. */
  readonly dialect?: string
  /** `html`, `markdown`, `url`: hosts that images and links may name. Default: no image host, every link host. */
  readonly hosts?: readonly string[]
  /** `html`, `markdown`: hosts links may lead to besides `hosts`; `*` for every host. Default: `hosts` alone. */
  readonly linkHosts?: readonly string[]
  /** `path`: the folder the result stays in. Default the current folder, `.`. */
  readonly root?: string
}

export interface Sanitized {
  readonly text: string
  readonly changed: boolean
  readonly findings: readonly SinkFinding[]
}

type Sink = (text: string, options: SanitizeOptions) => SinkResult<string>

const SINKS = {
  html: (text, options) => sanitizeHtml(text, hostsOf(options)),
  markdown: (text, options) => sanitizeMarkdown(text, hostsOf(options)),
  'html-text': encodeHtmlText,
  'html-attribute': encodeHtmlAttribute,
  'js-string': encodeJsString,
  'css-value': encodeCssValue,
  url: (text, { hosts }) => sanitizeUrl(text, hosts && { hosts }),
  'sql-literal': (text, options) => encodeSqlLiteral(text, { dialect: sqlDialect(options) }),
  'sql-identifier': (text, options) => encodeSqlIdentifier(text, { dialect: sqlDialect(options) }),
  'sql-like': (text, options) => encodeSqlLike(text, { dialect: sqlDialect(options) }),
  shell: (text, options) => encodeShellArgument(text, { dialect: shellDialect(options) }),
  path: (text, { root }) => confinePath(text, { root: root ?? '.' }),
  csv: encodeCsvCell,
  terminal: encodeTerminal,
  'log-line': encodeLogLine,
  'http-header': encodeHttpHeader,
  json: encodeJson,
  xml: encodeXml,
  regex: encodeRegex,
} as const satisfies Readonly<Record<string, Sink>>

/** The name of a target text can be made safe for. */
export type SinkTarget = keyof typeof SINKS

/** Every target, in the order of the documentation. */
export const SINK_TARGETS = Object.keys(SINKS) as readonly SinkTarget[]

/**
 * Makes text safe for a target chosen by name, as the command line does. In code, prefer the function of the target:
 * its result is typed. Throws `invalid-input` when no safe form exists (the message names the reason, never the text)
 * and `invalid-options` for an unknown target, dialect or host.
 */
export function sanitizeFor(target: string, text: string, options: SanitizeOptions = {}): Sanitized {
  if (!Object.hasOwn(SINKS, target)) {
    throw new SallyportError('invalid-options', `Unknown target. Known: ${SINK_TARGETS.join(', ')}.`)
  }
  const sink: Sink = SINKS[target as SinkTarget]
  const result = sink(text, options)
  if (!result.ok) throw new SallyportError('invalid-input', `${result.error.code}: ${result.error.message}`)
  return { text: result.value, changed: result.changed, findings: result.findings }
}

function hostsOf({ hosts, linkHosts }: SanitizeOptions): Pick<HtmlOptions, 'imageHosts' | 'linkHosts'> {
  const links = linkHosts ?? hosts
  return { ...(hosts && { imageHosts: hosts }), ...(links && { linkHosts: links }) }
}

function sqlDialect({ dialect = 'postgres' }: SanitizeOptions): SqlDialect {
  const name = dialect === 'postgresql' ? 'postgres' : dialect
  const known = SQL_DIALECTS.find((each) => each === name)
  if (known === undefined) throw new SallyportError('invalid-options', `SQL dialects: ${SQL_DIALECTS.join(', ')}.`)
  return known
}

function shellDialect({ dialect = 'posix' }: SanitizeOptions): ShellDialect {
  const name = dialect === 'sh' || dialect === 'bash' ? 'posix' : dialect
  const known = SHELL_DIALECTS.find((each) => each === name)
  if (known === undefined) throw new SallyportError('invalid-options', `Shell dialects: ${SHELL_DIALECTS.join(', ')}.`)
  return known
}
