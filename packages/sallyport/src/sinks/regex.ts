import { made, type SinkResult } from './sink.ts'

/**
 * Escapes text so that a regular expression matches it literally, at any place of a pattern, also inside a class and
 * with the `u`, `v` and `x` flags. Syntax characters get a backslash, other ASCII punctuation and blanks `\xHH`, which
 * ECMAScript, PCRE, RE2, Java and Python read alike (after the ES2025 `RegExp.escape`).
 */
export function encodeRegex(text: string): SinkResult<'regex'> {
  return made(
    text,
    text.replace(/[\^$\\.*+?()[\]{}|/]|[,\-=<>#&!%:;@~'`"\s\0-\x1f]/g, (char) => {
      if (/[\^$\\.*+?()[\]{}|/]/.test(char)) return `\\${char}`
      const code = char.charCodeAt(0)
      return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
    }),
  )
}
