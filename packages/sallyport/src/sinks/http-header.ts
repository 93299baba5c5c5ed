import { made, refused, type SinkResult } from './sink.ts'

/**
 * Encodes text for an HTTP field value (RFC 9110 §5.5). Refuses CR, LF, NUL and other controls, which could begin
 * another header or response; characters beyond ASCII become percent-encoded UTF-8, blanks at the ends are cut.
 */
export function encodeHttpHeader(text: string): SinkResult<'http-header'> {
  if (/[\r\n]/.test(text)) return refused('header-line-break', 'A header value cannot hold a line break.')
  if (/[\0-\x08\x0a-\x1f\x7f]/.test(text)) {
    return refused('header-control-character', 'A header value cannot hold control characters.')
  }
  const trimmed = text.replace(/^[ \t]+/, '').replace(/(?<![ \t])[ \t]+$/, '')
  const value = trimmed.replace(/[^\x20-\x7e\t]+/g, (run) =>
    encodeURIComponent(
      run.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
    ),
  )
  return made(text, value)
}
