import { leftContext, type Step, type TextWindow } from './text-window.ts'

/** Longest escape sequence taken as one; a longer one loses its introducer only, so that its text becomes visible. */
const SEQUENCE_LIMIT = 512

/**
 * Judges a C0 or C1 control. A terminal escape (ECMA-48: CSI, OSC, DCS and the short ones) is one match. A form feed
 * at the start of a line is a page break, as in RFCs and old source files. Vertical tab, form feed and NEL elsewhere
 * become line ends, so that paragraphs survive. A C1 control is nearly always a Windows-1252 character decoded as
 * Latin-1 and becomes that (the mapping of the HTML standard); everything else is dropped.
 */
export function inspectControl(window: TextWindow, index: number): Step | undefined {
  const { text } = window
  const unit = text.charCodeAt(index)
  const report = (end: number, code: string, replacement: string): Step => ({
    next: end,
    found: [{ start: index, end, code, confidence: 0.9, replacement }],
  })
  if (unit === 0x0c && /(?:^|\n)$/.test(leftContext(window, index))) return { next: index + 1, found: [] }
  if (unit === 0x0b || unit === 0x0c || unit === 0x85) return report(index + 1, 'control-character', '\n')
  if (unit >= 0x80) return inspectC1(window, index)
  if (unit !== 0x1b) return report(index + 1, 'control-character', '')
  const end = endOfEscape(window, index)
  return end === undefined ? undefined : report(end, 'terminal-escape', '')
}

const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** The eight-bit forms of CSI and OSC count as escapes only when they are complete. */
function inspectC1(window: TextWindow, index: number): Step | undefined {
  const unit = window.text.charCodeAt(index)
  const body = index + 1
  const end = unit === 0x9b ? endOfControlSequence(window, body) : unit === 0x9d ? endOfString(window, body) : body
  if (end === undefined) return undefined
  const isSequence = end > body && (unit === 0x9d || /[0-9;?]+[@-~]$/.test(window.text.slice(body, end)))
  const replacement = isSequence ? '' : (WINDOWS_1252[unit - 0x80] ?? '').trim()
  const code = isSequence ? 'terminal-escape' : 'control-character'
  return {
    next: isSequence ? end : body,
    found: [{ start: index, end: isSequence ? end : body, code, confidence: 0.6, replacement }],
  }
}

function endOfEscape(window: TextWindow, index: number): number | undefined {
  const { text } = window
  const waits = (at: number): boolean => at >= text.length && !window.end
  if (waits(index + 1)) return undefined
  const introducer = text[index + 1]
  const body = index + 2
  if (introducer === '[') return endOfControlSequence(window, body)
  if (introducer !== undefined && ']PX^_'.includes(introducer)) return endOfString(window, body)
  // nF escapes: intermediates, then one final character, e.g. ESC ( B.
  let at = index + 1
  while (at < index + 4 && /[ -/]/.test(text[at] ?? '')) at += 1
  if (waits(at)) return undefined
  return /[0-~]/.test(text[at] ?? '') ? at + 1 : index + 1
}

function endOfControlSequence(window: TextWindow, body: number): number | undefined {
  for (let at = body; at < body + SEQUENCE_LIMIT; at += 1) {
    if (at >= window.text.length) return window.end ? at : undefined
    const unit = window.text.charCodeAt(at)
    if (unit >= 0x40 && unit <= 0x7e) return at + 1
    if (unit < 0x20 || unit > 0x3f) return at
  }
  return body
}

function endOfString(window: TextWindow, body: number): number | undefined {
  const { text } = window
  for (let at = body; at < body + SEQUENCE_LIMIT; at += 1) {
    if (at >= text.length) return window.end ? body : undefined
    const unit = text.charCodeAt(at)
    if (unit === 0x07 || unit === 0x9c) return at + 1
    if (unit === 0x0a || unit === 0x0d) return body
    if (unit === 0x1b) {
      if (at + 1 >= text.length && !window.end) return undefined
      return text[at + 1] === '\\' ? at + 2 : body
    }
  }
  return body
}
