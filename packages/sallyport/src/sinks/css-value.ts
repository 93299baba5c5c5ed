import { made, type SinkResult } from './sink.ts'

/**
 * Encodes text for a CSS value. Letters, digits, `-`, `_`, `.` between digits, `%` and `#` of plain values such as
 * `red`, `10px`, `50%` or `#ff0000` stay; every other text is hex-escaped, so that it is one identifier, or the content
 * of a string when the template has quotes around it: it can neither open `url(` nor end the declaration.
 */
export function encodeCssValue(text: string): SinkResult<'css-value'> {
  if (PLAIN_VALUE.test(text)) return made(text, text)
  // The blank after the digits ends the escape (CSS Syntax §4.3.7); NUL cannot be written and becomes U+FFFD.
  return made(
    text,
    text.replace(/[^A-Za-z0-9_\u00a1-\u1fff\u3000-\ud7ff\ue000-\ufefe]/gu, (char) => {
      const code = char.codePointAt(0) ?? 0
      return code === 0 || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : `\\${code.toString(16)} `
    }),
  )
}

const PLAIN_VALUE = /^(?:[A-Za-z]+(?:-[A-Za-z]+)*|[+-]?\d{1,9}(?:\.\d{1,9})?(?:[A-Za-z]{1,4}|%)?|#[0-9A-Fa-f]{3,8})$/
