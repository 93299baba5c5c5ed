import { describe, expect, it } from 'vitest'
import { createShield } from '../index.ts'

/** A stream of lines with an address in each. */
function stream(lines: number) {
  const shield = createShield({ limits: { maxWork: 1_000_000_000 } })
  const open = shield.openStream({ stage: 'output' })
  let sent = ''
  for (let line = 0; line < lines; line++)
    sent = open.push(`Write to person${line}@example.org, please.\n`).text || sent
  sent = open.end().text || sent
  return { verdict: open.verdict(), sent }
}

describe('a stream without an end in sight', () => {
  it('keeps a thousand findings and edits, counts the rest, and goes on editing', () => {
    const { verdict, sent } = stream(1_500)
    expect(verdict.findings).toHaveLength(1_000)
    expect(verdict.omittedFindings).toBe(500)
    expect(verdict.edits.length).toBeLessThanOrEqual(1_000)
    expect(verdict.outcome).toBe('redact')
    expect(sent).toContain('[EMAIL_ADDRESS]')
    expect(sent).not.toContain('person1499')
  })

  it('says of a shorter one that nothing was left out', () => {
    expect(stream(20).verdict).not.toHaveProperty('omittedFindings')
  })

  it('keeps the finding that denied it, however many came before', () => {
    const shield = createShield({ guards: { pii: { rules: { CREDIT_CARD: 'block' } } } })
    const open = shield.openStream({ stage: 'output' })
    for (let line = 0; line < 1_100; line++) open.push(`person${line}@example.org\n`)
    const { findings, denied } = open.push(`card ${['4111', '1111', '1111', '1111'].join(' ')} and on\n`)
    expect(denied).toContain('credit-card')
    expect(findings).toMatchObject([{ code: 'credit-card', action: 'block' }])
    expect(open.verdict().outcome).toBe('block')
  })
})
