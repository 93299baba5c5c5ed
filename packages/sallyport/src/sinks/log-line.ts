import { made, wholeFinding, type SinkResult } from './sink.ts'

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\x1b': '\\x1b' }

/**
 * Makes text one line of a log. Line ends of every kind, control characters, escape sequences and bidi controls become
 * visible escapes, so that no entry can be forged and no terminal is driven by `cat`. Better: structured logs (JSON).
 */
export function encodeLogLine(text: string): SinkResult<'log-line'> {
  let forged = false
  const value = text.replace(
    /[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g,
    (char) => {
      const code = char.charCodeAt(0)
      if (char !== '\t') forged = true
      return SHORT[char] ?? (code < 256 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`)
    },
  )
  return made(
    text,
    value,
    forged
      ? [
          wholeFinding(
            'log-line',
            'log-control-character',
            text,
            'medium',
            'Line ends or control characters in a log entry.',
          ),
        ]
      : [],
  )
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}
