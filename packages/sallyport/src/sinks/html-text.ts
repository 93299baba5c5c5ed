import { made, type SinkResult } from './sink.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // The HTML parser drops or replaces NUL depending on its state; one answer for all of them.
  '\0': '\ufffd',
}

/**
 * Encodes text for an HTML text node (`<p>HERE</p>`). Not for `<script>`, `<style>` or comments, where entities are
 * not decoded. Nothing is removed: a reader sees the same characters.
 *
 * @example
 * ```ts
 * encodeHtmlText('1 < 2 & "so on"') // 1 &lt; 2 &amp; &quot;so on&quot;
 * ```
 */
export function encodeHtmlText(text: string): SinkResult<'html-text'> {
  return made(text, escapeHtml(text))
}

/** The bare escaping, for code that builds HTML out of several parts. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'\0]/g, (char) => ENTITIES[char] ?? '')
}
