import type { Outcome, Verdict } from 'sallyport'
import { sanitizeFor } from 'sallyport/sinks'

const COLORS: Readonly<Record<Outcome, number>> = { allow: 32, monitor: 36, redact: 33, review: 35, block: 31 }

const IN_WORDS: Readonly<Record<Outcome, string>> = {
  allow: 'nothing was found',
  monitor: 'noted; the text passes unchanged',
  redact: 'the text passes after these edits',
  review: 'a person has to decide',
  block: 'the text is refused',
}

/** A verdict for people: what was decided, why, where, and what would be passed on. */
export function explain(text: string, verdict: Verdict, color: boolean): string {
  const paint = (code: number, what: string): string => (color ? `\u001b[${code}m${what}\u001b[0m` : what)
  const lines = [`${paint(COLORS[verdict.outcome], verdict.outcome.toUpperCase())}  ${IN_WORDS[verdict.outcome]}`]
  for (const { guard, code, confidence, start, end, message } of verdict.findings) {
    const where = `${start}-${end}`
    lines.push(`  ${where.padEnd(9)} ${`${guard}/${code}`.padEnd(40)} ${confidence.toFixed(2)}  ${message ?? ''}`)
  }
  const scores = Object.entries(verdict.score).map(([guard, score]) => `${guard} ${score.toFixed(2)}`)
  lines.push(`  score: ${scores.join(', ')}`)
  if (verdict.text !== text && verdict.outcome !== 'block') {
    // Escape sequences in a judged text must not reach the terminal it is shown on.
    lines.push('', sanitizeFor('terminal', verdict.text, {}).text)
  }
  return `${lines.join('\n')}\n`
}
