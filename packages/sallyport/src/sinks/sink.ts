import type { Severity, Span } from '../guard/finding.ts'

declare const target: unique symbol

/**
 * Text made safe for one target. A plain string cannot be assigned to it, so a function that takes `Safe<'html'>`
 * cannot be handed raw model output, nor text made safe for another target.
 */
export type Safe<Target extends string> = string & { readonly [target]: Target }

export type SafeHtml = Safe<'html'>
export type SafeHtmlText = Safe<'html-text'>
export type SafeHtmlAttribute = Safe<'html-attribute'>
export type SafeMarkdown = Safe<'markdown'>
export type JsString = Safe<'js-string'>
export type CssValue = Safe<'css-value'>
export type SafeUrl = Safe<'url'>
export type SqlLiteral = Safe<'sql-literal'>
export type SqlIdentifier = Safe<'sql-identifier'>
export type SqlLikePattern = Safe<'sql-like'>
export type ShellArgument = Safe<'shell'>
export type ConfinedPath = Safe<'path'>
export type CsvCell = Safe<'csv'>
export type TerminalText = Safe<'terminal'>
export type LogLine = Safe<'log-line'>
export type HttpHeaderValue = Safe<'http-header'>
export type JsonLiteral = Safe<'json'>
export type XmlText = Safe<'xml'>
export type RegexSource = Safe<'regex'>

/**
 * What an encoder or sanitizer answers. A refusal means that no encoding exists which keeps the meaning (NUL in a shell
 * argument, a path out of its root); its message never holds input text.
 */
export type SinkResult<Target extends string> =
  | {
      readonly ok: true
      readonly value: Safe<Target>
      /** True when `value` differs from the input, quotes included. */
      readonly changed: boolean
      /** Spans of the input that were dangerous for the target; encoding alone is no finding. */
      readonly findings: readonly SinkFinding[]
    }
  | { readonly ok: false; readonly error: SinkRefusal }

/** Evidence of a sink: like a guard's finding, with the name of the target as `guard`, and never the text itself. */
export interface SinkFinding extends Span {
  readonly guard: string
  readonly code: string
  readonly severity: Severity
  readonly confidence: number
  readonly message: string
}

export interface SinkRefusal {
  /** Stable kebab-case id. */
  readonly code: string
  /** Our words, never quoted input. */
  readonly message: string
}

/** Brands a finished value. Only the functions of this folder may call it: the brand is their promise. */
export function made<Target extends string>(
  input: string,
  value: string,
  findings: readonly SinkFinding[] = [],
): SinkResult<Target> {
  return { ok: true, value: value as Safe<Target>, changed: value !== input, findings }
}

export function refused<Target extends string>(code: string, message: string): SinkResult<Target> {
  return { ok: false, error: { code, message } }
}

/** A finding of a sink. `guard` is the name of the target. */
export function sinkFinding(
  guard: string,
  code: string,
  span: Span,
  severity: Severity,
  message: string,
  confidence = 0.9,
): SinkFinding {
  return { guard, code, severity, confidence, start: span.start, end: span.end, message }
}

/** The finding that covers a whole text, for rules about the text rather than a place in it. */
export function wholeFinding(
  guard: string,
  code: string,
  text: string,
  severity: Severity,
  message: string,
): SinkFinding {
  return sinkFinding(guard, code, { start: 0, end: text.length }, severity, message)
}

/** True when the text has half of a surrogate pair, which UTF-8 cannot carry: the value could not round-trip. */
export function hasLoneSurrogate(text: string): boolean {
  return /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
}
