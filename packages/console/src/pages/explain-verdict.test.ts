import type { CheckFinding, CheckResult, GuardInfo } from '@sallyport/gateway/contract'
import { describe, expect, it } from 'vitest'
import { explainVerdict } from './explain-verdict.ts'

const finding = (part: Partial<CheckFinding>): CheckFinding => ({
  guard: 'pii',
  code: 'credit-card',
  severity: 'high',
  confidence: 1,
  start: 0,
  end: 1,
  ...part,
})
const verdict = (part: Partial<CheckResult>): CheckResult => ({
  action: 'allow',
  text: '',
  score: {},
  findings: [],
  ...part,
})

const guards: readonly GuardInfo[] = [
  {
    id: 'pii',
    summary: '',
    stages: ['input'],
    threats: [],
    codes: [{ code: 'iban', summary: 'A bank account number.' }],
  },
]

describe('explainVerdict', () => {
  it.each([
    ['allow', 'The output gate lets it pass as it is.'],
    ['monitor', 'The output gate lets it pass and takes a note.'],
    ['redact', 'The output gate lets it pass after cleaning it.'],
    ['review', 'The output gate holds it until a person decides.'],
    ['block', 'The output gate stays shut.'],
  ] as const)('says what %s means', (action, headline) => {
    expect(explainVerdict(verdict({ action }), 'output', []).headline).toBe(headline)
  })

  it('names the reason first, then each finding once, the most severe before the others', () => {
    const findings = [
      finding({ code: 'iban', severity: 'medium' }),
      finding({ message: 'A card.' }),
      finding({ message: 'A card.', start: 5 }),
      finding({ guard: 'x', code: 'y', severity: 'low' }),
    ]
    const { reasons } = explainVerdict(verdict({ action: 'block', reason: 'Not here.', findings }), 'input', guards)
    expect(reasons).toEqual(['Not here.', 'A card.', 'A bank account number.', 'x: y'])
  })

  it('counts the reasons it leaves out', () => {
    const findings = Array.from({ length: 7 }, (_, index) => finding({ message: `Number ${index}.` }))
    expect(explainVerdict(verdict({ findings }), 'input', []).reasons.at(-1)).toBe('and 3 more, listed below')
  })
})
