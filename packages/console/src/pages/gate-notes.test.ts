import type { SecurityEvent } from '@sallyport/gateway/contract'
import { expect, it } from 'vitest'
import { gateNotes } from './gate-notes.ts'

const event = (id: string, part: Partial<SecurityEvent>): SecurityEvent => ({
  id,
  time: '2026-01-01T00:00:00.000Z',
  type: 'policy_violation',
  severity: 'medium',
  ...part,
})
const card = { guard: 'pii', code: 'credit-card', severity: 'high', confidence: 1, start: 0, end: 1 } as const

it('tells what each gate did, oldest first, and leaves out what merely passed', () => {
  const newestFirst = [
    event('d', { stage: 'output', outcome: 'allow' }),
    event('c', { stage: 'output', outcome: 'monitor', codes: ['x/y'] }),
    event('b', { stage: 'input', outcome: 'redact', findings: [card, card] }),
    event('a', { outcome: 'success' }),
  ]
  expect(gateNotes(newestFirst)).toEqual([
    { id: 'b', gate: 'input gate', outcome: 'redact', codes: [{ code: 'pii/credit-card', count: 2 }], more: 0 },
    { id: 'c', gate: 'output gate', outcome: 'monitor', codes: [{ code: 'x/y', count: 1 }], more: 0 },
  ])
})

it('names the first codes and counts the rest', () => {
  const [note] = gateNotes([event('a', { outcome: 'block', codes: ['a', 'b', 'c', 'd', 'e'] })])
  expect(note?.codes.map(({ code }) => code)).toEqual(['a', 'b', 'c'])
  expect(note?.more).toBe(2)
})
