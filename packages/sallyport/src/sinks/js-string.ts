import { made, type SinkResult } from './sink.ts'

/**
 * Encodes text as a JavaScript string literal, double quotes included, that may stand in a `<script>` element or an
 * event handler attribute: only letters, digits and blanks stay as they are, all else is `\uXXXX`. Better: put data
 * into a `data-` attribute or a JSON endpoint and keep scripts constant.
 */
export function encodeJsString(text: string): SinkResult<'js-string'> {
  const body = text.replace(
    /[^A-Za-z0-9 _.,:\-\u00a1-\u1fff\u3000-\ud7ff\ue000-\ufefe]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return made(text, `"${body}"`)
}
