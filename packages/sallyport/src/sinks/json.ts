import { made, type SinkResult } from './sink.ts'

/**
 * Encodes text as a JSON string, quotes included, that may also stand in a `<script>` element: `<`, `>`, `&` and the
 * line separators U+2028 and U+2029 are `\uXXXX`. Any JSON parser reads the same text back. To send whole objects,
 * serialise the object instead of pasting parts together.
 */
export function encodeJson(text: string): SinkResult<'json'> {
  return made(
    text,
    JSON.stringify(text).replace(
      /[<>&\u2028\u2029\u007f-\u009f]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
}
