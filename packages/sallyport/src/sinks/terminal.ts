import { made, sinkFinding, type SinkFinding, type SinkResult } from './sink.ts'

/**
 * Removes what drives a terminal: CSI sequences (colour, cursor, erase), OSC strings (titles, OSC 8 links, OSC 52
 * clipboard), DCS, SOS, PM, APC, other escapes, C0 and C1 controls, and the bidi overrides that show text in another
 * order than it is. Line feeds, tabs and CR LF stay; a lone CR, which would let later text overwrite the line, becomes
 * a line feed. The visible text stays as it is.
 */
export function encodeTerminal(text: string): SinkResult<'terminal'> {
  const findings: SinkFinding[] = []
  let value = text
  // Removing one sequence can join the halves of another: until nothing is left (each pass shortens the text).
  for (let pass = 0; pass < 8; pass++) {
    const next = value.replace(CONTROLS, (found, offset: number) => {
      if (pass === 0) findings.push(describe(found, offset))
      return found === '\r' ? '\n' : ''
    })
    if (next === value) break
    value = next
  }
  return made(text, value.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, ''), findings)
}

// One alternative each: strings (OSC, DCS, SOS, PM, APC) up to BEL or ST, CSI, two-character escapes, single controls.
// A string without its end is cut at the introducer only, so that the text after it stays visible.
const CONTROLS = new RegExp(
  [
    String.raw`(?:\x1b[\]P^_X]|[\x9d\x90\x9e\x9f\x98])[^\x07\x1b\x9c\x18\x1a]{0,4096}(?:\x07|\x1b\\|\x9c)`,
    String.raw`(?:\x1b\[|\x9b)[0-?]{0,256}[ -/]{0,16}[@-~]?`,
    String.raw`\x1b[ -/]{0,16}[0-~]?`,
    String.raw`\r(?!\n)`,
    String.raw`[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]`,
  ].join('|'),
  'g',
)

function describe(found: string, offset: number): SinkFinding {
  const span = { start: offset, end: offset + found.length }
  if (/^(?:\x1b\]|\x9d)/.test(found)) {
    return sinkFinding(
      'terminal',
      'terminal-osc',
      span,
      'high',
      'An operating system command: title, link or clipboard.',
    )
  }
  if (/^(?:\x1b\[|\x9b)/.test(found)) {
    return sinkFinding('terminal', 'terminal-csi', span, 'medium', 'A control sequence: colour, cursor or screen.')
  }
  if (/^[\u202a-\u202e\u2066-\u2069]/.test(found)) {
    return sinkFinding('terminal', 'terminal-bidi', span, 'medium', 'A bidi control that reorders what is shown.')
  }
  return sinkFinding('terminal', 'terminal-control', span, 'medium', 'A control character.')
}
