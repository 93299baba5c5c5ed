import { describe, expect, it } from 'vitest'
import { createShield } from '../index.ts'
import { transformersClassifier, type TextClassifier } from './transformers-classifier.ts'

const signal = new AbortController().signal
const labels = ['INJECTION']

function classifier(classify: (text: string) => unknown, options: object = {}) {
  let loads = 0
  const load = async (): Promise<TextClassifier> => {
    loads++
    return async (text) => classify(text)
  }
  const opinion = transformersClassifier({ model: 'none', attackLabels: labels, load, ...options })
  const ask = (text: string) => opinion.ask({ text, stage: 'input', origin: 'user', score: 0.3 }, signal)
  return { ask, opinion, loads: () => loads }
}

describe('transformersClassifier', () => {
  it('sums up what the attack labels got, in both forms a pipeline answers in', async () => {
    const list = [
      { label: 'INJECTION', score: 0.6 },
      { label: 'JAILBREAK', score: 0.3 },
      { label: 'SAFE', score: 0.1 },
    ]
    const both = { attackLabels: ['INJECTION', 'JAILBREAK'] }
    for (const answer of [list, [list]]) {
      const [opinion] = await classifier(() => answer, both).ask('x')
      expect(opinion?.confidence).toBeCloseTo(0.9, 10)
    }
  })

  it('loads the model once, at the first question', async () => {
    const { ask, loads } = classifier(() => [{ label: 'INJECTION', score: 0.1 }])
    expect(loads()).toBe(0)
    await Promise.all([ask('a'), ask('b')])
    await ask('c')
    expect(loads()).toBe(1)
  })

  it('tries to load again after a failure', async () => {
    let tries = 0
    const opinion = transformersClassifier({
      model: 'none',
      attackLabels: labels,
      load: async () => {
        if (++tries === 1) throw new Error('not mounted')
        return async () => [{ label: 'INJECTION', score: 1 }]
      },
    })
    const ask = () => opinion.ask({ text: 'x', stage: 'input', origin: 'user', score: 0.3 }, signal)
    await expect(ask()).rejects.toThrow('not mounted')
    await expect(ask()).resolves.toHaveLength(1)
  })

  it('reads a long text in windows that overlap, its ends first, and no more than allowed', async () => {
    const seen: string[] = []
    const text = `${'a'.repeat(5_000)}${'b'.repeat(5_000)}${'c'.repeat(5_000)}END`
    const { ask } = classifier(
      (part) => {
        seen.push(part)
        return [{ label: 'INJECTION', score: part.endsWith('END') ? 0.9 : 0 }]
      },
      { windowLength: 1_000, maxWindows: 4 },
    )
    const opinions = await ask(text)
    expect(seen).toHaveLength(4)
    expect(seen[0]).toBe('a'.repeat(1_000))
    expect(seen.at(-1)?.endsWith('END')).toBe(true)
    for (const [index, { start = 0, end }] of opinions.entries()) expect(text.slice(start, end)).toBe(seen[index])
    expect(opinions.at(-1)?.confidence).toBe(0.9)
  })

  it('covers a text of moderate length without a gap', async () => {
    const { ask } = classifier(() => [{ label: 'INJECTION', score: 0 }], { windowLength: 1_000 })
    const opinions = await ask('x'.repeat(4_321))
    let covered = 0
    for (const { start = 0, end = 0 } of opinions) {
      expect(start).toBeLessThanOrEqual(covered)
      covered = end
    }
    expect(covered).toBe(4_321)
  })

  it.each([
    ['no list', { label: 'INJECTION', score: 1 }],
    ['other labels', [{ label: 'LABEL_0', score: 1 }]],
    ['no scores', [{ label: 'INJECTION' }]],
    ['nothing', null],
  ])('fails on %s, which the shield turns into a refusal', async (_title, answer) => {
    const { ask, opinion } = classifier(() => answer, { between: [0, 0.8] })
    await expect(ask('x')).rejects.toThrow(TypeError)
    const verdict = await createShield('recommended', { secondOpinions: [opinion] }).check({ text: 'Good morning.' })
    expect(verdict.outcome).toBe('block')
  })

  it('says what to install when the package is not there', async () => {
    const opinion = transformersClassifier({ model: 'none', attackLabels: labels })
    const ask = opinion.ask({ text: 'x', stage: 'input', origin: 'user', score: 0.3 }, signal)
    await expect(ask).rejects.toThrow('@huggingface/transformers')
  })

  it.each([
    ['attackLabels', { attackLabels: [] }],
    ['windowLength', { windowLength: 5 }],
    ['maxWindows', { maxWindows: 0 }],
  ])('refuses a wrong %s', (_title, options) => {
    expect(() => classifier(() => [], options)).toThrow(expect.objectContaining({ code: 'invalid-options' }))
  })
})
