import { made, type SinkResult } from './sink.ts'

/**
 * Encodes text for an HTML attribute value (`title="HERE"`). Everything but letters, digits and `-_.,` in ASCII becomes
 * a numeric entity, so that the value also holds where a template forgot the quotes (OWASP XSS prevention, rule 2).
 * It does not make a URL, a style or an event handler safe: use `url` or `css-value`, and never fill in a handler.
 */
export function encodeHtmlAttribute(text: string): SinkResult<'html-attribute'> {
  return made(
    text,
    // Beyond ASCII: C1 controls, U+0085 and the line separators, which some readers take for white space.
    text.replace(/[^A-Za-z0-9\-_.,\u00a0-\u2027\u202a-\uffff]/g, (char) => {
      const code = char.charCodeAt(0)
      // Numeric references 0x80-0x9f decode as windows-1252, and NUL as U+FFFD: these cannot be written at all.
      if (code === 0 || (code >= 0x7f && code <= 0x9f)) return '\ufffd'
      return `&#x${code.toString(16)};`
    }),
  )
}
